import { describe, expect, it } from 'vitest';
import type { PhoneFlow, PhoneOptions } from '../../machines/phone-flow.js';
import type { Answer, Press } from '../../simulator/index.js';
import { createTestApp, SIGN_IN, SIGN_OUT, type TestApp, watch, wordOf } from '../support/app.js';

const second = 1000;
const minute = 60 * second;
const PHONE_SIGN_IN = '/wechat/phone-sign-in';
const SET_PHONE = '/wechat/phone';
/** The last one whose phone button gives no code of its own (W-13). */
const OLD = { baseLibrary: '2.21.1' };

interface Button {
  flow: PhoneFlow;
  /** What the flow went through, in order. */
  states: string[];
  /** A finger taps whatever button the flow lets be shown; the host's own only where it is live. */
  tap(): Press | null;
}

/** A phone button on a page, bound as a component binds it. */
function place(app: TestApp, options?: PhoneOptions): Button {
  const flow = app.auth.phone(options);
  const states = [flow.getSnapshot().state];
  flow.subscribe(({ state }) => {
    if (state !== states.at(-1)) states.push(state);
  });
  return {
    flow,
    states,
    tap() {
      if (!flow.getSnapshot().live) {
        app.device.tap(() => flow.want());
        return null;
      }
      return app.device.press(
        { openType: 'getPhoneNumber' },
        { tap: () => flow.ask(), getphonenumber: ({ detail }) => flow.answer(detail) },
      );
    },
  };
}

async function tapAndAnswer(app: TestApp, button: Button, answer: Exclude<Answer, 'ignore'> = 'allow'): Promise<void> {
  const press = button.tap();
  await app.clock.advance(100);
  press?.[answer]();
  await app.clock.advance(2 * second);
}

async function signedIn(phone: Parameters<typeof createTestApp>[1] = {}): Promise<TestApp> {
  const app = createTestApp({}, phone);
  watch(app.auth.ensure());
  await app.clock.advance(second);
  return app;
}

const numberOf = (app: TestApp) => app.auth.getSnapshot().user?.phone?.reveal();
const bodiesOf = (app: TestApp, path: string) =>
  app.backend.calls.filter((call) => call.path.endsWith(path)).map(({ body }) => Object.keys(Object(body)).sort());

describe('signing in by phone, where the host answers with a phone code', () => {
  it('needs nothing before the tap, and one login and one request after it (W-13)', async () => {
    const app = createTestApp();
    const button = place(app);
    await app.clock.advance(second);
    expect([button.flow.getSnapshot().live, app.count('login')]).toEqual([true, 0]);
    await tapAndAnswer(app, button);
    expect(button.states).toEqual(['inviting', 'asking', 'takingCode', 'signingIn', 'succeeded']);
    expect(app.auth.getSnapshot().status).toBe('signedIn');
    expect(numberOf(app)).toContain('13800000001');
    expect([app.count('login'), app.requests(PHONE_SIGN_IN)]).toEqual([1, 1]);
  });

  it('sends the phone code alone, without what is encrypted (W-13)', async () => {
    const app = createTestApp();
    await tapAndAnswer(app, place(app));
    expect(bodiesOf(app, PHONE_SIGN_IN)).toEqual([['code', 'createUser', 'phoneCode', 'withUnionId']]);
  });

  it('serves whoever waits for a session', async () => {
    const app = createTestApp();
    const button = place(app);
    const press = button.tap();
    await app.clock.advance(100);
    app.backend.failNext(SIGN_IN, { hang: true });
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    press?.allow();
    await app.clock.advance(20 * second);
    expect(wordOf(session)).not.toBe('pending');
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedIn', busy: false });
  });

  it('keeps the session over a restart', async () => {
    const app = createTestApp();
    await tapAndAnswer(app, place(app));
    app.restart().start();
    await app.clock.advance(second);
    expect(app.auth.getSnapshot().status).toBe('signedIn');
    expect(numberOf(app)).toContain('13800000001');
  });

  it('makes no user where none was wanted: unregistered, and another way in (G-18)', async () => {
    const app = createTestApp();
    const button = place(app, { createUser: false });
    await tapAndAnswer(app, button);
    expect(button.flow.getSnapshot()).toMatchObject({ state: 'unregistered', otherWay: true });
    expect([app.backend.users.length, app.auth.getSnapshot().user]).toEqual([0, null]);
  });
});

