import { describe, expect, it } from 'vitest';
import { decryptBaiduData, encryptBaiduData } from '../../simulator/index.js';
import vectors from './data/vectors.json' with { type: 'json' };
import { createBaiduScene, exchangeWithBaidu } from './support/baidu-scene.js';
import { createEar } from './support/scene.js';

type Scene = ReturnType<typeof createBaiduScene>;

/** The key that the app's server has after a login. */
async function logIn({ world, account }: Scene): Promise<string> {
  const { session_key } = await exchangeWithBaidu(world, await world.baidu.issueCode(account));
  return String(session_key);
}

function unseal({ account }: Scene, sessionKey: string, { data, encryptedData = data, iv }: Record<string, unknown>) {
  const seal = { sessionKey, iv: String(iv), appKey: account.appKey };
  return JSON.parse(decryptBaiduData(String(encryptedData), seal));
}

/** Presses a button, and answers the details of its events. */
function press({ device }: Scene, openType: 'getPhoneNumber' | 'getUserInfo') {
  const heard: Readonly<Record<string, unknown>>[] = [];
  const hear = ({ detail }: { detail: Readonly<Record<string, unknown>> }) => void heard.push(detail);
  return { heard, pressed: device.press({ openType }, { getphonenumber: hear, getuserinfo: hear }) };
}

async function askUserInfo(scene: Scene) {
  const ear = createEar();
  scene.device.swan.getUserInfo(ear.callbacks);
  await scene.clock.advance(20);
  return ear.heard[0];
}

describe('what Baidu seals', () => {
  const { app_key: appKey, session_key: sessionKey, iv, data, plaintext, random_ascii } = vectors.baidu_decrypt;
  const seal = { sessionKey, iv, appKey };
  const random = new TextEncoder().encode(random_ascii);

  it('B-09: is sealed and opened as the published example', () => {
    expect(encryptBaiduData(plaintext, seal, random)).toBe(data);
    expect(decryptBaiduData(data, seal)).toBe(plaintext);
  });

  it.each([0, 11, 12, 13, 43, 44, 45, 500])('B-09: opens %i bytes as it sealed them, in blocks of 32', (length) => {
    const content = '明'.repeat(length / 3) + 'x'.repeat(length % 3);
    const sealed = encryptBaiduData(content, seal, random);
    expect(Buffer.from(sealed, 'base64').length % 32).toBe(0);
    expect(decryptBaiduData(sealed, seal)).toBe(content);
  });

  it('B-09: opens with nothing but its key and its app', () => {
    expect(() => decryptBaiduData(data, { ...seal, appKey: 'another' })).toThrow('another app');
    expect(() => decryptBaiduData(data, { ...seal, sessionKey: sessionKey.replace('1', '2') })).toThrow();
    expect(() => decryptBaiduData(data, { ...seal, sessionKey: btoa('sixteen bytes...') })).toThrow('24 bytes');
    expect(() => decryptBaiduData(data.slice(0, 64), seal)).toThrow(RangeError);
    expect(() => encryptBaiduData(plaintext, seal, random.slice(1))).toThrow('16 random bytes');
  });
});

describe('the phone button', () => {
  it('B-06: seals the number for the newest key once the person allows it, and gives no code', async () => {
    const scene = createBaiduScene();
    const before = await logIn(scene);
    const { heard, pressed } = press(scene, 'getPhoneNumber');
    await scene.clock.advance(20);
    expect(pressed.state).toBe('open');
    const key = await logIn(scene);
    pressed.allow();
    await scene.clock.settle();
    const [detail = {}] = heard;
    expect(Object.keys(detail).sort()).toEqual(['encryptedData', 'errMsg', 'iv']);
    expect(detail.errMsg).toBe('getPhoneNumber:ok');
    expect(unseal(scene, key, detail)).toEqual({ mobile: scene.person.phoneNumber });
    expect(() => unseal(scene, before, detail)).toThrow();
  });

  it('B-06, B-07: tells a refusal, and refuses at once from then on, until the person changes their settings', async () => {
    const scene = createBaiduScene();
    const first = press(scene, 'getPhoneNumber');
    first.pressed.deny();
    await scene.clock.advance(20);
    expect(first.heard).toEqual([{ errMsg: 'getPhoneNumber:fail auth deny', errCode: 10003 }]);
    const second = press(scene, 'getPhoneNumber');
    scene.device.restart();
    const third = press(scene, 'getPhoneNumber');
    await scene.clock.advance(20);
    expect([second.heard, third.heard, scene.device.sheets]).toEqual([[], first.heard, []]);
    scene.device.forgetAnswers();
    const fourth = press(scene, 'getPhoneNumber');
    await scene.clock.advance(20);
    expect(fourth.pressed.state).toBe('open');
  });

  it('asks anew each time where it was allowed, and seals for nobody where there was no login', async () => {
    const scene = createBaiduScene();
    for (const _ of [1, 2]) {
      const { heard, pressed } = press(scene, 'getPhoneNumber');
      await scene.clock.advance(20);
      expect(pressed.state).toBe('open');
      pressed.allow();
      await scene.clock.settle();
      const key = await logIn(scene);
      expect(() => unseal(scene, key, heard[0] ?? {})).toThrow();
      scene.world.baidu.expireSession(scene.account);
    }
  });

  it('B-04: is not answered for somebody who is signed out, nor for an app that may not ask', async () => {
    const scene = createBaiduScene({ signedIn: false });
    const out = press(scene, 'getPhoneNumber');
    await scene.clock.advance(20);
    scene.device.signIn();
    scene.world.baidu.forbid(scene.account.appKey, 'getPhoneNumber');
    const forbidden = press(scene, 'getPhoneNumber');
    await scene.clock.advance(20);
    expect([out.heard[0]?.errCode, forbidden.heard[0]?.errCode]).toEqual([10004, 10005]);
    scene.world.baidu.permit(scene.account.appKey, 'getPhoneNumber');
    const { pressed } = press(scene, 'getPhoneNumber');
    await scene.clock.advance(20);
    expect(pressed.state).toBe('open');
  });

  it('B-06: is none before base library 1.12.14', async () => {
    const { clock, device } = createBaiduScene({ baseLibrary: '1.12.13' });
    const taps: string[] = [];
    const pressed = device.press({ openType: 'getPhoneNumber' }, { tap: () => taps.push('tap') });
    await clock.advance(20);
    expect([taps, pressed.question, pressed.state]).toEqual([['tap'], null, 'closed']);
  });
});

