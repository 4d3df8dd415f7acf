import { describe, expect, it } from 'vitest';
import type { PhoneFlow, PhoneOptions } from '../../machines/phone-flow.js';
import type { ProfileFlow } from '../../machines/profile-flow.js';
import type { ProfileSync } from '../../ports/profile.js';
import { watch, wordOf } from '../support/app.js';
import { type BaiduTestApp, createBaiduTestApp } from '../support/baidu-app.js';

const second = 1000;
const minute = 60 * second;

async function signedIn(app = createBaiduTestApp()) {
  const session = watch(app.auth.ensure());
  await app.clock.advance(second);
  expect(wordOf(session)).toBe('ok');
  return app;
}

/** A finger presses Baidu's phone button. */
const pressPhone = ({ device }: BaiduTestApp, flow: PhoneFlow) =>
  device.press(
    { openType: 'getPhoneNumber' },
    { tap: () => flow.ask(), getphonenumber: ({ detail }) => flow.answer(detail) },
  );

const pressProfile = ({ device }: BaiduTestApp, flow: ProfileFlow) =>
  device.press({ openType: 'getUserInfo' }, { getuserinfo: ({ detail }) => flow.answer(detail) });

async function phoneButton(app: BaiduTestApp, options?: PhoneOptions) {
  const flow = app.auth.phone(options);
  await app.clock.advance(second);
  return flow;
}

describe('silent login on Baidu', () => {
  it('signs in with one code, and again after a cold start with none', async () => {
    const app = await signedIn();
    expect([app.count('getLoginCode'), app.requests('/baidu/sign-in')]).toEqual([1, 1]);
    const auth = app.restart();
    auth.start();
    await app.clock.advance(second);
    expect([auth.getSnapshot().status, app.count('getLoginCode')]).toEqual(['signedIn', 1]);
  });

  it('B-01, B-07: says that nobody is signed in to Baidu, asks nobody, and tries once', async () => {
    const app = createBaiduTestApp({}, { signedIn: false, asksToSignIn: true });
    const session = watch(app.auth.ensure());
    await app.clock.advance(minute);
    expect(wordOf(session)).toBe('host-signed-out');
    expect([app.device.sheets, app.count('getLoginCode'), app.requests('/sign-in')]).toEqual([[], 0, 0]);
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', failure: { kind: 'host-signed-out' } });
  });

  it('B-01: goes on after the person has signed in by Baidu’s login button', async () => {
    const app = createBaiduTestApp({}, { signedIn: false });
    watch(app.auth.ensure());
    await app.clock.advance(second);
    let session: ReturnType<typeof watch> | undefined;
    const panel = app.device.press(
      { openType: 'login' },
      {
        login: () => {
          session = watch(app.auth.ensure());
        },
      },
    );
    await app.clock.advance(10 * minute);
    expect([panel.state, session]).toEqual(['open', undefined]);
    panel.allow();
    await app.clock.advance(second);
    expect(session && wordOf(session)).toBe('ok');
  });

  it('G-09: ends its wait where a host shows its panel though it does not tell that nobody is signed in', async () => {
    const app = createBaiduTestApp({}, { signedIn: false, asksToSignIn: true });
    app.device.faults.always('isLoginSync', { answer: new Error('isLoginSync:fail') });
    const session = watch(app.auth.ensure());
    await app.clock.advance(minute);
    expect([wordOf(session), app.device.sheets.length]).toEqual(['timeout', 1]);
    app.device.sheets[0]?.allow();
    await app.clock.advance(second);
    const next = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect([wordOf(next), app.count('getLoginCode')]).toEqual(['ok', 1]);
  });

  it.each(['3.120.8', '3.120.9'])(
    'B-03: renews a session that Baidu has ended, in the dialect of base library %s',
    async (baseLibrary) => {
      const app = await signedIn(createBaiduTestApp({ timing: { recheck: second } }, { baseLibrary }));
      app.world.baidu.expireSession(app.account);
      await app.clock.advance(2 * second);
      app.device.hide();
      app.device.show();
      await app.clock.advance(second);
      expect([app.auth.getSnapshot().status, app.count('getLoginCode')]).toEqual(['signedIn', 2]);
    },
  );

  it.each([10001, 10002, 10007, 1001])(
    'B-04, G-08, G-09: keeps a session that Baidu could not check, as it says by %i, and checks again on a later show',
    async (errCode) => {
      const app = await signedIn(createBaiduTestApp({ timing: { recheck: second } }));
      const show = async () => {
        await app.clock.advance(2 * second);
        app.device.hide();
        app.device.show();
        await app.clock.advance(second);
        return [app.auth.getSnapshot().status, app.count('checkSession'), app.count('getLoginCode')];
      };
      app.device.faults.next('checkSession', { fail: { errCode } });
      expect(await show()).toEqual(['signedIn', 1, 1]);
      app.world.baidu.expireSession(app.account);
      expect(await show()).toEqual(['signedIn', 2, 2]);
    },
  );

  it('G-18: is unregistered where no user was to be made; register → link → silent then works', async () => {
    const app = createBaiduTestApp();
    const none = watch(app.auth.ensure({ createUser: false }));
    await app.clock.advance(second);
    expect(wordOf(none)).toBe('unregistered');
    const linking = app.auth.linking();
    linking.register({ username: 'xiaoming', password: 'correct horse battery' });
    await app.clock.advance(second);
    expect(linking.getSnapshot().state).toBe('linked');
    app.device.swan.clearStorageSync();
    const again = watch(app.restart().ensure({ createUser: false }));
    await app.clock.advance(second);
    expect(wordOf(again)).toBe('ok');
  });
});