describe('signing in by phone, where the host encrypts the number', () => {
  it('is prepared before the tap: until then a plain button stands in (G-03)', async () => {
    const app = createTestApp({}, { ...OLD, latency: 500 });
    const button = place(app);
    expect(button.flow.getSnapshot().live).toBe(false);
    await app.clock.advance(second);
    expect([button.flow.getSnapshot().live, app.count('login')]).toEqual([true, 1]);
  });

  it('sends what was encrypted with the code from before the tap, verbatim, in one request (G-03, G-04)', async () => {
    const app = createTestApp({}, OLD);
    const button = place(app);
    await app.clock.advance(second);
    await tapAndAnswer(app, button);
    expect(button.states).toEqual(['inviting', 'asking', 'proving', 'signingIn', 'succeeded']);
    expect(bodiesOf(app, PHONE_SIGN_IN)).toEqual([['code', 'createUser', 'encryptedData', 'iv', 'withUnionId']]);
    expect([app.auth.getSnapshot().status, numberOf(app)]).toEqual(['signedIn', expect.stringContaining('1380000')]);
  });

  it('does not log in between ready and answer, though another component asks for a session (G-03)', async () => {
    const app = createTestApp({}, OLD);
    const button = place(app);
    await app.clock.advance(second);
    const press = button.tap();
    await app.clock.advance(100);
    const logins = app.count('login');
    const session = watch(app.auth.ensure());
    await app.clock.advance(10 * second);
    expect(app.count('login')).toBe(logins);
    press?.allow();
    await app.clock.advance(5 * second);
    expect(button.flow.getSnapshot().state).toBe('succeeded');
    expect(wordOf(session)).toBe('ok');
  });

  it('prepares again when the code has grown too old, also in the background (G-02)', async () => {
    const app = createTestApp({}, OLD);
    const button = place(app);
    await app.clock.advance(second);
    await app.clock.advance(4 * minute + 40 * second);
    expect([button.flow.getSnapshot().live, app.count('login')]).toEqual([true, 2]);
    await tapAndAnswer(app, button);
    expect(button.flow.getSnapshot().state).toBe('succeeded');
  });

  it('after a login on another device asks for one more tap, which succeeds (G-20)', async () => {
    const app = createTestApp({}, OLD);
    const button = place(app);
    await app.clock.advance(second);
    const press = button.tap();
    await app.clock.advance(100);
    await app.world.wechat.issueCode(app.account);
    press?.allow();
    await app.clock.advance(2 * second);
    expect(button.flow.getSnapshot()).toMatchObject({ state: 'wantingAnotherTap', live: true });
    await tapAndAnswer(app, button);
    expect(button.flow.getSnapshot().state).toBe('succeeded');
  });

  it('asks for one more tap once in a row, then gives the reason (G-03)', async () => {
    const app = createTestApp({}, OLD);
    const button = place(app);
    await app.clock.advance(second);
    for (let i = 0; i < 2; i += 1) {
      app.backend.failNext(PHONE_SIGN_IN, { status: 400, code: 'DECRYPT_FAILED' });
      await tapAndAnswer(app, button);
    }
    expect(button.states.filter((state) => state === 'wantingAnotherTap')).toHaveLength(1);
    expect(button.flow.getSnapshot()).toMatchObject({ state: 'failed', failure: { kind: 'key-stale' } });
  });

  it('stays a plain button where the host’s login fails, and a tap on it tries again', async () => {
    const app = createTestApp({}, OLD);
    app.device.faults.next('login', { fail: { errMsg: 'login:fail' } });
    const button = place(app);
    await app.clock.advance(2 * second);
    expect(button.flow.getSnapshot()).toMatchObject({ live: false, failure: { kind: expect.any(String) } });
    expect(button.tap()).toBeNull();
    await app.clock.advance(second);
    await tapAndAnswer(app, button);
    expect(button.flow.getSnapshot().state).toBe('succeeded');
  });

  it('makes two buttons ready by one code; who is tapped second is made ready anew', async () => {
    const app = createTestApp({}, OLD);
    const [one, other] = [place(app), place(app)];
    await app.clock.advance(10 * second);
    expect([one.flow.getSnapshot().live, other.flow.getSnapshot().live, app.count('login')]).toEqual([true, true, 1]);
    await tapAndAnswer(app, one);
    await app.clock.advance(10 * second);
    await tapAndAnswer(app, other);
    expect([one, other].map(({ flow }) => flow.getSnapshot().state)).toEqual(['succeeded', 'succeeded']);
  });
});

