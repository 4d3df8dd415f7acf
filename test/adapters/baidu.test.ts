import { afterEach, describe, expect, it, vi } from 'vitest';
import { baidu } from '../../adapters/baidu.js';
import type { FailureKind } from '../../ports/failure.js';
import { type BaiduDeviceOptions, decryptBaiduData } from '../../simulator/index.js';
import { watch, wordOf } from '../support/app.js';
import { checkSession, login, outcomeOf, type Question, request } from './conformance/asking.js';
import { expectFailure, thrownBy } from './conformance/failures.js';
import { readPhone } from './conformance/phone.js';
import { getUserInfo, isUserInfoAllowed, readUserInfo } from './conformance/profile.js';
import { type Bench, setUp } from './conformance/rig.js';
import { describePlatform } from './platform-conformance.js';
import { BAIDU_APP, baiduRig } from './support/baidu-rig.js';

describePlatform('Baidu', baiduRig());
describePlatform('Baidu with an old base library on iOS', baiduRig({ baseLibrary: '3.120.8', system: 'iOS 12' }));

const pickUp = (options?: Partial<BaiduDeviceOptions>) => setUp(baiduRig(options));

async function wordFor(question: Question<unknown>, bench: Bench): Promise<string> {
  const outcome = await outcomeOf(question, bench);
  return wordOf({ outcome });
}

type Row = readonly [payload: Readonly<Record<string, unknown>>, kind: FailureKind];

describe('what Baidu says when it refuses', () => {
  it.each<Row>([
    [{ errCode: 10001 }, 'busy'],
    [{ errCode: 10002 }, 'offline'],
    [{ errCode: 10003 }, 'denied'],
    [{ errCode: 10004 }, 'host-signed-out'],
    [{ errCode: 10005 }, 'not-permitted'],
    [{ errCode: 10007 }, 'timeout'],
    [{ errCode: '10003' }, 'denied'],
    [{ errCode: 201 }, 'misconfigured'],
    [{ errCode: 202 }, 'misconfigured'],
    [{ errCode: 1001 }, 'unknown'],
    [{ errCode: 10003, errMsg: 'getLoginCode:fail timeout' }, 'denied'],
    [{ errCode: 1001, errMsg: 'getLoginCode:fail user deny' }, 'denied'],
    [{ errMsg: 'getLoginCode:fail system deny' }, 'not-permitted'],
    [{ errMsg: 'getLoginCode:fail user not login' }, 'host-signed-out'],
    [{ errMsg: '用户未登录' }, 'host-signed-out'],
    [{ errMsg: 'getLoginCode:fail 请求超时' }, 'timeout'],
    [{ errMsg: 'getLoginCode:fail network error' }, 'offline'],
    [{ errMsg: 'getLoginCode:fail something' }, 'unknown'],
  ])('B-04, G-11: %o is %s', async (payload, kind) => {
    const bench = await pickUp();
    bench.device.faults.next('getLoginCode', { fail: payload });
    expect(await wordFor(login, bench)).toBe(kind);
  });

  it.each<Row>([
    [{ errCode: 1001, errMsg: '执行失败' }, 'offline'],
    [{ errCode: '1001', errMsg: '' }, 'offline'],
    [{ errCode: 1001, errMsg: 'request:fail timeout' }, 'timeout'],
    [{ errCode: 201, errMsg: 'request:fail' }, 'misconfigured'],
    [{ errMsg: 'request:fail' }, 'offline'],
    [{ errMsg: 'request:fail url not in domain list' }, 'misconfigured'],
  ])('B-04, G-11: of a request %o is %s', async (payload, kind) => {
    const bench = await pickUp();
    bench.device.faults.next('request', { fail: payload });
    expect(await wordFor(request, bench)).toBe(kind);
  });

  it.each(['Android 14', 'iOS 17'] as const)('G-11: is offline on %s, whoever is asked', async (system) => {
    const bench = await pickUp({ system });
    bench.device.goOffline();
    for (const question of [login, request]) expect(await wordFor(question, bench)).toBe('offline');
  });
});