describe('Baidu’s Web host, whose first login leaves the page and starts the app anew (B-10)', () => {
  /** The person taps, and comes back signed in to Baidu: what was asked before never calls back. */
  async function comeBack(app: BaiduTestApp) {
    app.device.faults.next('getLoginCode', { hang: true });
    watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(app.auth.getSnapshot().status).not.toBe('signedIn');
    const auth = app.restart();
    auth.start();
    return auth;
  }

  it('B-10, G-01: signs in by App.onLogin calling ensure, with a code of its own', async () => {
    const app = createBaiduTestApp();
    const auth = await comeBack(app);
    const code = await app.world.baidu.issueCode(app.account);
    const session = watch(auth.ensure());
    await app.clock.advance(second);
    expect([wordOf(session), app.requests('/baidu/sign-in')]).toEqual(['ok', 1]);
    expect(app.backend.calls.at(-1)?.body).toMatchObject({ code: expect.not.stringContaining(code) });
  });

  it('B-10: keeps a session by a password that stands, so that linking can go on', async () => {
    const app = createBaiduTestApp();
    const linking = app.auth.linking();
    app.device.faults.next('getLoginCode', { hang: true });
    linking.register({ username: 'xiaoming', password: 'correct horse battery' });
    await app.clock.advance(second);
    const auth = app.restart();
    const session = watch(auth.ensure());
    await app.clock.advance(second);
    expect([wordOf(session), auth.getSnapshot().user?.openid]).toEqual(['ok', null]);
    const again = auth.linking();
    again.link();
    await app.clock.advance(second);
    expect([again.getSnapshot().state, auth.getSnapshot().user?.username]).toEqual(['linked', 'xiaoming']);
  });
});

describe('a phone number on Baidu', () => {
  it('B-06: signs in, with a code that was taken before the tap (G-03)', async () => {
    const app = createBaiduTestApp();
    const flow = await phoneButton(app);
    expect([flow.getSnapshot().live, app.count('getLoginCode')]).toEqual([true, 1]);
    pressPhone(app, flow).allow();
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('succeeded');
    const sent = app.backend.calls.find(({ path }) => path.endsWith('/baidu/phone-sign-in'))?.body;
    expect(sent).toMatchObject({ code: app.world.baidu.codes[0]?.code, createUser: true });
    expect(app.auth.getSnapshot().user?.phone?.reveal()).toBe(`+86${app.person.phoneNumber}`);
  });

  it('is set for whoever is signed in', async () => {
    const app = await signedIn();
    const flow = await phoneButton(app, { mode: 'update' });
    pressPhone(app, flow).allow();
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('succeeded');
    expect(app.auth.getSnapshot().user?.phoneVerified).toBe(true);
  });

  it('G-03, G-20: asks for one more tap where another phone has logged in under the sheet', async () => {
    const app = createBaiduTestApp();
    const flow = await phoneButton(app);
    const sheet = pressPhone(app, flow);
    await app.clock.advance(second);
    await app.world.baidu.issueCode(app.account);
    sheet.allow();
    await app.clock.advance(second);
    expect(flow.getSnapshot()).toMatchObject({ state: 'wantingAnotherTap', live: true });
    pressPhone(app, flow).allow();
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('succeeded');
  });

  it('G-03, G-09: goes with the newest code, though a login that was given up on brought it under the sheet', async () => {
    const app = createBaiduTestApp();
    app.device.faults.next('getLoginCode', { hang: true });
    const gaveUp = watch(app.auth.ensure());
    await app.clock.advance(minute);
    expect(wordOf(gaveUp)).toBe('timeout');
    await signedIn(app);
    const flow = await phoneButton(app, { mode: 'update' });
    const sheet = pressPhone(app, flow);
    await app.clock.advance(second);
    app.device.pending('getLoginCode')[0]?.release();
    await app.clock.advance(second);
    expect(app.world.baidu.codes).toHaveLength(2);
    sheet.allow();
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('succeeded');
    const sent = app.backend.calls.find(({ path }) => path.endsWith('/baidu/phone'))?.body;
    expect(sent).toMatchObject({ code: app.world.baidu.codes.at(-1)?.code });
  });

  it('B-07, G-12: rests where the person refuses, and asks at a new tap alone, which Baidu then refuses by itself', async () => {
    const app = createBaiduTestApp();
    const flow = await phoneButton(app);
    pressPhone(app, flow).deny();
    await app.clock.advance(minute);
    expect([flow.getSnapshot().state, app.count('button.getPhoneNumber')]).toEqual(['denied', 1]);
    pressPhone(app, flow);
    await app.clock.advance(second);
    expect([flow.getSnapshot().state, app.device.sheets]).toEqual(['denied', []]);
  });

  it('B-01: is not asked for where nobody is signed in to Baidu', async () => {
    const app = createBaiduTestApp({}, { signedIn: false });
    const flow = await phoneButton(app);
    flow.want();
    await app.clock.advance(second);
    expect(flow.getSnapshot().failure).toMatchObject({ kind: 'host-signed-out' });
  });
});