describe('a phone button whose tap leaves the earlier sheet', () => {
  it('of another button gets its own answer, and the left one is at rest, to be made ready anew (G-03, G-15)', async () => {
    const app = createTestApp({}, OLD);
    const [left, tapped] = [place(app), place(app)];
    await app.clock.advance(second);
    left.tap();
    await app.clock.advance(100);
    expect(left.flow.getSnapshot()).toMatchObject({ state: 'asking', live: true, frozen: true });
    const sheet = tapped.tap();
    expect(left.flow.getSnapshot()).toMatchObject({ state: 'inviting', frozen: false });
    await app.clock.advance(6 * minute);
    expect([left.flow.getSnapshot().live, app.count('login')]).toEqual([false, 1]);
    sheet?.cancel();
    await app.clock.advance(2 * second);
    expect([left.flow.getSnapshot().live, app.count('login')]).toEqual([true, 2]);
    await tapAndAnswer(app, left);
    expect(left.flow.getSnapshot().state).toBe('succeeded');
  });

  it('is left too by a tap on the plain button of another, which is then made ready (G-15)', async () => {
    const app = createTestApp({}, OLD);
    const left = place(app);
    await app.clock.advance(second);
    left.tap();
    await app.clock.advance(6 * minute);
    const other = place(app);
    await app.clock.advance(minute);
    expect([other.flow.getSnapshot().live, other.tap()]).toEqual([false, null]);
    await app.clock.advance(second);
    await tapAndAnswer(app, other);
    expect(other.flow.getSnapshot().state).toBe('succeeded');
  });

  it('is left by whoever links or submits a form too, and their renewals and codes are not kept waiting (G-15)', async () => {
    const app = await signedIn(OLD);
    const left = place(app, { mode: 'update' });
    await app.clock.advance(second);
    left.tap();
    await app.clock.advance(minute);
    const linking = app.auth.linking();
    linking.link();
    await app.clock.advance(5 * second);
    expect(linking.getSnapshot().state).toBe('alreadyLinked');
    left.tap();
    await app.clock.advance(minute);
    app.backend.revokeTokens();
    const settings = app.auth.settings();
    settings.save({ username: 'xiaoming' });
    await app.clock.advance(5 * second);
    expect(settings.getSnapshot().state).toBe('saved');
  });

  it('keeps the key no longer than the server may take to answer (G-09)', async () => {
    const app = await signedIn(OLD);
    const button = place(app, { mode: 'update' });
    await app.clock.advance(second);
    app.backend.failNext(SET_PHONE, { hang: true });
    await tapAndAnswer(app, button);
    await app.clock.advance(31 * second);
    expect(button.flow.getSnapshot()).toMatchObject({ state: 'timedOut', busy: false });
  });

  it('of another button does not lose the answer to the left one, which counts whenever it comes (G-15)', async () => {
    const app = createTestApp({}, OLD);
    const [left, tapped] = [place(app), place(app)];
    await app.clock.advance(second);
    const sheet = left.tap();
    await app.clock.advance(100);
    await tapAndAnswer(app, tapped);
    expect(tapped.flow.getSnapshot().state).toBe('succeeded');
    sheet?.allow();
    await app.clock.advance(2 * second);
    expect(left.flow.getSnapshot().state).toBe('succeeded');
  });

  it('of its own is answered by either sheet, and one answer is exchanged (G-15)', async () => {
    const app = createTestApp();
    const button = place(app);
    const presses = [button.tap(), button.tap()];
    expect(presses.map((press) => press?.question)).toEqual(['getPhoneNumber', 'getPhoneNumber']);
    await app.clock.advance(100);
    for (const press of presses) press?.allow();
    await app.clock.advance(2 * second);
    expect([button.flow.getSnapshot().state, app.requests(PHONE_SIGN_IN)]).toEqual(['succeeded', 1]);
  });
});

