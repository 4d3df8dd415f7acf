import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { server } from '../../adapters/server.js';
import { wechat } from '../../adapters/wechat.js';
import type { Auth } from '../../machines/auth.js';
import { createAuth } from '../../machines/create-auth.js';
import type { PasswordLogin } from '../../machines/credentials.js';
import type { LinkingFlow, LinkingOptions } from '../../machines/linking-flow.js';
import { createWechatDevice } from '../../simulator/index.js';
import { APP, BASE_URL, createTestApp, SIGN_OUT, type TestApp, watch, wordOf } from '../support/app.js';

const second = 1000;
const minute = 60 * second;
const REGISTER = '/register';
const PASSWORD_SIGN_IN = '/password-sign-in';
const LINK = '/wechat/link';
const PASSWORD = 'correct horse battery';
const LOGINS: [by: string, login: PasswordLogin][] = [
  ['username', { username: 'xiaoming', password: PASSWORD }],
  ['email', { email: 'xiaoming@example.com', password: PASSWORD }],
  ['phone', { phone: '13900139000', password: PASSWORD }],
];
const XIAOMING: PasswordLogin = { username: 'xiaoming', password: PASSWORD };

interface Page {
  flow: LinkingFlow;
  /** What the flow went through, in order. */
  states: string[];
}

function open(auth: Auth, options?: LinkingOptions): Page {
  const flow = auth.linking(options);
  const states = [flow.getSnapshot().state];
  flow.subscribe(({ state }) => {
    if (state !== states.at(-1)) states.push(state);
  });
  return { flow, states };
}

/** An app whose host account has no user: silent login has just said so. */
async function unregistered(): Promise<TestApp> {
  const app = createTestApp();
  const session = watch(app.auth.ensure({ createUser: false }));
  await app.clock.advance(second);
  expect(wordOf(session)).toBe('unregistered');
  return app;
}

async function signedIn(): Promise<TestApp> {
  const app = createTestApp();
  watch(app.auth.ensure());
  await app.clock.advance(second);
  return app;
}

/** The same app on the phone of somebody else. */
function otherPhone(app: TestApp): Auth {
  const person = app.world.addPerson({ nickname: '小红' });
  const { clock } = app;
  const fetch = (input: string, init?: RequestInit) => app.backend.fetch(input, init);
  const device = createWechatDevice({ cloud: app.world.wechat, appId: APP.appId, person, clock, fetch });
  return createAuth({ platform: wechat({ wx: device.wx }), backend: server({ baseUrl: BASE_URL }), clock });
}

/** A user with a name and a password, whose host account is somebody else's. */
async function userElsewhere(app: TestApp, login: PasswordLogin = XIAOMING): Promise<string | undefined> {
  const auth = otherPhone(app);
  const { flow } = open(auth);
  flow.register(login);
  await app.clock.advance(2 * second);
  expect(flow.getSnapshot().state).toBe('linked');
  const { user } = auth.getSnapshot();
  auth.stop();
  return user?.id;
}

/** Who silent login finds after the next cold start, where nothing was stored. */
async function nextSilentLogin(app: TestApp) {
  watch(app.auth.signOut());
  await app.clock.advance(10 * second);
  const session = watch(app.restart().ensure({ createUser: false }));
  await app.clock.advance(2 * second);
  return wordOf(session) === 'ok' ? app.auth.getSnapshot().user?.id : wordOf(session);
}

const codesSent = (app: TestApp): unknown[] =>
  app.backend.calls.map(({ body }) => Reflect.get(Object(body), 'code')).filter((code) => code !== undefined);

const isLive = async (app: TestApp, token: string) =>
  (await app.backend.fetch(`${BASE_URL}/orders`, { headers: { authorization: `Bearer ${token}` } })).status === 200;

