import { expect, it } from 'vitest';
import type { Flow } from '../../machines/flow.js';
import type { LinkingFlow } from '../../machines/linking-flow.js';
import type { PhoneFlow } from '../../machines/phone-flow.js';
import type { ProfileFlow } from '../../machines/profile-flow.js';
import type { SettingsFlow } from '../../machines/settings-flow.js';
import { defaultTiming } from '../../machines/timing.js';
import { seededRandom, type WechatDevice } from '../../simulator/index.js';
import { createTestApp, type TestApp, watch, wordOf } from '../support/app.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** Their phone button gives no code of its own (W-13). */
const ENCRYPTING = ['1.9.0', '2.12.0', '2.21.1'];
const RUNS = 40;
const OPERATIONS = 40;
const PATHS = ['/wechat/sign-in', '/wechat/phone-sign-in', '/wechat/phone', '/wechat/profile', '/wechat/link'];
const MORE_PATHS = ['/sign-out', '/account', '/register', '/password-sign-in', '/denglu/profile', '/avatar', '/orders'];
const FAULTY = ['login', 'checkSession', 'request', 'getUserProfile', 'getSetting', 'getUserInfo'] as const;
const PASSWORD = 'correct horse battery';

/** The states of a phone flow in which what the host encrypted, or is about to, still has to be sent. */
const NEEDING_THE_KEY = ['asking', 'proving', 'signingIn', 'settingPhone'];

/** A page with all flows, the phone's in both its modes. */
interface Page {
  signIn: PhoneFlow;
  update: PhoneFlow;
  profile: ProfileFlow;
  linking: LinkingFlow;
  settings: SettingsFlow;
}

function openPage({ auth }: TestApp): Page {
  return {
    signIn: auth.phone(),
    update: auth.phone({ mode: 'update' }),
    profile: auth.profile({ desc: '用于展示' }),
    linking: auth.linking(),
    settings: auth.settings(),
  };
}

const flowsOf = ({ signIn, update, profile, linking, settings }: Page): Flow[] => [
  signIn,
  update,
  profile,
  linking,
  settings,
];

/**
 * One random walk, the same for the same seed.
 *
 * @param seen gets the name of every state that a flow told
 * @returns what is wrong at its end, with all that was done on the way
 */
async function walk(seed: number, baseLibrary: string, seen: Set<string>): Promise<string[]> {
  const random = seededRandom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const oneOf = <T>(...items: [T, ...T[]]): T => items[below(items.length)] ?? items[0];

  const app = createTestApp({ random }, { baseLibrary, latency: oneOf(5, 20, 400) });
  const { clock, device, backend } = app;
  const complaints: string[] = [];
  const done: string[] = [];
  const promises: { name: string; promise: { readonly outcome: unknown }; word: () => string }[] = [];
  const pages: Page[] = [];
  const show = () => {
    const shown = openPage(app);
    pages.push(shown);
    for (const flow of flowsOf(shown)) flow.subscribe(({ state }) => seen.add(state));
    return shown;
  };
  let page = show();
  const isEncrypting = ENCRYPTING.includes(baseLibrary);
  /** The phone flow whose sheet was opened last; an earlier one was left by that (G-15). */
  let holder: PhoneFlow | null = null;

  const keep = (name: string, made: Promise<unknown>) => {
    const promise = watch(made);
    promises.push({ name, promise, word: () => wordOf(promise) });
  };

  onLogin(device, () => {
    const flow = holder;
    // A flow that has just left its sheet tells so at the end of this very stack.
    queueMicrotask(() => {
      const state = flow?.getSnapshot().state;
      if (state && NEEDING_THE_KEY.includes(state)) complaints.push(`a host login under a phone flow that is ${state}`);
    });
  });

  const press = (flow: PhoneFlow) => {
    if (!flow.getSnapshot().live) return device.tap(() => flow.want());
    device.press(
      { openType: 'getPhoneNumber' },
      {
        tap: () => {
          flow.ask();
          if (isEncrypting && flow.getSnapshot().state === 'asking') holder = flow;
        },
        getphonenumber: ({ detail }) => flow.answer(detail),
      },
    );
  };
  const tapProfile = ({ profile }: Page) => {
    const { by } = profile.getSnapshot();
    if (by === 'form') {
      device.press(
        { openType: 'chooseAvatar' },
        { chooseavatar: ({ detail }) => profile.chooseAvatar(String(detail.avatarUrl)) },
      );
      profile.submit('新名');
    } else if (by === 'hostButton') {
      device.press({ openType: 'getUserInfo' }, { getuserinfo: ({ detail }) => profile.answer(detail) });
    } else device.tap(() => profile.ask());
  };
  const letGo = (flow: Flow) => {
    if (flow === holder && !flow.getSnapshot().busy) holder = null;
    flow.leave();
  };
  const credentials = () => ({ username: oneOf('xiaoming', 'xiaohong'), password: PASSWORD });

  const operations: Record<string, () => void> = {
    ensure: () => keep('ensure', app.auth.ensure({ createUser: oneOf(true, false), withUnionId: oneOf(true, false) })),
    request: () => keep('request', app.auth.request({ url: '/orders' })),
    'phone tap': () => press(page.signIn),
    'number tap': () => press(page.update),
    'profile tap': () => tapProfile(page),
    'fill in': () => page.profile.fillIn(),
    allow: () => device.sheets[below(device.sheets.length)]?.allow(),
    'allow all': () => {
      for (const sheet of device.sheets) sheet.allow();
    },
    deny: () => device.sheets[below(device.sheets.length)]?.deny(),
    close: () => device.sheets[below(device.sheets.length)]?.cancel(),
    link: () => page.linking.link(),
    overwrite: () => page.linking.overwrite(),
    register: () => page.linking.register(credentials()),
    'sign in': () => page.linking.signIn(credentials()),
    save: () => page.settings.save({ ...credentials(), currentPassword: PASSWORD }),
    cancel: () => flowsOf(page)[below(5)]?.cancel(),
    leave: () => {
      for (const flow of flowsOf(page)) letGo(flow);
      page = show();
    },
    'sign out': () => keep('signOut', app.auth.signOut()),
    stop: () => {
      holder = null;
      app.auth.stop();
      page = show();
    },
    start: () => app.auth.start(),
    revoke: () => backend.revokeTokens(),
    expire: () => app.world.wechat.expireSession(app.account),
    'log in elsewhere': () => void app.world.wechat.issueCode(app.account).catch(() => {}),
    offline: () => device.goOffline(),
    online: () => device.goOnline(),
    hide: () => device.hide(),
    show: () => device.show(),
    'host fails': () => device.faults.next(oneOf(...FAULTY), { fail: { errMsg: 'fail' } }),
    'host hangs': () => device.faults.next(oneOf(...FAULTY), { hang: true }),
    'host dawdles': () => device.faults.next(oneOf(...FAULTY), { delay: oneOf(3, 9, 15) * second, early: true }),
    'host wakes': () => {
      for (const api of FAULTY) device.pending(api)[0]?.release();
    },
    'server fails': () => backend.failNext(oneOf(...asSome(PATHS)), { status: 500, code: 'INTERNAL' }),
    'server hangs': () => backend.failNext(oneOf(...asSome([...PATHS, ...MORE_PATHS])), { hang: true }),
    'server dawdles': () =>
      backend.failNext(oneOf(...asSome([...PATHS, ...MORE_PATHS])), { delay: oneOf(1, 8, 20) * second }),
    'answer is lost': () => backend.failNext(oneOf(...asSome([...PATHS, ...MORE_PATHS])), { lost: true }),
  };

  // People answer more often than servers break.
  const names = [...Object.keys(operations), 'ensure', 'allow all', 'allow all', 'phone tap', 'number tap', 'online'];
  for (let step = 0; step < OPERATIONS; step += 1) {
    const name = names[below(names.length)] ?? 'ensure';
    const pause = oneOf(0, 0, 5, 20, 100, 500, 2 * second, 12 * second, 6 * minute);
    done.push(pause === 0 ? name : `${name}, ${pause} ms`);
    operations[name]?.();
    await clock.advance(pause);
  }

  device.faults.clear();
  device.goOnline();
  device.show();
  await clock.advance(hour);

  for (const { name, word } of promises) if (word() === 'pending') complaints.push(`${name} never settles`);
  for (const flow of pages.flatMap(flowsOf)) {
    if (flow.getSnapshot().busy) complaints.push(`a flow is ${flow.getSnapshot().state} for ever`);
  }
  if (app.auth.getSnapshot().busy) complaints.push(`the auth is ${app.auth.getSnapshot().status} for ever`);
  complaints.push(...sentTwice(app), ...overlappingLogins(device));
  for (const { kind, message } of app.problems) complaints.push(`a problem: ${kind}, ${message}`);
  return complaints.map((complaint) => `seed ${seed} on ${baseLibrary}: ${complaint}; ${done.join(' · ')}`);
}