describe('setting the phone of the signed-in user', () => {
  it('sends the phone code alone, and takes no login code (W-13)', async () => {
    const app = await signedIn();
    const button = place(app, { mode: 'update' });
    await tapAndAnswer(app, button);
    expect(bodiesOf(app, SET_PHONE)).toEqual([['overwrite', 'phoneCode']]);
    expect([button.flow.getSnapshot().state, app.count('login')]).toEqual(['succeeded', 1]);
    expect(numberOf(app)).toContain('13800000001');
  });

  it('proves what is encrypted by the key that the server holds, where the host says that it stands', async () => {
    const app = await signedIn(OLD);
    const button = place(app, { mode: 'update' });
    await app.clock.advance(second);
    await tapAndAnswer(app, button);
    expect(bodiesOf(app, SET_PHONE)).toEqual([['encryptedData', 'iv', 'overwrite']]);
    expect([button.flow.getSnapshot().state, app.count('login')]).toEqual(['succeeded', 1]);
  });

  it('proves it by a fresh code, where the host says that its session has ended (G-03)', async () => {
    const app = await signedIn(OLD);
    await app.clock.advance(6 * minute);
    app.world.wechat.expireSession(app.account);
    const button = place(app, { mode: 'update' });
    await app.clock.advance(second);
    await tapAndAnswer(app, button);
    expect(bodiesOf(app, SET_PHONE)).toEqual([['code', 'encryptedData', 'iv', 'overwrite']]);
    expect(button.flow.getSnapshot().state).toBe('succeeded');
  });

  it('renews an expired session on the way, for the same user, without a second answer (G-05, G-06)', async () => {
    const app = await signedIn();
    const before = app.auth.getSnapshot().user?.id;
    app.backend.revokeTokens();
    const button = place(app, { mode: 'update' });
    await tapAndAnswer(app, button);
    expect(button.flow.getSnapshot().state).toBe('succeeded');
    expect([app.auth.getSnapshot().user?.id, app.backend.users.length]).toEqual([before, 1]);
  });

  it('makes no user where nobody is signed in', async () => {
    const app = createTestApp();
    const button = place(app, { mode: 'update' });
    await tapAndAnswer(app, button);
    expect([button.flow.getSnapshot().state, app.backend.users.length]).toEqual(['unregistered', 0]);
  });

  it('says so too where the number is encrypted, at the second tap at the latest (G-18)', async () => {
    const app = createTestApp({}, OLD);
    const button = place(app, { mode: 'update' });
    await app.clock.advance(second);
    await tapAndAnswer(app, button);
    await tapAndAnswer(app, button);
    expect([button.flow.getSnapshot().state, app.backend.users.length]).toEqual(['unregistered', 0]);
  });

  it.each([
    ['PHONE_ALREADY_SET', 'alreadySet'],
    ['PHONE_TAKEN', 'phoneTaken'],
  ])('ends in its own outcome: %s', async (code, state) => {
    const app = await signedIn();
    app.backend.failNext(SET_PHONE, { status: 400, code });
    const button = place(app, { mode: 'update', overwrite: false });
    await tapAndAnswer(app, button);
    expect(button.flow.getSnapshot().state).toBe(state);
  });
});