describe('from a host account without a user', () => {
  it.each(LOGINS)(
    'registers by %s, links by a fresh code, and the next silent login succeeds (G-18)',
    async (_, login) => {
      const app = await unregistered();
      const { flow, states } = open(app.auth);
      expect(flow.getSnapshot()).toMatchObject({ state: 'undecided', busy: false, user: null });
      flow.register(login);
      await app.clock.advance(2 * second);
      expect(states).toEqual(['undecided', 'registering', 'takingCode', 'linking', 'linked']);
      const { user } = app.auth.getSnapshot();
      expect(flow.getSnapshot().user).toEqual(user);
      expect(user?.openid).not.toBeNull();
      expect(new Set(codesSent(app)).size).toBe(codesSent(app).length);
      expect(await nextSilentLogin(app)).toBe(user?.id);
      expect(app.backend.users).toHaveLength(1);
    },
  );

  it.each(LOGINS)('signs in by %s, links, and the next silent login succeeds (G-18)', async (_, login) => {
    const app = await unregistered();
    const stranger = open(app.auth);
    app.backend.failNext(LINK, { status: 500, code: 'INTERNAL' });
    stranger.flow.register(login);
    await app.clock.advance(2 * second);
    watch(app.auth.signOut());
    await app.clock.advance(second);

    const { flow, states } = open(app.auth);
    flow.signIn(login);
    await app.clock.advance(2 * second);
    expect(states).toEqual(['undecided', 'signingIn', 'takingCode', 'linking', 'linked']);
    const { user } = app.auth.getSnapshot();
    expect(await nextSilentLogin(app)).toBe(user?.id);
    expect(app.backend.users).toHaveLength(1);
  });

  it('keeps the session over a restart, and renews it silently once it is linked (G-05, G-06)', async () => {
    const app = await unregistered();
    open(app.auth).flow.register(XIAOMING);
    await app.clock.advance(2 * second);
    const before = app.auth.getSnapshot().user?.id;
    app.restart().start();
    await app.clock.advance(second);
    app.backend.revokeTokens();
    const answer = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(2 * second);
    expect([wordOf(answer), app.auth.getSnapshot().user?.id]).toEqual(['ok', before]);
  });

  it('serves whoever waits for a session meanwhile', async () => {
    const app = await unregistered();
    app.backend.failNext('/wechat/sign-in', { hang: true });
    const session = watch(app.auth.ensure({ createUser: false }));
    await app.clock.advance(200);
    open(app.auth).flow.register(XIAOMING);
    await app.clock.advance(2 * second);
    expect(wordOf(session)).toBe('ok');
  });
});

describe('whoever is signed in already', () => {
  it('links without a password, and hears that it was linked before (G-19)', async () => {
    const app = await signedIn();
    const { flow, states } = open(app.auth);
    flow.link();
    await app.clock.advance(second);
    expect(states).toEqual(['unlinked', 'takingCode', 'linking', 'alreadyLinked']);
    expect([flow.getSnapshot().user, app.requests(REGISTER)]).toEqual([app.auth.getSnapshot().user, 0]);
  });

  it('is asked for no password where the page opens before the stored session is read', async () => {
    const app = await signedIn();
    const { flow } = open(app.restart());
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('unlinked');
    flow.link();
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('alreadyLinked');
  });

  it('is asked for no password where they sign in another way while the page is open', async () => {
    const app = createTestApp();
    const { flow } = open(app.auth);
    watch(app.auth.ensure());
    await app.clock.advance(second);
    flow.link();
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('alreadyLinked');
  });

  it('is asked who they are once they have signed out, and nobody is signed in by a tap on link (G-06)', async () => {
    const app = await signedIn();
    const { flow } = open(app.auth);
    watch(app.auth.signOut());
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('undecided');
    flow.link();
    await app.clock.advance(minute);
    expect([flow.getSnapshot().state, app.auth.getSnapshot().status, app.requests(LINK)]).toEqual([
      'undecided',
      'signedOut',
      0,
    ]);
  });

  it('whose token is rejected is renewed beside it, and links by another tap without a password (G-05)', async () => {
    const app = await signedIn();
    const { flow } = open(app.auth);
    app.backend.revokeTokens();
    flow.link();
    await app.clock.advance(5 * second);
    expect(flow.getSnapshot()).toMatchObject({ busy: false, failure: { kind: 'token-rejected' } });
    expect(app.auth.getSnapshot().status).toBe('signedIn');
    flow.link();
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('alreadyLinked');
  });

  it('by a password only, whose token is rejected, is asked for the password again', async () => {
    const app = await unregistered();
    const { flow } = open(app.auth);
    app.backend.failNext(LINK, { status: 500, code: 'INTERNAL' });
    flow.register(XIAOMING);
    await app.clock.advance(2 * second);
    app.backend.revokeTokens();
    flow.link();
    await app.clock.advance(5 * second);
    expect([flow.getSnapshot().state, app.auth.getSnapshot().user]).toEqual(['failed', null]);
    flow.signIn(XIAOMING);
    await app.clock.advance(2 * second);
    expect(flow.getSnapshot().state).toBe('linked');
  });
});

