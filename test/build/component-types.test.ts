import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/install.mjs';
import { type PackedPackage, pack, type UserProject } from './support/user-project.js';

let packed: PackedPackage;
/** A native app in TypeScript: it has the host's typings. */
let typed: UserProject;
/** One that has the package, and nothing else. */
let bare: UserProject;

beforeAll(async () => {
  packed = await pack();
  typed = packed.install(['miniprogram-api-typings']);
  bare = packed.install([]);
});

afterAll(() => {
  typed.remove();
  bare.remove();
  packed.remove();
});

const resolutions = {
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
  node16: ['--module', 'node16', '--moduleResolution', 'node16'],
  "node10, as in the host's template": ['--module', 'commonjs', '--moduleResolution', 'node10'],
};

const withTypings = ['--lib', 'es2022', '--types', 'miniprogram-api-typings', '--skipLibCheck'];
/** The package's own files are checked too. */
const withoutTypings = ['--lib', 'es2022'];

/** What a page says and what it must not say, whichever typings it has. */
const page = `
  import type {
    ClassOf, DetailOf, EventOf, MethodsOf, PhoneButtonProperties, PropertiesOf, SlotOf, TextsOf, WechatNativeEvent,
  } from 'denglu/components';

  export const handlers = {
    onSignedIn({ detail }: EventOf<'phone-button', 'success'>) {
      const name: string | null = detail.user.nickname;
      // @ts-expect-error a success is no failure
      detail.kind;
      return name;
    },
    onFailure({ detail }: EventOf<'phone-button', 'failure'>) {
      const text: string = detail.text;
      // @ts-expect-error there is no such kind
      if (detail.kind === 'mood') return '';
      return detail.kind === 'offline' ? text : '';
    },
    onLinked({ detail }: EventOf<'link-account', 'success'>): boolean {
      return detail.alreadyLinked;
    },
    onSession({ detail }: EventOf<'login-button', 'change'>): boolean {
      return detail.status === 'signedIn' && detail.user?.phoneVerified === true;
    },
    onTerms(event: EventOf<'agreement', 'change'>): boolean {
      return event.detail.accepted;
    },
    onGate(event: EventOf<'auth-gate', 'change'>): boolean {
      return event.detail.shown === 'fallback';
    },
    onAgree(event: EventOf<'privacy-popup', 'agree'>): string {
      return event.currentTarget.id;
    },
  };
  // @ts-expect-error the gate tells no success
  export type None = EventOf<'auth-gate', 'success'>;
  // @ts-expect-error there is no such component
  export type Nobody = EventOf<'logout-button', 'success'>;

  export const button: PhoneButtonProperties = { mode: 'update', accepted: null, texts: { update: 'Add' } };
  // @ts-expect-error there is no such mode
  export const odd: PhoneButtonProperties = { mode: 'signOut' };
  // @ts-expect-error there is no such text
  export const texts: PropertiesOf<'avatar-nickname'>['texts'] = { title: '' };
  export const form: PropertiesOf<'profile-button'> = { sync: false, way: 'avatarNickname', formTexts: { submit: 'OK' } };
  export const title: keyof TextsOf<'privacy-popup'> = 'title';
  export const slot: SlotOf<'auth-gate'> = '';
  export const className: ClassOf<'agreement'> = 'denglu-hint-class';
  export const close = (profile: MethodsOf<'profile-button'>) => profile.closeForm();
  export const said: DetailOf<'profile-button', 'denied'> = { kind: 'denied', text: '', user: null };

  export const native = {
    onAvatar: ({ detail }: WechatNativeEvent<'chooseavatar'>): string => detail.avatarUrl,
    onReview: ({ detail }: WechatNativeEvent<'nicknamereview'>): boolean => detail.pass || detail.timeout,
    onAgree: ({ currentTarget }: WechatNativeEvent<'agreeprivacyauthorization'>): string => currentTarget.id,
    onPhone({ detail }: WechatNativeEvent<'getphonenumber'>): string {
      const errno: number | undefined = detail.errno;
      // @ts-expect-error a refusal has no code
      const code: string = detail.code;
      return \`\${code} \${errno} \${detail.errMsg}\`;
    },
    onRealtimePhone: ({ detail }: WechatNativeEvent<'getrealtimephonenumber'>): string | undefined => detail.code,
  };
  // @ts-expect-error the host's own typings have this one
  export type Tap = WechatNativeEvent<'tap'>;
`;

/** And how both kinds of typings go together. */
const hostPage = `${page}
  type User = DetailOf<'phone-button', 'success'>['user'];
  export const here = (event: WechatMiniprogram.CustomEvent<{ user: User }>): EventOf<'phone-button', 'success'> => event;
  export const there = (event: EventOf<'phone-button', 'success'>): WechatMiniprogram.CustomEvent<{ user: User }> => event;
  // @ts-expect-error another detail is another event
  export const nowhere = (event: WechatMiniprogram.CustomEvent<{ user: null }>): EventOf<'phone-button', 'success'> => event;

  Page({
    data: { name: '' },
    onSignedIn({ detail }: EventOf<'login-button', 'success'>) {
      this.setData({ name: detail.user.nickname ?? '' });
    },
    onAvatar: native.onAvatar,
  });
`;

describe.each(Object.entries(resolutions))('the types of the components serve a page, resolved by %s', (_, options) => {
  test("beside the host's typings", () => {
    expect(typed.faults(hostPage, [...options, ...withTypings])).toEqual([]);
  });

  test("without the host's typings, and without xstate", () => {
    expect(bare.faults(page, [...options, ...withoutTypings])).toEqual([]);
  });
});

test.each(['README.md', 'README.zh-CN.md'])('the page in %s compiles', (file) => {
  const blocks = readFileSync(join(root, file), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g);
  const examples = [...blocks].flatMap(([, code]) => (code?.includes('denglu/components') ? [code] : []));
  expect(examples).toHaveLength(1);
  expect(typed.faults(examples.join(), [...resolutions.bundler, ...withTypings])).toEqual([]);
});

test("every door of the package has types for the resolution of the host's template", () => {
  const { exports }: { exports: Record<string, string | object> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const doors = Object.entries(exports).flatMap(([door, files]) => (typeof files === 'string' ? [] : [door]));
  const program = doors.map(
    (door, index) => `import type * as door${index} from '${door.replace('.', 'denglu')}';
    export type Door${index} = keyof typeof door${index};`,
  );
  const node10 = resolutions["node10, as in the host's template"];
  expect(bare.faults(program.join('\n'), [...node10, ...withoutTypings, '--skipLibCheck'])).toEqual([]);
});

describe("the host's own typings (W-22)", () => {
  const events = readFileSync(
    join(root, 'node_modules/miniprogram-api-typings/types/wx/lib.wx.event.d.ts'),
    'utf8',
  ).toLowerCase();

  test.each(['chooseavatar', 'agreeprivacyauthorization', 'getrealtimephonenumber', 'nicknamereview'])(
    'still lack the event %s, which this package gives until they do not',
    (event) => {
      expect(events).not.toContain(event);
    },
  );

  test('still lack the errno of a phone button, and promise a code where there may be none', () => {
    const program = `
      export type Detail = WechatMiniprogram.ButtonGetPhoneNumber['detail'];
      // @ts-expect-error
      export type Errno = Detail['errno'];
      export const code = (detail: Detail): string => detail.code;
    `;
    expect(typed.faults(program, [...resolutions.bundler, ...withTypings])).toEqual([]);
  });
});
