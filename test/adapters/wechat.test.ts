import { afterEach, describe, expect, it, vi } from 'vitest';
import { wechat } from '../../adapters/wechat.js';
import type { FailureKind } from '../../ports/failure.js';
import type { WechatDeviceOptions } from '../../simulator/index.js';
import { watch, wordOf } from '../support/app.js';
import { login, outcomeOf, request } from './conformance/asking.js';
import { expectFailure, thrownBy } from './conformance/failures.js';
import { setUp } from './conformance/rig.js';
import { upload } from './conformance/sending.js';
import { describePlatform } from './platform-conformance.js';
import { wechatRig } from './support/wechat-rig.js';

describePlatform('WeChat', wechatRig());
describePlatform('WeChat with an old base library on iOS', wechatRig({ baseLibrary: '2.8.0', system: 'iOS 12' }));

const ANDROID = 'Android 14';
const IOS = 'iOS 17';

const pickUp = (options?: Partial<WechatDeviceOptions>) => setUp(wechatRig(options));

const questions = { login, request, upload };

/** How the adapter reads what the host calls `fail` with. */
async function kindOf(member: keyof typeof questions, payload: Readonly<Record<string, unknown>>): Promise<unknown> {
  const bench = await pickUp();
  bench.device.faults.next(member === 'upload' ? 'uploadFile' : member, { fail: payload });
  const outcome = await outcomeOf<unknown>(questions[member], bench);
  return typeof outcome === 'object' && 'failure' in outcome ? outcome.failure.kind : outcome;
}

type Row = readonly [payload: Readonly<Record<string, unknown>>, kind: FailureKind];