describe('a host account that cannot simply be linked (G-19)', () => {
  it('of another user stays theirs: linkedElsewhere, and it can be tried again', async () => {
    const app = await signedIn();
    const owner = app.auth.getSnapshot().user?.id;
    watch(app.auth.signOut());
    await app.clock.advance(second);
    const { flow } = open(app.auth);
    flow.register(XIAOMING);
    await app.clock.advance(2 * second);
    expect(flow.getSnapshot()).toMatchObject({ state: 'linkedElsewhere', busy: false, user: null });
    flow.link();
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('linkedElsewhere');
    expect(await nextSilentLogin(app)).toBe(owner);
  });

  it('of a user who has another one: occupied, and overwritten by a new code once the person says so (G-01)', async () => {
    const app = await unregistered();
    const id = await userElsewhere(app);
    const { flow } = open(app.auth);
    flow.signIn(XIAOMING);
    await app.clock.advance(2 * second);
    expect(flow.getSnapshot()).toMatchObject({ state: 'occupied', busy: false });
    await app.clock.advance(10 * minute);
    expect(flow.getSnapshot().state).toBe('occupied');
    flow.overwrite();
    await app.clock.advance(2 * second);
    expect(flow.getSnapshot().state).toBe('linked');
    expect(new Set(codesSent(app)).size).toBe(codesSent(app).length);
    expect(await nextSilentLogin(app)).toBe(id);
  });

  it('is not overwritten where the person says no', async () => {
    const app = await unregistered();
    await userElsewhere(app);
    const { flow } = open(app.auth);
    flow.signIn(XIAOMING);
    await app.clock.advance(2 * second);
    flow.cancel();
    flow.overwrite();
    await app.clock.advance(minute);
    expect(flow.getSnapshot().state).toBe('unlinked');
    expect(await nextSilentLogin(app)).toBe('unregistered');
  });
});

describe('a name or a password that is refused', () => {
  it.each(LOGINS)('is told as taken where somebody has the %s, who may sign in by it instead', async (by, login) => {
    const app = await unregistered();
    await userElsewhere(app, login);
    const { flow } = open(app.auth);
    flow.register(login);
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe(by === 'phone' ? 'phoneTaken' : 'nameTaken');
    expect([app.auth.getSnapshot().user, app.backend.users.length]).toEqual([null, 1]);
    flow.signIn(login);
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('occupied');
  });

  it('is told as wrong, whichever of the two it was, and another attempt may follow', async () => {
    const app = await unregistered();
    await userElsewhere(app);
    const { flow } = open(app.auth);
    for (const login of [
      { ...XIAOMING, password: 'another one' },
      { ...XIAOMING, username: 'nobody' },
    ]) {
      flow.signIn(login);
      await app.clock.advance(second);
      expect(flow.getSnapshot()).toMatchObject({ state: 'passwordWrong', failure: { kind: 'password-wrong' } });
    }
    flow.signIn(XIAOMING);
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('occupied');
  });

  it('is told as too weak', async () => {
    const app = await unregistered();
    const { flow } = open(app.auth);
    flow.register({ username: 'xiaoming', password: '1234' });
    await app.clock.advance(second);
    expect([flow.getSnapshot().state, app.backend.users.length]).toEqual(['passwordTooWeak', 0]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'xiaoming'],
    ['no name', { password: PASSWORD }],
    ['two names', { username: 'xiaoming', email: 'xiaoming@example.com', password: PASSWORD }],
    ['no password', { username: 'xiaoming' }],
    ['an empty password', { username: 'xiaoming', password: '' }],
    ['a number for a name', { phone: 13900139000, password: PASSWORD }],
    ['a number for a password', { username: 'xiaoming', password: 12345678 }],
  ])('is nonsense (%s): thrown as a typed failure, and nothing is sent', async (_, login) => {
    const app = await unregistered();
    const { flow } = open(app.auth);
    for (const call of [flow.register, flow.signIn]) {
      expect(() => Reflect.apply(call, flow, [login])).toThrow(expect.objectContaining({ kind: 'invalid-request' }));
    }
    await app.clock.advance(second);
    expect([flow.getSnapshot().state, app.requests(REGISTER), app.requests(PASSWORD_SIGN_IN)]).toEqual([
      'undecided',
      0,
      0,
    ]);
  });
});