describe('a refusal of the phone button', () => {
  it.each([
    ['deny', 'denied', true],
    ['cancel', 'cancelled', false],
  ] as const)('by the person (%s) rests, and only a new tap asks again (G-12)', async (answer, state, otherWay) => {
    const app = createTestApp();
    const button = place(app);
    await tapAndAnswer(app, button, answer);
    await app.clock.advance(10 * minute);
    expect(button.flow.getSnapshot()).toMatchObject({ state, otherWay, busy: false, live: true });
    expect(app.device.sheets).toEqual([]);
    await tapAndAnswer(app, button);
    expect(button.flow.getSnapshot().state).toBe('succeeded');
  });

  it.each([
    [{ errMsg: 'getPhoneNumber:fail user deny' }, 'denied'],
    [{ errMsg: 'getPhoneNumber:fail:user deny' }, 'denied'],
    [{ errMsg: 'getPhoneNumber:user deny' }, 'denied'],
    [{ errMsg: 'getPhoneNumber:fail user cancel' }, 'cancelled'],
    [{ errMsg: 'getPhoneNumber:fail', errno: 103 }, 'privacyRefused'],
    [{ errMsg: 'getPhoneNumber:fail user deny', errno: 104 }, 'privacyRefused'],
    [{ errMsg: 'getPhoneNumber:fail', errno: 112 }, 'privacyUndeclared'],
    [{ errMsg: 'getPhoneNumber:fail', errno: 1025 }, 'privacyUndeclared'],
    [{ errMsg: 'getPhoneNumber:fail', errno: 1026 }, 'privacyUndeclared'],
    [{ errMsg: 'getPhoneNumber:fail appid privacy api banned' }, 'privacyUndeclared'],
    [{ errMsg: 'getPhoneNumber:fail user deny', errno: 1400001 }, 'quotaExhausted'],
    [{ errMsg: 'getPhoneNumber:fail', errno: 102 }, 'notPermitted'],
    [{ errMsg: 'getPhoneNumber:fail no permission' }, 'notPermitted'],
    [{ errMsg: 'getPhoneNumber:fail the phone number needs to be verified' }, 'needsVerification'],
    [{ errMsg: 'getPhoneNumber:fail', errno: 5 }, 'timedOut'],
    [{ errMsg: 'getPhoneNumber:fail timeout' }, 'timedOut'],
    [{ errMsg: 'getPhoneNumber:fail', errno: 600001 }, 'offline'],
    [{ errMsg: 'getPhoneNumber:fail something new' }, 'failed'],
    [{ errMsg: 'getPhoneNumber:ok' }, 'failed'],
  ])('has an outcome of its own (W-14, G-11): %o → %s', async (detail, state) => {
    const app = createTestApp();
    const { flow } = place(app);
    flow.ask();
    flow.answer(detail);
    expect(flow.getSnapshot().state).toBe(state);
    const offersOther = ['denied', 'privacyRefused', 'privacyUndeclared', 'quotaExhausted', 'notPermitted'];
    expect(flow.getSnapshot().otherWay).toBe([...offersOther, 'needsVerification'].includes(state));
  });

  it('where there is no such button at all is named too, and nothing is made ready for it (W-17)', async () => {
    const app = createTestApp({}, { baseLibrary: '1.1.1' });
    const flow = app.auth.phone();
    flow.want();
    await app.clock.advance(minute);
    expect(flow.getSnapshot()).toMatchObject({ state: 'unsupported', otherWay: true, live: false });
    expect(app.count('login')).toBe(0);
  });
});