describe('who the person is', () => {
  it('B-05: is told by the API as `data`, by the event as `encryptedData`, both with an iv', async () => {
    const scene = createBaiduScene();
    const key = await logIn(scene);
    const { heard, pressed } = press(scene, 'getUserInfo');
    pressed.allow();
    await scene.clock.advance(20);
    const shown = { nickName: '小明', avatarUrl: scene.person.avatarUrl, gender: 1 };
    const sealed = { openid: expect.any(String), nickname: '小明', headimgurl: scene.person.avatarUrl, sex: 1 };
    expect(heard[0]).toMatchObject({ errMsg: 'getUserInfo:ok', userInfo: shown });
    expect(heard[0]).not.toHaveProperty('data');
    expect(unseal(scene, key, heard[0] ?? {})).toEqual(sealed);
    const told = await askUserInfo(scene);
    expect(told).toMatchObject({ callback: 'success', payload: { userInfo: shown } });
    expect(told?.payload).not.toHaveProperty('encryptedData');
    expect(unseal(scene, key, told?.payload ?? {})).toEqual(sealed);
  });

  it('B-05: is asked for by the first call of the API', async () => {
    const scene = createBaiduScene();
    expect(await askUserInfo(scene)).toBeUndefined();
    expect(scene.device.sheets.map(({ question }) => question)).toEqual(['getUserInfo']);
  });

  it.each([
    ['refused', {}],
    ['signed out', { signedIn: false }],
  ])(
    'B-05: succeeds with the mock user and no iv for somebody who has %s, without asking again',
    async (_, options) => {
      const scene = createBaiduScene(options);
      scene.device.answers.next('getUserInfo', 'deny');
      for (const _time of [1, 2]) {
        const told = await askUserInfo(scene);
        expect(told).toMatchObject({ callback: 'success', payload: { userInfo: { nickName: '百度网友', gender: 0 } } });
        expect(Object.keys(told?.payload ?? {})).toEqual(['errMsg', 'userInfo']);
      }
      expect(scene.device.sheets).toEqual([]);
    },
  );

  it('B-07: is refused at once by the button from then on', async () => {
    const scene = createBaiduScene();
    const first = press(scene, 'getUserInfo');
    first.pressed.deny();
    await scene.clock.advance(20);
    const second = press(scene, 'getUserInfo');
    await scene.clock.advance(20);
    const refusal = { errMsg: 'getUserInfo:fail auth deny', errCode: 10003 };
    expect([first.heard, second.heard, scene.device.sheets]).toEqual([[refusal], [refusal], []]);
  });

  it('getSetting knows what was asked for, and nothing else', async () => {
    const scene = createBaiduScene();
    const settings = async () => {
      const ear = createEar();
      scene.device.swan.getSetting(ear.callbacks);
      await scene.clock.advance(20);
      return ear.heard[0]?.payload.authSetting;
    };
    expect(await settings()).toEqual({});
    press(scene, 'getUserInfo').pressed.allow();
    press(scene, 'getPhoneNumber').pressed.deny();
    await scene.clock.advance(20);
    expect(await settings()).toEqual({ 'scope.userInfo': true, 'scope.mobile': false });
  });
});