describe('a login code of Baidu', () => {
  it.each(['number', 'text'] as const)('B-01: is none where nobody is signed in, 10004 as a %s', async (errCodeAs) => {
    const bench = await pickUp({ signedIn: false, errCodeAs });
    // The host does not tell by itself, so that the call has to.
    bench.device.faults.always('isLoginSync', { answer: new Error('isLoginSync:fail') });
    expect(await wordFor(login, bench)).toBe('host-signed-out');
    expect(bench.device.calls.map(({ api }) => api)).toContain('getLoginCode');
  });

  it('B-07: is not asked for where the host says that nobody is signed in, so that no panel is forced on anybody', async () => {
    const bench = await pickUp({ signedIn: false, asksToSignIn: true });
    expect(await wordFor(login, bench)).toBe('host-signed-out');
    expect([bench.device.sheets, bench.device.calls.map(({ api }) => api)]).toEqual([[], ['isLoginSync']]);
    bench.device.signIn();
    expect(await wordFor(login, bench)).toBe('ok');
  });

  it.each([
    ['an Error object', { answer: new Error('isLoginSync:fail') }],
    ['nothing', { answer: undefined }],
    ['an exception', { throw: new Error('isLoginSync:fail') }],
  ])('B-02: is asked for where isLoginSync answers %s', async (_, fault) => {
    const bench = await pickUp();
    bench.device.faults.always('isLoginSync', fault);
    expect(await wordFor(login, bench)).toBe('ok');
  });

  it('B-02: is asked for where there is no isLoginSync', async () => {
    const bench = await pickUp();
    Reflect.deleteProperty(bench.device.swan, 'isLoginSync');
    expect(await wordFor(login, bench)).toBe('ok');
  });

  it('W-02: that is empty without a reason is unknown, and nobody’s no (G-11)', async () => {
    const bench = await pickUp();
    bench.device.faults.next('getLoginCode', { answer: { code: '' } });
    expect(await outcomeOf(login, bench)).toMatchObject({
      failure: { kind: 'unknown', message: 'getLoginCode:ok without a code' },
    });
  });

  it('B-01: is good for five minutes, the shorter of what is documented', async () => {
    const { platform } = await pickUp();
    expect([platform.name, platform.codeLifetime]).toEqual(['baidu', 300_000]);
  });
});

describe('a session of Baidu', () => {
  it.each(['3.120.8', '3.120.9'])('B-03: is told of in the dialect of base library %s', async (baseLibrary) => {
    const bench = await pickUp({ baseLibrary });
    expect(await outcomeOf(checkSession, bench)).toEqual({ value: true });
    bench.device.signOut();
    expect(await outcomeOf(checkSession, bench)).toEqual({ value: false });
  });

  it.each([
    [{ result: false }, false],
    [{ result: true }, true],
    [{}, true],
    [{ result: 'false' }, true],
  ])('B-03: %o is %s', async (answer, value) => {
    const bench = await pickUp();
    bench.device.faults.next('checkSession', { answer });
    expect(await outcomeOf(checkSession, bench)).toEqual({ value });
  });
});

describe.each(['3.120.8', '3.120.9'])('a check of the session that fails on base library %s', (baseLibrary) => {
  const wordAfter = async (fail: Row[0]) => {
    const bench = await pickUp({ baseLibrary });
    bench.device.faults.next('checkSession', { fail });
    const outcome = await outcomeOf(checkSession, bench);
    return typeof outcome === 'object' && 'value' in outcome ? outcome.value : wordOf({ outcome });
  };

  it.each<Row>([
    [{ errCode: 10001 }, 'busy'],
    [{ errCode: 10002 }, 'offline'],
    [{ errCode: '10002', errMsg: 'session key is invalid' }, 'offline'],
    [{ errCode: 10003 }, 'denied'],
    [{ errCode: 10005 }, 'not-permitted'],
    [{ errCode: 10007 }, 'timeout'],
    [{ errCode: 201 }, 'misconfigured'],
    [{ errCode: 202 }, 'misconfigured'],
    [{ errCode: 1001 }, 'unknown'],
    [{ errCode: 1001, errMsg: 'checkSession:fail network error' }, 'offline'],
  ])('B-04: is no end of the session where the number means something else: %o is %s', async (payload, kind) => {
    expect(await wordAfter(payload)).toBe(kind);
  });

  it.each([
    [{ errCode: 10004 }],
    [{ errCode: '10004' }],
    [{ errCode: 1001, errMsg: 'user not login' }],
    [{ errMsg: 'checkSession:fail session time out' }],
    [{ errCode: 987, errMsg: 'session key is invalid' }],
    [{}],
  ])('B-03: is its end where no number says otherwise: %o', async (payload) => {
    expect(await wordAfter(payload)).toBe(false);
  });
});