describe('a phone sheet that is open', () => {
  it('has no deadline (G-09)', async () => {
    const app = createTestApp();
    const button = place(app);
    const press = button.tap();
    await app.clock.advance(60 * minute);
    expect(button.flow.getSnapshot()).toMatchObject({ state: 'asking', busy: false, frozen: true });
    press?.allow();
    await app.clock.advance(2 * second);
    expect(button.flow.getSnapshot().state).toBe('succeeded');
  });

  it('of a coupled button is answered by a person who takes their time too (G-09, G-14, G-15)', async () => {
    const app = createTestApp();
    const button = place(app, { coupled: true });
    const { openType } = button.flow.getSnapshot();
    const told = { openType };
    const press = app.device.press(told, {
      tap: () => button.flow.ask(),
      getphonenumber: ({ detail }) => button.flow.answer(detail),
    });
    button.flow.subscribe((snapshot) => {
      told.openType = snapshot.openType;
    });
    await app.clock.advance(10 * minute);
    press.allow();
    await app.clock.advance(2 * second);
    expect([press.lost, button.flow.getSnapshot().state]).toEqual([false, 'succeeded']);
  });

  it.each([
    ['the session expires', (app: TestApp) => app.backend.revokeTokens()],
    ['the app is hidden and shown', (app: TestApp) => [app.device.hide(), app.device.show()]],
    ['another component asks to log in', (app: TestApp) => watch(app.auth.ensure({ withUnionId: true }))],
    [
      'the app’s own request meets a revoked token',
      (app: TestApp) => [app.backend.revokeTokens(), watch(app.auth.request({ url: '/orders' }))],
    ],
  ])('keeps its key while %s, and nothing hangs (G-03, G-09)', async (_, happen) => {
    const app = await signedIn(OLD);
    await app.clock.advance(6 * minute);
    const button = place(app, { mode: 'update' });
    await app.clock.advance(second);
    const press = button.tap();
    await app.clock.advance(100);
    const logins = app.count('login');
    happen(app);
    await app.clock.advance(5 * second);
    expect(app.count('login')).toBe(logins);
    press?.allow();
    await app.clock.advance(2 * minute);
    expect(button.flow.getSnapshot()).toMatchObject({ busy: false });
    expect(['succeeded', 'wantingAnotherTap']).toContain(button.flow.getSnapshot().state);
    expect(app.auth.getSnapshot().busy).toBe(false);
    expect(new Set(codesSent(app)).size).toBe(codesSent(app).length);
  });

  it('whose page leaves is dropped, and its key is given back (G-17)', async () => {
    const app = createTestApp({}, OLD);
    const button = place(app);
    await app.clock.advance(second);
    button.tap();
    await app.clock.advance(100);
    button.flow.leave();
    const session = watch(app.auth.ensure());
    await app.clock.advance(2 * second);
    expect(wordOf(session)).toBe('ok');
  });
});

function codesSent(app: TestApp): unknown[] {
  return app.backend.calls.map(({ body }) => Reflect.get(Object(body), 'code')).filter((code) => code !== undefined);
}

describe('an answer that the person has given', () => {
  it('is finished though the page be gone, which hears nothing more (G-17)', async () => {
    const app = createTestApp();
    const button = place(app);
    app.backend.failNext(PHONE_SIGN_IN, { delay: second });
    const press = button.tap();
    await app.clock.advance(100);
    press?.allow();
    await app.clock.advance(200);
    const heard = button.states.length;
    button.flow.leave();
    await app.clock.advance(5 * second);
    expect(app.auth.getSnapshot().status).toBe('signedIn');
    expect(button.states).toHaveLength(heard);
  });

  it.each([
    ['by a phone code', {}],
    ['encrypted', OLD],
  ])('after a sign-out, %s, moves nothing: the question was withdrawn with it', async (_, phone) => {
    const app = await signedIn(phone);
    const button = place(app, { mode: 'update' });
    await app.clock.advance(second);
    const press = button.tap();
    await app.clock.advance(100);
    watch(app.auth.signOut());
    await app.clock.advance(second);
    press?.allow();
    await app.clock.advance(minute);
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', user: null });
    expect(app.requests(SET_PHONE)).toBe(0);
  });

  it('is waited for longer than a busy server takes', async () => {
    const app = createTestApp();
    const button = place(app);
    app.backend.failNext(PHONE_SIGN_IN, { delay: 20 * second });
    await tapAndAnswer(app, button);
    await app.clock.advance(minute);
    expect(button.flow.getSnapshot().state).toBe('succeeded');
  });

  it('loses against a sign-out, and its session does not live on at the server', async () => {
    const app = createTestApp();
    const button = place(app);
    app.backend.failNext(PHONE_SIGN_IN, { delay: 2 * second });
    const press = button.tap();
    await app.clock.advance(100);
    press?.allow();
    await app.clock.advance(second);
    watch(app.auth.signOut());
    await app.clock.advance(10 * second);
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', user: null });
    expect(button.flow.getSnapshot()).toMatchObject({ state: 'cancelled', busy: false });
    expect(app.requests(SIGN_OUT)).toBe(1);
  });

  it.each([
    ['no answer', { hang: true }, 'timedOut'],
    ['no network', { status: 0, lost: true }, 'offline'],
    ['a busy host', { status: 503, code: 'HOST_BUSY' }, 'failed'],
  ] as const)('that meets %s ends in a named state, from which a tap tries again (G-09)', async (_, fault, state) => {
    const app = createTestApp();
    const button = place(app);
    app.backend.failNext(PHONE_SIGN_IN, 'lost' in fault ? { lost: true } : fault);
    await tapAndAnswer(app, button);
    await app.clock.advance(minute);
    expect(button.flow.getSnapshot()).toMatchObject({ state, busy: false });
    await tapAndAnswer(app, button);
    expect(button.flow.getSnapshot().state).toBe('succeeded');
  });
});

