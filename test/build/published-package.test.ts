import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureText } from '../../ports/failure.js';
import { root } from '../../scripts/install.mjs';
import { type PackedPackage, pack, type UserProject } from './support/user-project.js';

let packed: PackedPackage;
let project: UserProject;

beforeAll(async () => {
  packed = await pack();
  project = packed.install(['xstate', 'miniprogram-api-typings']);
});

afterAll(() => {
  project.remove();
  packed.remove();
});

test('holds the three builds and its papers, and nothing of a server, a test or a tool', () => {
  const papers = /^(package\.json|LICENSE|README(\.zh-CN)?\.md)$/;
  const builds =
    /^(dist\/(index|baas|adapters|cli|components|inspect|kbone|machines|ports|simulator|testing)\b|(miniprogram|swan)_dist\/)/;
  expect(packed.files.filter((path) => !papers.test(path) && !builds.test(path))).toEqual([]);
  expect(packed.files).toEqual(
    expect.arrayContaining(['package.json', 'LICENSE', 'dist/index.js', 'miniprogram_dist/index.js']),
  );
});

test('depends on nothing: what it needs is a peer or inside', () => {
  const manifest: object = JSON.parse(readFileSync(join(project.installed, 'package.json'), 'utf8'));
  expect(Object.keys(manifest)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(dependencies|optionalDependencies|bundle(d)?Dependencies)$/)]),
  );
});

describe('its doors', () => {
  const { exports }: { exports: Record<string, string | { types: string; default?: string }> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const doors = Object.entries(exports).flatMap(([door, files]) =>
    typeof files === 'string' ? [] : [{ door, types: files.types, code: files.default }],
  );
  const doorsWithCode = doors.flatMap(({ door, code }) => (code ? [{ door, code }] : []));

  test.each(doors)('$door has its types', ({ types }) => {
    expect(packed.files).toContain(types.slice(2));
  });

  test.each(doorsWithCode)('$door has its code', ({ code }) => {
    expect(packed.files).toContain(code.slice(2));
  });

  test('the types of the components have no code: a native app has the components themselves', () => {
    expect(doors.filter(({ code }) => !code).map(({ door }) => door)).toEqual(['./components']);
  });

  test.each(doorsWithCode)('$door opens in a project that has xstate and the package, and nothing else', ({ door }) => {
    const program = `console.log(Object.keys(await import(${JSON.stringify(door.replace('.', 'denglu'))})).length)`;
    const names = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: project.folder });
    expect(Number(names)).toBeGreaterThan(0);
  });
});

describe('a bundle of an app', () => {
  async function bundle(program: string): Promise<string> {
    const input = join(project.folder, 'app.js');
    writeFileSync(input, program);
    const build = await rolldown({ input, platform: 'neutral' });
    const { output } = await build.generate();
    await build.close();
    return output[0].code;
  }
  const app = `import { createAuth } from 'denglu'; globalThis.make = createAuth;`;

  test('has the texts of failures only where the app shows them', async () => {
    expect(await bundle(app)).not.toContain(failureText('quota-exhausted', 'zh'));
    const showing = await bundle(`${app} import { failureText } from 'denglu'; globalThis.say = failureText;`);
    expect(showing).toContain(failureText('quota-exhausted', 'zh'));
  });

  test('has nothing of the explorer, unless it is imported', async () => {
    const ofExplorer = 'the view is gone';
    expect(await bundle(app)).not.toContain(ofExplorer);
    const testing = await bundle(`${app} import { flowAlone } from 'denglu/testing'; globalThis.alone = flowAlone;`);
    expect(testing).toContain(ofExplorer);
  });
});

describe('its types', () => {
  test('serve a strict mini-program that checks its libraries too', () => {
    const found = project.faults(
      `import { type Auth, createAuth } from 'denglu';
       import { server } from 'denglu/adapters/server';
       import { wechat } from 'denglu/adapters/wechat';
       import { createInspector } from 'denglu/inspect';
       const backend = server({ baseUrl: 'https://api.example.com' });
       export const auth: Auth = createAuth({ platform: wechat(), backend });
       const settings = { url: 'ws://127.0.0.1:6010', token: 'token' };
       createAuth({ platform: wechat(), backend, inspect: createInspector({ platform: wechat(), ...settings }) });
       createInspector({ connectSocket: wx.connectSocket, ...settings }).close();
       // @ts-expect-error by what would it connect
       createInspector(settings);
       // @ts-expect-error a host's name is no host
       createAuth({ platform: 'wechat', backend });
      `,
      ['--module', 'nodenext', '--lib', 'es2022', '--types', 'miniprogram-api-typings'],
    );
    expect(found).toEqual([]);
  });

  test('serve a page of kbone (K-01)', () => {
    const found = project.faults(
      `import { createAuth } from 'denglu';
       import { agreement, avatarNickname, kbone, linkAccount, loginButton, phoneButton, profileButton } from 'denglu/adapters/kbone';
       import { server } from 'denglu/adapters/server';
       createAuth({ platform: kbone({ window }), backend: server({ baseUrl: 'https://api.example.com' }) });
       const button = phoneButton(document, { mode: 'update', on: { success: ({ user }) => user?.id } });
       document.body.appendChild(button.element);
       // @ts-expect-error kbone knows no such button
       button.set({ realtime: true });
       button.hide();
       button.set({ createUser: null, texts: { signIn: 'Go' }, locale: '' });
       // @ts-expect-error
       button.set({ mode: 'udpate' });
       // @ts-expect-error
       loginButton(document, { createUser: 'nope' });
       // @ts-expect-error
       loginButton(document, { customLabel: true });
       // @ts-expect-error
       agreement(document, { locale: 'klingon' });
       agreement(document, { links: document.createElement('a') }).set({ links: null });
       // @ts-expect-error
       agreement(document, { customLinks: true });
       linkAccount(document, { mode: 'signIn', by: 'email', withUnionId: true });
       // @ts-expect-error
       linkAccount(document, { by: 'fax' });
       profileButton(document, { way: 'getUserInfo', formTexts: { submit: 'Keep' } }).set({ sync: 'setnx' });
       // @ts-expect-error
       profileButton(document, { way: 'telepathy' });
       // @ts-expect-error
       avatarNickname(document, { sync: 7 });
      `,
      ['--module', 'nodenext', '--skipLibCheck', '--lib', 'es2022,dom', '--types', 'miniprogram-api-typings'],
    );
    expect(found).toEqual([]);
  });

  test("serve a user's tests in Node", () => {
    const found = project.faults(
      `import { createWorld } from 'denglu/simulator';
       const world = createWorld();
       export const answer: Promise<Response> = world.fetch('https://api.example.com/');
       // @ts-expect-error there is no such member
       world.nonsense;
      `,
      ['--module', 'nodenext', '--skipLibCheck', '--types', 'miniprogram-api-typings'],
    );
    expect(found).toEqual([]);
  });
});