describe('what WeChat says when it refuses', () => {
  it.each<Row>([
    [{ errno: 5, errCode: -1, errMsg: 'login:fail auth deny' }, 'timeout'],
    [{ errno: 987654, errCode: -1, errMsg: 'login:fail auth deny' }, 'busy'],
    [{ errno: 987654, errCode: 987, errMsg: 'login:fail auth deny' }, 'denied'],
    [{ errno: 987654, errCode: 987, errMsg: 'login:fail 987' }, 'unknown'],
    [{ errCode: 45009, errcode: -1, errMsg: 'login:fail timeout' }, 'rate-limited'],
    [{ errno: '600001', errMsg: 'login:fail auth deny' }, 'offline'],
    [{ errno: '', errCode: '', errMsg: 'login:fail auth deny' }, 'denied'],
    [{ errno: null, errCode: { toString: () => '-1' }, errMsg: 'login:fail auth deny' }, 'denied'],
  ])('G-11: is read in the order errno, errCode, errMsg: %o is %s', async (payload, kind) => {
    expect(await kindOf('login', payload)).toBe(kind);
  });

  it.each<Row>([
    [{ errcode: 45009, errMsg: 'login:fail timeout' }, 'rate-limited'],
    [{ errCode: 45009, errMsg: 'login:fail' }, 'rate-limited'],
    [{ errcode: '45009', errMsg: 'login:fail' }, 'rate-limited'],
    [{ errMsg: 'login:fail reach max api frequency limit' }, 'rate-limited'],
  ])('W-03: over four calls a second it says %o, which is %s', async (payload, kind) => {
    expect(await kindOf('login', payload)).toBe(kind);
  });

  it.each<Row>([
    [{ errMsg: 'getUserProfile:fail can only be invoked by user TAP gesture.' }, 'misconfigured'],
    [{ errMsg: 'getUserProfile:fail auth deny' }, 'denied'],
  ])('W-09: %o is %s', async (payload, kind) => {
    expect(await kindOf('login', payload)).toBe(kind);
  });

  it.each<Row>([
    [{ errMsg: 'getPhoneNumber:fail user deny' }, 'denied'],
    [{ errMsg: 'getPhoneNumber:fail:user deny' }, 'denied'],
    [{ errMsg: 'getPhoneNumber:user deny' }, 'denied'],
    [{ errMsg: 'getPhoneNumber:fail user cancel' }, 'cancelled'],
    [{ errno: 5, errMsg: 'getPhoneNumber:fail' }, 'timeout'],
    [{ errMsg: 'getPhoneNumber:fail timeout' }, 'timeout'],
  ])('W-14: %o is %s', async (payload, kind) => {
    expect(await kindOf('login', payload)).toBe(kind);
  });

  const byNumber: readonly (readonly [errno: number, what: string, kind: FailureKind])[] = [
    [600000, 'unknown network error', 'offline'],
    [600001, 'cronet component error', 'offline'],
    [600002, 'url not in domain list', 'misconfigured'],
    [600003, 'network interrupted error', 'offline'],
    [600004, 'network logic error', 'offline'],
    [600005, 'network argv error', 'misconfigured'],
    [600006, 'network system error', 'offline'],
    [600007, 'network exceed max task count', 'rate-limited'],
    [600008, 'network reach the max redirect count', 'offline'],
    [600009, 'invalid URL', 'misconfigured'],
    [600010, 'invalid request data', 'misconfigured'],
    [600011, 'url validate error', 'offline'],
  ];

  it.each(byNumber)('W-14: errno %i (%s) is %s, whatever the text', async (errno, _, kind) => {
    expect(await kindOf('request', { errno, errMsg: '' })).toBe(kind);
    expect(await kindOf('request', { errno, errMsg: 'request:fail auth deny' })).toBe(kind);
  });

  it.each<Row>([
    [{ errMsg: 'request:fail' }, 'offline'],
    [{ errMsg: 'request:fail ssl hand shake error' }, 'offline'],
    [{ errMsg: 'request:fail -2:net::ERR_FAILED' }, 'offline'],
    [{ errMsg: 'request:fail errcode:-118 cronet_error_code:-118 error_msg:net::ERR_CONNECTION_TIMED_OUT' }, 'timeout'],
    [{ errMsg: 'request:fail The request timed out.' }, 'timeout'],
    [{ errMsg: 'request:fail 请求超时。' }, 'timeout'],
    [{ errMsg: 'request:fail time out' }, 'timeout'],
    [{ errMsg: 'request:fail url not in domain list:203.0.113.7' }, 'misconfigured'],
    [{ errMsg: 'request:fail invalid url "/orders"' }, 'misconfigured'],
    [{ errMsg: 'request:fail parameter error: parameter.url should be String instead of Undefined;' }, 'misconfigured'],
    [{ errMsg: 'request:fail exceed max task count' }, 'rate-limited'],
  ])('G-11: without a number, a request’s %o is %s', async (payload, kind) => {
    expect(await kindOf('request', payload)).toBe(kind);
  });

  it.each<Row>([
    [{ errMsg: 'uploadFile:fail' }, 'offline'],
    [{ errMsg: 'uploadFile:fail ssl hand shake error' }, 'offline'],
    [{ errno: 600000, errMsg: 'uploadFile:fail' }, 'offline'],
    [{ errMsg: 'uploadFile:fail timeout' }, 'timeout'],
    [{ errMsg: 'uploadFile:fail url not in domain list' }, 'misconfigured'],
    [{ errMsg: 'uploadFile:fail createUploadTask:fail file not found' }, 'unknown'],
  ])('G-11: without a better number, an upload’s %o is %s', async (payload, kind) => {
    expect(await kindOf('upload', payload)).toBe(kind);
  });

  it('G-13: what the privacy guide lacks is told in the host’s own words, where nobody knows what was asked for', async () => {
    const bench = await pickUp();
    bench.device.faults.next('request', { fail: { errno: 112, errMsg: 'request:fail api scope is not declared' } });
    expect(await outcomeOf(request, bench)).toMatchObject({
      failure: { kind: 'privacy-undeclared', message: 'request:fail api scope is not declared' },
    });
  });

  it.each<Row>([
    [{ errMsg: 'login:fail The Internet connection appears to be offline.' }, 'offline'],
    [{ errMsg: 'login:fail The network connection was lost.' }, 'offline'],
    [{ errMsg: 'login:fail 网络连接已中断。' }, 'offline'],
    [{ errMsg: 'login:fail not supported' }, 'unsupported'],
    [{ errMsg: 'login:fail 系统错误' }, 'unknown'],
  ])('G-11: without a number, a login’s %o is %s', async (payload, kind) => {
    expect(await kindOf('login', payload)).toBe(kind);
  });

  it.each([
    [new TypeError('this.wx.login is not a function'), 'unsupported'],
    [new TypeError("undefined is not a function (near '...wx.login...')"), 'unsupported'],
    [{ errMsg: 'login:fail timeout' }, 'timeout'],
    ['login:fail auth deny', 'denied'],
    [undefined, 'unknown'],
    [null, 'unknown'],
  ])('what it throws is read like what it says: %s is %s', async (thrown, kind) => {
    const bench = await pickUp();
    bench.device.faults.next('login', { throw: thrown });
    expect(await outcomeOf(login, bench)).toMatchObject({ failure: { kind } });
  });
});