describe('who the person is, on Baidu', () => {
  const desc = '用于完善会员资料';

  async function button(app: BaiduTestApp, sync?: ProfileSync) {
    const flow = app.auth.profile({ desc, ...(sync !== undefined && { sync }) });
    await app.clock.advance(second);
    return flow;
  }

  it('G-03: the event decides consent only; then a code, then the profile again, and that one is sent', async () => {
    const app = await signedIn();
    const flow = await button(app);
    expect(flow.getSnapshot()).toMatchObject({ by: 'hostButton', live: true });
    const press = pressProfile(app, flow);
    await app.clock.advance(second);
    const before = app.device.calls.length;
    press.allow();
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('saved');
    const order = app.device.calls.slice(before).map(({ api }) => api);
    expect(order.filter((api) => api === 'getLoginCode' || api === 'getUserInfo')).toEqual([
      'getLoginCode',
      'getUserInfo',
    ]);
    const sent = app.backend.calls.find(({ path }) => path.endsWith('/baidu/profile'))?.body;
    expect(sent).toEqual({
      encryptedData: expect.any(String),
      iv: expect.any(String),
      code: app.world.baidu.codes.at(-1)?.code,
      sync: 'setnx',
    });
    expect(app.auth.getSnapshot().user).toMatchObject({ nickname: '小明', avatarUrl: app.person.avatarUrl });
  });

  it.each([
    ['overwrite', '小明'],
    ['setnx', 'before'],
    [false, 'before'],
  ] as const)('keeps the name as sync %s says', async (sync, nickname) => {
    const app = await signedIn();
    const form = await button(app, 'overwrite');
    form.fillIn();
    form.submit('before');
    await app.clock.advance(second);
    const flow = await button(app, sync);
    pressProfile(app, flow).allow();
    await app.clock.advance(second);
    expect([flow.getSnapshot().state, app.auth.getSnapshot().user?.nickname]).toEqual(['saved', nickname]);
  });

  it('is asked by a plain tap once it was allowed', async () => {
    const app = await signedIn();
    pressProfile(app, await button(app)).allow();
    await app.clock.advance(second);
    const flow = await button(app);
    expect(flow.getSnapshot().by).toBe('tap');
    flow.ask();
    await app.clock.advance(second);
    expect(flow.getSnapshot().state).toBe('saved');
  });

  it('B-05, B-07: a refusal is told as such, and whose it is stays known by id and openid', async () => {
    const app = await signedIn();
    const flow = await button(app);
    pressProfile(app, flow).deny();
    await app.clock.advance(second);
    expect(flow.getSnapshot()).toMatchObject({ state: 'denied', failure: { kind: 'denied' } });
    expect(app.auth.getSnapshot().user).toMatchObject({ id: 'user-1', openid: expect.any(String) });
    expect([app.requests('/profile'), app.count('getUserInfo')]).toEqual([0, 0]);
  });

  it('B-05: the mock user of the call after the event is a refusal too, and nothing of it is sent', async () => {
    const app = await signedIn();
    const flow = await button(app);
    app.device.faults.next('getUserInfo', {
      answer: { userInfo: { nickName: '百度网友', avatarUrl: 'https://a.test/' } },
    });
    pressProfile(app, flow).allow();
    await app.clock.advance(second);
    expect([flow.getSnapshot().state, app.requests('/profile')]).toEqual(['denied', 0]);
  });
});