function asSome<T>([first, ...others]: readonly T[]): [T, ...T[]] {
  if (first === undefined) throw new RangeError('there is nothing to choose from');
  return [first, ...others];
}

/** The host tells of each login at the moment of the call. */
function onLogin({ wx }: WechatDevice, tell: () => void): void {
  const { login } = wx;
  wx.login = (option) => {
    tell();
    return login(option);
  };
}

/**
 * A code, or a phone code, that went to the server more than once (G-01). A rejected token is seen before anything is
 * spent: then the very request is sent once more (G-05).
 */
function sentTwice({ backend }: TestApp): string[] {
  const sent = new Set<string>();
  const twice: string[] = [];
  for (const { path, body, status } of backend.calls) {
    if (status === 401) continue;
    for (const name of ['code', 'phoneCode']) {
      const code: unknown = Reflect.get(Object(body), name);
      if (typeof code !== 'string') continue;
      if (sent.has(code)) twice.push(`a ${name} was sent again to ${path}`);
      sent.add(code);
    }
  }
  return twice;
}

/** Two host logins at a time, where the first was not given up (G-05, G-09). */
function overlappingLogins({ calls }: WechatDevice): string[] {
  const logins = calls.filter(({ api }) => api === 'login');
  const overlapping = logins.filter(({ at, answeredAt }, index) => {
    const next = logins[index + 1];
    return next !== undefined && next.at < Math.min(answeredAt ?? Number.POSITIVE_INFINITY, at + defaultTiming.login);
  });
  return overlapping.map(({ at }) => `the host login of ${new Date(at).toISOString()} was overlapped`);
}

it.each([...ENCRYPTING, '2.21.2', '3.7.0'])(
  'whatever happens in whatever order on base library %s, nothing hangs, no code is spent twice, and no key is replaced under a sheet (G-01, G-03, G-05, G-09, G-17)',
  { timeout: 120 * second },
  async (baseLibrary) => {
    const first = Number(process.env.SEED ?? 1);
    const complaints: string[] = [];
    const seen = new Set<string>();
    for (let seed = first; seed < first + Number(process.env.RUNS ?? RUNS); seed += 1) {
      complaints.push(...(await walk(seed, baseLibrary, seen)));
    }
    expect(complaints).toEqual([]);
    const wanted = [
      'succeeded',
      'saved',
      'linked',
      'alreadyLinked',
      'linkedElsewhere',
      'denied',
      'timedOut',
      'offline',
    ];
    expect(wanted.filter((state) => !seen.has(state))).toEqual([]);
  },
);