describe('linking that comes to nothing', () => {
  it.each([
    ['a server out of order', { status: 500, code: 'INTERNAL' }, 'unavailable'],
    ['no answer (G-09)', { hang: true }, 'timeout'],
    ['a busy host', { status: 503, code: 'HOST_BUSY' }, 'busy'],
  ] as const)('by %s is tried again without the password', async (_, fault, kind) => {
    const app = await unregistered();
    const { flow } = open(app.auth);
    app.backend.failNext(LINK, fault);
    flow.register(XIAOMING);
    await app.clock.advance(minute);
    expect(flow.getSnapshot()).toMatchObject({ state: 'unlinked', busy: false, failure: { kind } });
    expect(app.auth.getSnapshot().status).toBe('signedIn');
    flow.link();
    await app.clock.advance(second);
    expect([flow.getSnapshot().state, flow.getSnapshot().failure, app.requests(REGISTER)]).toEqual(['linked', null, 1]);
  });

  it('where the answer got lost is linked all the same, as the next attempt hears (G-19)', async () => {
    const app = await unregistered();
    const { flow } = open(app.auth);
    app.backend.failNext(LINK, { lost: true });
    flow.register(XIAOMING);
    await app.clock.advance(2 * second);
    expect(flow.getSnapshot()).toMatchObject({ state: 'unlinked', failure: { kind: 'offline' } });
    flow.link();
    await app.clock.advance(2 * second);
    expect(flow.getSnapshot().state).toBe('alreadyLinked');
  });

  it('by a code that is refused takes one fresh one unasked, and no third (G-01)', async () => {
    const app = await unregistered();
    const { flow } = open(app.auth);
    app.world.wechat.openApi.fail(40029, 2);
    flow.register(XIAOMING);
    await app.clock.advance(5 * second);
    expect([flow.getSnapshot().state, app.requests(LINK)]).toEqual(['unlinked', 2]);
    expect(new Set(codesSent(app)).size).toBe(codesSent(app).length);
  });

  it('by a host whose login never calls back ends by our own timer (G-09)', async () => {
    const app = await signedIn();
    const { flow } = open(app.auth);
    app.device.faults.next('login', { hang: true });
    flow.link();
    await app.clock.advance(minute);
    expect(flow.getSnapshot()).toMatchObject({ state: 'unlinked', failure: { kind: 'timeout' } });
    flow.link();
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('alreadyLinked');
  });

  it.each([
    ['register', REGISTER],
    ['signIn', PASSWORD_SIGN_IN],
  ] as const)('where %s is never answered ends in a named state (G-09)', async (call, path) => {
    const app = await unregistered();
    const { flow } = open(app.auth);
    app.backend.failNext(path, { hang: true });
    flow[call](XIAOMING);
    await app.clock.advance(minute);
    expect(flow.getSnapshot()).toMatchObject({ state: 'failed', busy: false, failure: { kind: 'timeout' } });
  });
});

describe('linking that is withdrawn', () => {
  it('while registering leaves no session behind, neither here nor at the server', async () => {
    const app = await unregistered();
    const { flow } = open(app.auth);
    app.backend.failNext(REGISTER, { delay: 2 * second });
    flow.register(XIAOMING);
    await app.clock.advance(second);
    flow.cancel();
    expect(flow.getSnapshot()).toMatchObject({ state: 'failed', busy: false, failure: { kind: 'cancelled' } });
    await app.clock.advance(5 * second);
    expect([app.auth.getSnapshot().user, app.requests(SIGN_OUT), await isLive(app, 'token-1')]).toEqual([
      null,
      1,
      false,
    ]);
    flow.signIn(XIAOMING);
    await app.clock.advance(2 * second);
    expect(flow.getSnapshot().state).toBe('linked');
  });

  it.each([
    ['registering', REGISTER],
    ['linking', LINK],
  ])('by a sign-out while %s signs nobody in', async (state, path) => {
    const app = await unregistered();
    const { flow } = open(app.auth);
    app.backend.failNext(path, { delay: 2 * second });
    flow.register(XIAOMING);
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe(state);
    const signOut = watch(app.auth.signOut());
    await app.clock.advance(10 * second);
    expect(wordOf(signOut)).toBe('ok');
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', user: null });
    expect(flow.getSnapshot().busy).toBe(false);
    expect(await isLive(app, 'token-1')).toBe(false);
    flow.signIn(XIAOMING);
    await app.clock.advance(2 * second);
    expect(['linked', 'alreadyLinked']).toContain(flow.getSnapshot().state);
  });

  it('by stopping the auth ends the flow, whose handle then moves nothing', async () => {
    const app = await unregistered();
    const { flow } = open(app.auth);
    app.backend.failNext(REGISTER, { delay: 2 * second });
    flow.register(XIAOMING);
    await app.clock.advance(second);
    app.auth.stop();
    await app.clock.advance(5 * second);
    flow.signIn(XIAOMING);
    await app.clock.advance(5 * second);
    expect([app.requests(PASSWORD_SIGN_IN), app.auth.getSnapshot().status]).toEqual([0, 'stopped']);
    expect(await isLive(app, 'token-1')).toBe(false);
  });
});