describe('a button that could not be made ready', () => {
  it.each([
    ['the app is shown again', (app: TestApp) => [app.device.hide(), app.device.show()]],
    ['the network is back', (app: TestApp) => [app.device.goOffline(), app.device.goOnline()]],
  ])('is made ready by itself when %s (G-02)', async (_, happen) => {
    const app = createTestApp({}, OLD);
    app.device.faults.next('login', { fail: { errMsg: 'login:fail' } });
    const button = place(app);
    await app.clock.advance(10 * minute);
    expect([button.flow.getSnapshot().live, app.count('login')]).toEqual([false, 1]);
    happen(app);
    await app.clock.advance(2 * second);
    expect([button.flow.getSnapshot().live, app.count('login')]).toEqual([true, 2]);
  });

  it('lets nobody who asks for a session after it wait for the failure of each button', async () => {
    const app = createTestApp({}, OLD);
    for (let i = 0; i < 2; i += 1) app.device.faults.next('login', { hang: true });
    for (let i = 0; i < 3; i += 1) place(app);
    const session = watch(app.auth.ensure());
    await app.clock.advance(29 * second);
    expect(wordOf(session)).not.toBe('pending');
  });

  it('is made ready by a late code too (G-09)', async () => {
    const app = createTestApp({}, OLD);
    app.device.faults.next('login', { hang: true });
    const button = place(app);
    await app.clock.advance(minute);
    expect(button.flow.getSnapshot().live).toBe(false);
    app.device.pending('login')[0]?.release();
    await app.clock.advance(second);
    expect(button.flow.getSnapshot().live).toBe(true);
    expect(app.count('login')).toBeLessThanOrEqual(2);
  });
});

describe('stopping the auth', () => {
  it('ends a wait, and says so: nothing is waited for any more (G-09)', async () => {
    const app = createTestApp();
    const button = place(app);
    app.backend.failNext(PHONE_SIGN_IN, { hang: true });
    const busy: boolean[] = [];
    button.flow.subscribe((snapshot) => busy.push(snapshot.busy));
    await tapAndAnswer(app, button);
    expect(button.flow.getSnapshot().busy).toBe(true);
    app.auth.stop();
    expect(button.flow.getSnapshot()).toMatchObject({ busy: false, failure: { kind: 'cancelled' } });
    expect(busy.at(-1)).toBe(false);
  });

  it('ends the phone flow, whose handle then moves nothing', async () => {
    const app = createTestApp();
    const button = place(app);
    button.tap();
    app.auth.stop();
    button.flow.ask();
    button.flow.answer({ errMsg: 'getPhoneNumber:ok', code: 'phone-code' });
    await app.clock.advance(minute);
    expect([app.requests(PHONE_SIGN_IN), app.auth.getSnapshot().status]).toEqual([0, 'stopped']);
  });
});
