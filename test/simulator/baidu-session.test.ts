import { describe, expect, it } from 'vitest';
import type { BaiduDeviceOptions } from '../../simulator/index.js';
import { BAIDU_APP, createBaiduScene, exchangeWithBaidu } from './support/baidu-scene.js';
import { createEar } from './support/scene.js';

const MINUTE = 60_000;

/** What a call of the host answers within its latency. */
async function heardOf(
  scene: ReturnType<typeof createBaiduScene>,
  call: (callbacks: ReturnType<typeof createEar>['callbacks']) => void,
) {
  const ear = createEar();
  call(ear.callbacks);
  await scene.clock.advance(20);
  return ear.heard;
}

const logIn = (scene: ReturnType<typeof createBaiduScene>) =>
  heardOf(scene, (callbacks) => scene.device.swan.getLoginCode(callbacks));

async function keyOf(scene: ReturnType<typeof createBaiduScene>) {
  const { session_key } = await exchangeWithBaidu(scene.world, await scene.world.baidu.issueCode(scene.account));
  return String(session_key);
}

describe('swan.getLoginCode', () => {
  it('B-01: answers a code by callbacks alone, complete last', async () => {
    const scene = createBaiduScene();
    expect(scene.device.swan.getLoginCode()).toBeUndefined();
    const payload = { errMsg: 'getLoginCode:ok', code: expect.stringMatching(/^[\da-f]{32}NW$/) };
    expect(await logIn(scene)).toEqual([
      { callback: 'success', payload },
      { callback: 'complete', payload },
    ]);
  });

  it.each([
    ['number', 10004],
    ['text', '10004'],
  ] as const)('B-01: succeeds without a code where nobody is signed in, 10004 as a %s', async (errCodeAs, errCode) => {
    const scene = createBaiduScene({ signedIn: false, errCodeAs });
    const [first] = await logIn(scene);
    expect(first).toEqual({ callback: 'success', payload: { errCode, errMsg: 'user not login' } });
    expect(scene.world.baidu.codes).toEqual([]);
    scene.device.signIn();
    expect((await logIn(scene))[0]?.payload).toHaveProperty('code');
  });

  it('shows the panel itself on hosts that do, for as long as the person takes', async () => {
    const scene = createBaiduScene({ signedIn: false, asksToSignIn: true });
    const ear = createEar();
    scene.device.swan.getLoginCode(ear.callbacks);
    await scene.clock.advance(10 * MINUTE);
    expect([ear.heard, scene.device.sheets.map(({ question }) => question)]).toEqual([[], ['login']]);
    scene.device.sheets[0]?.allow();
    await scene.clock.settle();
    expect(ear.heard[0]).toMatchObject({ callback: 'success', payload: { code: expect.any(String) } });
  });

  it('B-04: fails with 10004 where the person leaves that panel, and with 10002 without a network', async () => {
    const scene = createBaiduScene({ signedIn: false, asksToSignIn: true });
    scene.device.answers.next('login', 'cancel');
    expect((await logIn(scene))[0]).toMatchObject({ callback: 'fail', payload: { errCode: 10004 } });
    scene.device.signIn();
    scene.device.goOffline();
    expect((await logIn(scene))[0]).toMatchObject({ callback: 'fail', payload: { errCode: 10002 } });
  });

  it('B-04: heeds its timeout with 10007', async () => {
    const { clock, device } = createBaiduScene();
    const ear = createEar();
    device.faults.next('getLoginCode', { delay: 5000 });
    device.swan.getLoginCode({ ...ear.callbacks, timeout: 1000 });
    await clock.advance(1000);
    expect(ear.heard[0]).toMatchObject({ callback: 'fail', payload: { errCode: 10007 } });
  });

  it('hangs, throws and fails by fault, as every call does', async () => {
    const scene = createBaiduScene();
    const { device } = scene;
    device.faults.next('getLoginCode', { hang: true });
    expect(await logIn(scene)).toEqual([]);
    expect(device.pending('getLoginCode')).toHaveLength(1);
    device.faults.next('getLoginCode', { throw: new Error('broken') });
    expect(() => device.swan.getLoginCode()).toThrow('broken');
    device.faults.next('getLoginCode', { fail: { errCode: 10001 } });
    expect((await logIn(scene))[0]?.payload).toEqual({ errMsg: 'getLoginCode:fail', errCode: 10001 });
    expect(device.calls.map(({ outcome }) => outcome)).toEqual(['pending', 'thrown', 'fail']);
  });
});

describe('swan.isLoginSync', () => {
  it('B-02: tells whether somebody is signed in to Baidu', () => {
    const { device } = createBaiduScene({ signedIn: false });
    expect(device.swan.isLoginSync()).toEqual({ isLogin: false });
    device.signIn();
    expect(device.swan.isLoginSync()).toEqual({ isLogin: true });
    device.signOut();
    expect(device.swan.isLoginSync()).toEqual({ isLogin: false });
  });

  it('B-02: may answer an Error by fault, as other calls may answer anything', async () => {
    const scene = createBaiduScene();
    const error = new Error('isLoginSync failed');
    scene.device.faults.next('isLoginSync', { answer: error });
    expect(scene.device.swan.isLoginSync()).toBe(error);
    scene.device.faults.next('getLoginCode', { answer: { code: '' } });
    expect((await logIn(scene))[0]?.payload).toEqual({ errMsg: 'getLoginCode:ok', code: '' });
  });
});