describe('a WeChat device', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('W-01: has codes that live for five minutes', async () => {
    const { platform } = await pickUp();
    expect([platform.name, platform.codeLifetime]).toEqual(['wechat', 300_000]);
  });

  it('is no device where there is no wx: a failure says so', () => {
    expectFailure(
      thrownBy(() => wechat()),
      'unsupported',
    );
  });

  it('is found by the global wx', async () => {
    const bench = await pickUp();
    vi.stubGlobal('wx', bench.device.wx);
    expect(wechat().host).toBe(bench.device.wx);
  });

  it.each([
    [ANDROID, '2.23.4'],
    [ANDROID, '3.7.0'],
    [IOS, '2.23.4'],
    [IOS, '3.7.0'],
  ] as const)('G-11: is offline on %s, base library %s, whoever is asked', async (system, baseLibrary) => {
    const bench = await pickUp({ system, baseLibrary });
    bench.device.goOffline();
    for (const question of [login, request]) {
      expect(await outcomeOf<unknown>(question, bench)).toMatchObject({ failure: { kind: 'offline' } });
    }
  });

  it.each([
    [ANDROID, '2.23.4'],
    [ANDROID, '3.7.0'],
    [IOS, '2.23.4'],
    [IOS, '3.7.0'],
  ] as const)('G-11: reaches nobody on %s, base library %s: that is offline', async (system, baseLibrary) => {
    const bench = await pickUp({ system, baseLibrary });
    bench.server.answerWith(() => {
      throw new TypeError('connection refused');
    });
    expect(await outcomeOf(request, bench)).toMatchObject({ failure: { kind: 'offline' } });
  });

  it('W-03: refuses the fifth login of a second', async () => {
    const { clock, platform } = await pickUp();
    await clock.advance(1000);
    const asked = Array.from({ length: 5 }, () => watch(Promise.resolve(platform.login())));
    await clock.advance(100);
    expect(asked.map(wordOf)).toEqual(['ok', 'ok', 'ok', 'ok', 'rate-limited']);
  });

  it('without onAppShow tells nothing, and signs in all the same (W-19)', async () => {
    const bench = await pickUp({ baseLibrary: '2.0.0' });
    expect(bench.device.wx).not.toHaveProperty('onAppShow');
    const listener = vi.fn();
    const stop = bench.platform.onShow(listener);
    bench.device.show();
    stop();
    expect(listener).not.toHaveBeenCalled();
    expect(await outcomeOf(login, bench)).toHaveProperty('value');
  });

  it('without offNetworkStatusChange is silent after listening ended', async () => {
    const { clock, device, platform } = await pickUp({ baseLibrary: '2.9.2' });
    expect(device.wx).toHaveProperty('onNetworkStatusChange');
    expect(device.wx).not.toHaveProperty('offNetworkStatusChange');
    const listener = vi.fn();
    const stop = platform.onOnline(listener);
    device.goOffline();
    device.goOnline();
    stop();
    device.goOffline();
    device.goOnline();
    await clock.settle();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['onShow', 'onAppShow', 'offAppShow'],
    ['onOnline', 'onNetworkStatusChange', 'offNetworkStatusChange'],
  ] as const)('gives back the listener of %s, and nobody else’s', async (member, on, off) => {
    const { device, platform } = await pickUp();
    const [taken, returned] = [vi.spyOn(device.wx, on), vi.spyOn(device.wx, off)];
    const stop = platform[member](() => {});
    expect(returned).not.toHaveBeenCalled();
    stop();
    expect(taken).toHaveBeenCalledTimes(1);
    expect(returned.mock.calls).toEqual(taken.mock.calls);
  });

  it('G-22: does not find a picture of an app that has ended: that is nobody’s network', async () => {
    const bench = await pickUp();
    const gone = bench.file();
    bench.restart();
    const { clock, platform } = bench;
    const asked = watch(
      Promise.resolve(platform.upload({ url: 'https://server.test/avatar', filePath: gone, field: 'avatar' })),
    );
    await clock.advance(100);
    expect(wordOf(asked)).toBe('unknown');
  });

  it('W-23: a value too large for the store is a failure, and what was there stays', async () => {
    const { platform } = await pickUp();
    platform.storage.set('session', 'old');
    expectFailure(
      thrownBy(() => platform.storage.set('session', 'x'.repeat(1024 * 1024 + 1))),
      'unknown',
    );
    expect(platform.storage.get('session')).toBe('old');
  });

  it('W-23: what somebody else stored under the key, and is no text, counts as missing', async () => {
    const { device, platform } = await pickUp();
    for (const value of [7, { token: 'abc' }, true, null, '']) {
      device.wx.setStorageSync('session', value);
      expect(platform.storage.get('session')).toBeUndefined();
    }
  });
});