describe('what Baidu tells of a person', () => {
  it('B-05: is nobody without an iv, whatever the name, and that is a no', async () => {
    const userInfo = { nickName: '小明', avatarUrl: 'https://himg.bdimg.com/1' };
    for (const answer of [{ userInfo }, { userInfo, data: 'x' }, { userInfo, data: 'x', iv: '' }]) {
      const bench = await pickUp();
      bench.device.faults.next('getUserInfo', { answer });
      expect(await wordFor(getUserInfo, bench)).toBe('denied');
      bench.device.faults.next('button.getUserInfo', { fail: { ...answer, errMsg: 'getUserInfo:ok' } });
      expect(await wordFor(readUserInfo, bench)).toBe('denied');
    }
  });

  it.each([
    [{}, 'ok'],
    [{ errMsg: 'getUserInfo:ok' }, 'ok'],
    [{ errMsg: '' }, 'ok'],
    [{ errCode: 0 }, 'ok'],
    [{ errno: '0', errMsg: '' }, 'ok'],
    [{ errCode: 10003 }, 'denied'],
    [{ errCode: 987 }, 'unknown'],
    [{ errMsg: 'getUserInfo:fail' }, 'unknown'],
  ])('B-05: of the button is a yes without words, unless a number says otherwise: %o is %s', async (more, word) => {
    const told = { userInfo: { nickName: '小明', avatarUrl: 'https://himg.bdimg.com/1' }, data: 'x', iv: 'y' };
    const { platform } = await pickUp();
    const read = watch(Promise.resolve({ ...told, ...more }).then(platform.readUserInfo));
    await vi.waitFor(() => expect(wordOf(read)).toBe(word));
  });

  it('B-05: is somebody with an iv, also if they are called like the mock user', async () => {
    const userInfo = { nickName: '百度网友', avatarUrl: 'https://himg.bdimg.com/1' };
    const bench = await pickUp();
    bench.device.faults.next('getUserInfo', { answer: { userInfo, data: 'x', iv: 'y' } });
    expect(await outcomeOf(getUserInfo, bench)).toMatchObject({ value: { nickname: '百度网友', isAnonymous: false } });
  });

  it('B-05: tells a refusal from nobody being signed in', async () => {
    const [denied, out] = [await pickUp(), await pickUp({ signedIn: false })];
    denied.device.answers.always('getUserInfo', 'deny');
    expect([await wordFor(getUserInfo, denied), await wordFor(getUserInfo, out)]).toEqual([
      'denied',
      'host-signed-out',
    ]);
  });

  it('B-05, G-04: is sealed under either name, and handed on as it came', async () => {
    const bench = await pickUp();
    for (const question of [readUserInfo, getUserInfo]) {
      const code = await outcomeOf(login, bench);
      expect(code).toHaveProperty('value');
      const outcome = await outcomeOf(question, bench);
      if (typeof outcome !== 'object' || !('value' in outcome)) expect.fail('no profile');
      const { signed } = outcome.value;
      expect(Object.keys(signed ?? {})).toEqual(['encryptedData', 'iv']);
      const seal = { sessionKey: '0'.repeat(32), iv: signed?.iv ?? '', appKey: BAIDU_APP.appKey };
      // Whole blocks of 32 bytes: the right length for the right key.
      expect(() => decryptBaiduData(signed?.encryptedData.reveal() ?? '', seal)).toThrow('the padding is none');
    }
  });

  it('B-07: is a no at once after the first one, until the person takes it back', async () => {
    const bench = await pickUp();
    bench.device.answers.next('getUserInfo', 'deny');
    const words = [];
    for (const question of [readUserInfo, readUserInfo, getUserInfo]) words.push(await wordFor(question, bench));
    expect([words, bench.device.sheets]).toEqual([['denied', 'denied', 'denied'], []]);
    expect(await outcomeOf(isUserInfoAllowed, bench)).toEqual({ value: false });
    bench.device.forgetAnswers();
    expect(await wordFor(readUserInfo, bench)).toBe('ok');
  });
});