describe('a page that leaves', () => {
  it('mid-flow hears nothing more, and what was begun is finished (G-17)', async () => {
    const app = await unregistered();
    const { flow, states } = open(app.auth);
    app.backend.failNext(REGISTER, { delay: second });
    flow.register(XIAOMING);
    await app.clock.advance(500);
    const heard = states.length;
    flow.leave();
    await app.clock.advance(5 * second);
    expect([states.length, app.auth.getSnapshot().status, app.requests(LINK)]).toEqual([heard, 'signedIn', 1]);
    expect(await nextSilentLogin(app)).toBe('user-1');
  });

  it('while nothing is under way drops the flow: its handle moves nothing (G-17)', async () => {
    const app = await unregistered();
    const { flow } = open(app.auth);
    flow.leave();
    flow.register(XIAOMING);
    await app.clock.advance(5 * second);
    expect(app.requests(REGISTER)).toBe(0);
  });

  it('lets go of the key, so that others may log in (G-03)', async () => {
    const app = await signedIn();
    const { flow } = open(app.auth);
    app.backend.failNext(LINK, { hang: true });
    flow.link();
    await app.clock.advance(second);
    flow.leave();
    const other = watch(app.auth.ensure({ withUnionId: true }));
    await app.clock.advance(minute);
    expect(wordOf(other)).toBe('ok');
  });
});

it('a flow that has ended takes no more of its handle, and prints nothing of it (G-23)', async () => {
  const app = await signedIn();
  const { flow } = open(app.auth);
  flow.link();
  await app.clock.advance(second);
  const before = app.inspected.length;
  flow.register(XIAOMING);
  await app.clock.advance(second);
  expect([flow.getSnapshot().state, app.inspected.length, app.requests(REGISTER)]).toEqual([
    'alreadyLinked',
    before,
    0,
  ]);
});

it('inspection, snapshots and failures carry no password, no phone number, no code and no token (G-23)', async () => {
  const app = await unregistered();
  const { flow } = open(app.auth);
  const seen: unknown[] = [];
  flow.subscribe((snapshot) => seen.push(snapshot));
  app.backend.failNext(LINK, { status: 500, code: 'INTERNAL' });
  flow.signIn({ phone: '13900139000', password: 'a wrong password' });
  await app.clock.advance(second);
  flow.register({ phone: '13900139000', password: PASSWORD });
  await app.clock.advance(2 * second);
  flow.link();
  await app.clock.advance(2 * second);
  expect(flow.getSnapshot().state).toBe('linked');

  const events = app.inspected.map(({ rootId: _, ...rest }) => ({ ...rest, actorRef: rest.actorRef.sessionId }));
  const text = [JSON.stringify(events), inspect(events, { depth: 6 }), inspect(seen, { depth: 6 })].join();
  expect(text).toContain('accountLinking');
  const secrets = [PASSWORD, 'a wrong password', '13900139000', ...app.world.wechat.codes.map(({ code }) => code)];
  const tokens = app.backend.calls.map(({ token }) => token).filter(Boolean);
  expect([...secrets, ...tokens].filter((one) => text.includes(one))).toEqual([]);
});

describe('a session by a password, with no host account behind it', () => {
  async function registered(app: TestApp) {
    app.device.faults.always('login', { fail: { errMsg: 'login:fail' } });
    const flow = app.auth.linking();
    flow.register({ username: 'xiaoming', password: 'correct horse' });
    await app.clock.advance(5 * second);
    app.device.faults.clear();
    expect(app.auth.getSnapshot().status).toBe('signedIn');
    return flow;
  }

  it.each([
    ['the app is shown again', (app: TestApp) => [app.device.hide(), app.device.show()]],
    ['the app is started anew', (app: TestApp) => app.restart().start()],
  ])('outlives the host’s own session, when %s (G-06)', async (_, happen) => {
    const app = createTestApp();
    await registered(app);
    const before = app.auth.getSnapshot().user?.id;
    app.world.wechat.expireSession(app.account);
    await app.clock.advance(6 * minute);
    happen(app);
    await app.clock.advance(10 * second);
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedIn', user: { id: before } });
    expect(app.backend.users).toHaveLength(1);
  });

  it('that the server ends lets no request go as anybody else until somebody signs in on purpose (G-06)', async () => {
    const app = createTestApp();
    await registered(app);
    app.backend.revokeTokens();
    const first = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(10 * second);
    const next = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(10 * second);
    expect([wordOf(first), wordOf(next), app.backend.users.length]).toEqual(['unregistered', 'unregistered', 1]);
    const session = watch(app.auth.ensure());
    await app.clock.advance(10 * second);
    expect(wordOf(session)).toBe('ok');
  });
});