describe('swan.checkSession', () => {
  const check = (scene: ReturnType<typeof createBaiduScene>) =>
    heardOf(scene, (callbacks) => scene.device.swan.checkSession(callbacks));

  it.each([
    ['3.120.8', 'success', { errMsg: 'checkSession:ok', result: false }, { errMsg: 'checkSession:ok', result: true }],
    ['3.99.10', 'success', { errMsg: 'checkSession:ok', result: false }, { errMsg: 'checkSession:ok', result: true }],
    ['3.120.9', 'fail', { errMsg: 'checkSession:fail session key is invalid' }, { errMsg: 'checkSession:ok' }],
  ] as const)('B-03: says no in its dialect with base library %s', async (baseLibrary, callback, no, yes) => {
    const scene = createBaiduScene({ baseLibrary });
    expect((await check(scene))[0]).toEqual({ callback, payload: no });
    await logIn(scene);
    expect((await check(scene))[0]).toEqual({ callback: 'success', payload: yes });
    scene.world.baidu.expireSession(scene.account);
    expect((await check(scene))[0]).toEqual({ callback, payload: no });
  });

  it.each(['3.120.8', '3.120.9'])(
    'B-03: fails where nobody is signed in, with base library %s',
    async (baseLibrary) => {
      const scene = createBaiduScene({ baseLibrary });
      await logIn(scene);
      scene.device.signOut();
      expect((await check(scene))[0]).toMatchObject({ callback: 'fail', payload: { errCode: 10004 } });
    },
  );
});

describe('the login button', () => {
  const press = (scene: ReturnType<typeof createBaiduScene>) => {
    const heard: unknown[] = [];
    const pressed = scene.device.press({ openType: 'login' }, { login: ({ detail }) => heard.push(detail) });
    return { heard, pressed };
  };

  it('B-01: shows a panel that a person answers, then a code can be had', async () => {
    const scene = createBaiduScene({ signedIn: false });
    const { heard, pressed } = press(scene);
    await scene.clock.advance(10 * MINUTE);
    expect([heard, pressed.state]).toEqual([[], 'open']);
    pressed.allow();
    await scene.clock.settle();
    expect([heard, scene.device.signedIn]).toEqual([[{ errMsg: 'login:ok' }], true]);
    expect((await logIn(scene))[0]?.payload).toHaveProperty('code');
  });

  it('B-07: may be left, and asks anew at the next tap', async () => {
    const scene = createBaiduScene({ signedIn: false });
    for (const _ of [1, 2]) {
      const { heard, pressed } = press(scene);
      pressed.cancel();
      await scene.clock.advance(20);
      expect(heard).toEqual([{ errMsg: 'login:fail user not login', errCode: 10004 }]);
    }
    expect(scene.device.signedIn).toBe(false);
  });

  it('asks nobody who is signed in', async () => {
    const scene = createBaiduScene();
    const { heard } = press(scene);
    await scene.clock.advance(20);
    expect([heard, scene.device.sheets]).toEqual([[{ errMsg: 'login:ok' }], []]);
  });

  it('G-15: loses the event of a button that is not there any more', async () => {
    const scene = createBaiduScene({ signedIn: false });
    const { heard, pressed } = press(scene);
    pressed.unmount();
    pressed.allow();
    await scene.clock.advance(20);
    expect([heard, pressed.lost]).toEqual([[], true]);
  });
});