describe('a phone number on Baidu', () => {
  it('B-06: comes sealed, and never as a code', async () => {
    const bench = await pickUp();
    const outcome = await outcomeOf(readPhone, bench);
    expect(outcome).toMatchObject({ value: { iv: expect.any(String) } });
    expect(outcome).not.toHaveProperty('value.phoneCode');
    expect(bench.platform.abilities.phoneCode).toBe(false);
  });

  it.each([
    [{ errMsg: 'getPhoneNumber:fail auth deny' }, 'denied'],
    [{ errMsg: 'getPhoneNumber:ok', encryptedData: 'x' }, 'unknown'],
    [{ encryptedData: 'x', iv: 'y' }, 'ok'],
    [{ errCode: 0, encryptedData: 'x', iv: 'y' }, 'ok'],
    [{ errMsg: '', errCode: '0', encryptedData: 'x', iv: 'y' }, 'ok'],
    [{ errCode: 987, encryptedData: 'x', iv: 'y' }, 'unknown'],
    [{ errCode: 'x', encryptedData: 'x', iv: 'y' }, 'unknown'],
    [{ errMsg: 'getPhoneNumber', encryptedData: 'x', iv: 'y' }, 'unknown'],
    [{ errCode: 10005 }, 'not-permitted'],
    [null, 'unknown'],
  ])('B-06: %o is %s', async (detail, word) => {
    const { platform } = await pickUp();
    const read = watch(Promise.resolve(detail).then(platform.readPhone));
    await vi.waitFor(() => expect(wordOf(read)).toBe(word));
  });
});

describe('a Baidu device', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('can do this much, by its base library (B-01, B-05, B-06)', async () => {
    const none = {
      login: true,
      realtimePhone: false,
      phoneCode: false,
      signedProfile: false,
      coupledPrivacy: false,
      privacy: false,
    };
    const all = { ...none, phone: true, profileWays: ['getUserInfo'] };
    expect((await pickUp()).platform.abilities).toEqual(all);
    expect((await pickUp({ baseLibrary: '1.12.14' })).platform.abilities).toEqual(all);
    expect((await pickUp({ baseLibrary: '1.12.13' })).platform.abilities).toEqual({ ...all, phone: false });
  });

  it('G-07: is asked for its version again where it did not tell', async () => {
    const { device, platform } = await pickUp();
    device.faults.next('getSystemInfoSync', { answer: new Error('getSystemInfoSync:fail') });
    device.faults.next('canIUse', { answer: false });
    expect(platform.abilities.phone).toBe(false);
    expect(platform.abilities.phone).toBe(true);
  });

  it('is no device where there is no swan: a failure says so', () => {
    expectFailure(
      thrownBy(() => baidu()),
      'unsupported',
    );
  });

  it('is found by the global swan', async () => {
    const bench = await pickUp();
    vi.stubGlobal('swan', bench.device.swan);
    expect(baidu().host).toBe(bench.device.swan);
  });

  it('knows of no privacy guide, so that nothing waits for one', async () => {
    const { platform } = await pickUp();
    expect(await platform.getPrivacySetting()).toEqual({ isNeeded: false, contractName: '' });
  });

  it.each(['set', 'remove'] as const)(
    'B-02: takes an Error object that the store answers to %s for a failure',
    async (member) => {
      const { device, platform } = await pickUp();
      device.faults.next(`${member}StorageSync`, { answer: new Error('setStorage:fail timeout') });
      const call = member === 'set' ? () => platform.storage.set('a', 'b') : () => platform.storage.remove('a');
      expectFailure(thrownBy(call), 'unknown');
    },
  );
});