describe('the session exchange', () => {
  it('B-08: answers openid and session key, the same openid for the same person', async () => {
    const { world, account } = createBaiduScene();
    const answers = [];
    for (const _ of [1, 2]) answers.push(await exchangeWithBaidu(world, await world.baidu.issueCode(account)));
    const [one, other] = answers;
    expect(one).toEqual({ openid: expect.any(String), session_key: expect.stringMatching(/^[\da-f]{32}$/) });
    expect([other?.openid === one?.openid, other?.session_key === one?.session_key]).toEqual([true, false]);
    expect(Buffer.from(String(one?.session_key), 'base64')).toHaveLength(24);
  });

  const refusal = (error: string) => ({ errno: expect.any(Number), error, error_description: expect.any(String) });

  it('B-01: takes a code once, and for ten minutes', async () => {
    const { clock, world, account } = createBaiduScene();
    const used = await world.baidu.issueCode(account);
    await exchangeWithBaidu(world, used);
    expect(await exchangeWithBaidu(world, used)).toEqual(refusal('invalid_grant'));
    const [young, old] = [await world.baidu.issueCode(account), await world.baidu.issueCode(account)];
    await clock.advance(10 * MINUTE);
    expect(await exchangeWithBaidu(world, young)).toHaveProperty('openid');
    await clock.advance(1);
    expect(await exchangeWithBaidu(world, old)).toEqual(refusal('invalid_grant'));
    expect(world.baidu.codes.map(({ spentAt }) => spentAt === null)).toEqual([false, false, true]);
  });

  it.each([
    [{ code: 'unknown' }, 'invalid_grant'],
    [{ code: '' }, 'invalid_request'],
    [{ client_id: 'unknown' }, 'invalid_client'],
    [{ sk: 'wrong' }, 'invalid_client'],
  ])('B-08: refuses %o with %s, and spends nothing', async (change, error) => {
    const { world, account } = createBaiduScene();
    const code = await world.baidu.issueCode(account);
    expect(await exchangeWithBaidu(world, code, change)).toEqual(refusal(error));
    expect(await exchangeWithBaidu(world, code)).toHaveProperty('openid');
  });

  it('refuses another app’s code, and takes nothing but a form', async () => {
    const { world, account } = createBaiduScene();
    world.addBaiduApp({ appKey: 'another', appSecret: 'simulated-secret' });
    const code = await world.baidu.issueCode(account);
    expect(await exchangeWithBaidu(world, code, { client_id: 'another' })).toEqual(refusal('invalid_grant'));
    const body = JSON.stringify({ code, client_id: BAIDU_APP.appKey, sk: BAIDU_APP.appSecret });
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    const answer = await world.fetch('https://spapi.baidu.com/oauth/jscode2sessionkey', init);
    expect(await answer.json()).toEqual(refusal('invalid_request'));
    expect((await world.fetch('https://spapi.baidu.com/oauth/jscode2sessionkey')).status).toBe(404);
  });

  it('goes wrong by fault', async () => {
    const { world, account } = createBaiduScene();
    const code = await world.baidu.issueCode(account);
    world.baidu.openApi.fail(7);
    expect(await exchangeWithBaidu(world, code)).toEqual(refusal('simulated_fault'));
    world.baidu.openApi.fail('empty');
    expect(await exchangeWithBaidu(world, code)).toEqual({});
    expect(await exchangeWithBaidu(world, code)).toHaveProperty('openid');
    expect(world.baidu.openApi.calls.map(({ outcome }) => outcome)).toEqual([7, 'empty', 0]);
  });

  it('keeps apart who uses both hosts, and their keys', async () => {
    const scene = createBaiduScene();
    const first = await keyOf(scene);
    scene.world.addApp({ appId: 'wx-app', appSecret: 'secret' });
    await scene.world.wechat.issueCode({ appId: 'wx-app', personId: scene.person.id });
    expect(await scene.world.baidu.checkSession(scene.account)).toBe(true);
    expect(await keyOf(scene)).not.toBe(first);
  });
});

describe('a Baidu device', () => {
  const open = (options: Partial<BaiduDeviceOptions> = {}) => createBaiduScene(options);

  it('tells its base library, and what it can do', () => {
    const { device } = open({ baseLibrary: '1.12.13' });
    expect(device.swan.getSystemInfoSync()).toMatchObject({ SDKVersion: '1.12.13', host: 'baiduboxapp' });
    const asked = ['getLoginCode', 'login', 'button.open-type.login', 'button.open-type.getPhoneNumber', 'button.size'];
    expect(asked.map((schema) => device.swan.canIUse(schema))).toEqual([true, false, true, false, false]);
    expect(open().device.swan.canIUse('button.open-type.getPhoneNumber')).toBe(true);
  });

  it('keeps one store for all, beyond the app', async () => {
    const scene = open();
    scene.device.swan.setStorageSync('a', { b: 1 });
    scene.device.restart();
    expect([scene.device.swan.getStorageSync('a'), scene.device.swan.getStorageSync('none')]).toEqual([{ b: 1 }, '']);
    const heard = await heardOf(scene, (callbacks) => scene.device.swan.getStorage({ ...callbacks, key: 'a' }));
    expect(heard[0]?.payload.data).toEqual({ b: 1 });
  });

  it('tells of showing, hiding and the network, as long as somebody listens', () => {
    const { device } = open();
    const heard: string[] = [];
    const hear = () => heard.push('shown');
    device.swan.onAppShow(hear);
    device.swan.onAppHide(() => heard.push('hidden'));
    device.swan.onNetworkStatusChange(({ isConnected }) => heard.push(`online ${isConnected}`));
    device.hide();
    device.show();
    device.goOffline();
    device.goOnline();
    device.swan.offAppShow(hear);
    device.show();
    expect(heard).toEqual(['hidden', 'shown', 'online false', 'online true']);
  });

  it.each([
    ['Android 14', 1001],
    ['iOS 17', 10002],
  ] as const)('B-04: fails to send anything offline, on %s with %i', async (system, errCode) => {
    const scene = open({ system });
    const { swan } = scene.device;
    scene.device.goOffline();
    const heard = await heardOf(scene, (callbacks) => swan.request({ ...callbacks, url: 'https://server.test/' }));
    expect(heard[0]).toMatchObject({ callback: 'fail', payload: { errCode } });
  });
});
