import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { wechat } from '../../../adapters/wechat.js';
import type { FailureKind } from '../../../ports/failure.js';
import type { Restriction, WechatDeviceOptions } from '../../../simulator/index.js';
import { createButtonEar } from '../../simulator/support/open-data.js';
import { APP, createScene } from '../../simulator/support/scene.js';
import { expectFailure, thrownBy } from '../conformance/failures.js';

const ANDROID = 'Android 14';
const IOS = 'iOS 17';

type Detail = Readonly<Record<string, unknown>> | undefined;

/** A finger presses the phone button, and the person answers; the event's detail. */
async function press(
  answer: 'allow' | 'deny' | 'cancel',
  options: Partial<WechatDeviceOptions> = {},
  { openType = 'getPhoneNumber', restriction }: { openType?: string; restriction?: Restriction } = {},
): Promise<Detail> {
  const { clock, device, world } = createScene(options);
  if (restriction) world.wechat.restrict(APP.appId, 'getPhoneNumber', restriction);
  for (const question of ['getPhoneNumber', 'getRealtimePhoneNumber', 'privacy'] as const) {
    device.answers.always(question, answer);
  }
  const ear = createButtonEar();
  device.press({ openType }, ear.handlers);
  await clock.advance(100);
  return ear.heard[0]?.detail;
}

const { readPhone } = wechat({ wx: createScene().device.wx });

const expectKind = (detail: unknown, kind: FailureKind) =>
  expectFailure(
    thrownBy(() => readPhone(detail)),
    kind,
  );

describe('a yes of WeChat’s phone button', () => {
  it('W-13: since 2.21.2 is a code, and the code alone', async () => {
    const detail = await press('allow', { baseLibrary: '2.21.2' });
    expect(Object.keys(detail ?? {})).toEqual(expect.arrayContaining(['code', 'encryptedData', 'iv']));
    const proof = readPhone(detail);
    expect(Object.keys(proof)).toEqual(['phoneCode']);
    expect('phoneCode' in proof && proof.phoneCode.reveal()).toBe(detail?.code);
  });

  it('W-13, G-04: before 2.21.2 is encrypted, every character of it kept', async () => {
    const detail = await press('allow', { baseLibrary: '2.21.1' });
    const proof = readPhone(detail);
    expect('encryptedData' in proof && [proof.encryptedData.reveal(), proof.iv]).toEqual([
      detail?.encryptedData,
      detail?.iv,
    ]);
    const kept = readPhone({ errMsg: 'getPhoneNumber:ok', encryptedData: 'a+/b==', iv: '++//==' });
    expect('encryptedData' in kept && [kept.encryptedData.reveal(), kept.iv]).toEqual(['a+/b==', '++//==']);
  });

  it('W-15: of the realtime button is a code', async () => {
    const detail = await press('allow', {}, { openType: 'getRealtimePhoneNumber' });
    const proof = readPhone(detail);
    expect('phoneCode' in proof && proof.phoneCode.reveal()).toBe(detail?.code);
  });

  it('W-22: counts where it comes without words, and with an errno of none', () => {
    for (const detail of [{ code: 'abc' }, { errMsg: 'getPhoneNumber:ok', errno: 0, code: 'abc' }]) {
      const proof = readPhone(detail);
      expect('phoneCode' in proof && proof.phoneCode.reveal()).toBe('abc');
    }
  });

  it.each<Detail | null | string>([
    { errMsg: 'getPhoneNumber:ok' },
    { errMsg: 'getPhoneNumber:ok', code: '' },
    { errMsg: 'getPhoneNumber:ok', code: 42 },
    { errMsg: 'getPhoneNumber:ok', encryptedData: 'abc' },
    { errMsg: 'getPhoneNumber:ok', iv: 'abc' },
    {},
    { errMsg: '' },
    { errno: 987654, code: 'abc' },
    null,
    undefined,
    'getPhoneNumber:ok',
  ])('W-14: with neither code nor encryptedData is unknown: %j', (detail) => {
    expectKind(detail, 'unknown');
  });

  it('G-23: shows neither code nor number to who looks', () => {
    for (const proof of [
      { errMsg: 'getPhoneNumber:ok', code: 'phone-code' },
      { errMsg: 'getPhoneNumber:ok', encryptedData: 'phone-data', iv: 'AA==' },
    ]) {
      const read = readPhone(proof);
      expect(inspect(read, { depth: 9, showHidden: true }) + JSON.stringify(read)).not.toMatch(/phone-/);
    }
  });
});

describe('a no of WeChat’s phone button', () => {
  it.each([
    [ANDROID, '3.7.0', 'getPhoneNumber:fail:user deny'],
    [ANDROID, '2.8.0', 'getPhoneNumber:fail:user deny'],
    [IOS, '3.7.0', 'getPhoneNumber:fail user deny'],
    [IOS, '2.8.0', 'getPhoneNumber:fail user deny'],
    [ANDROID, '1.9.0', 'getPhoneNumber:user deny'],
    [IOS, '1.9.0', 'getPhoneNumber:user deny'],
  ] as const)('W-14: on %s, base library %s, it says %s: denied', async (system, baseLibrary, errMsg) => {
    const detail = await press('deny', { system, baseLibrary });
    expect(detail).toEqual({ errMsg });
    expectKind(detail, 'denied');
  });

  it.each([
    [ANDROID, '3.7.0'],
    [ANDROID, '1.9.0'],
    [IOS, '3.7.0'],
    [IOS, '1.9.0'],
  ] as const)('W-14: a sheet that is closed on %s, base library %s, is cancelled', async (system, baseLibrary) => {
    expectKind(await press('cancel', { system, baseLibrary }), 'cancelled');
  });

  it.each([ANDROID, IOS] as const)('W-14, W-16: on %s who refuses the privacy guide refused that', async (system) => {
    const detail = await press('deny', { system, privacyAgreed: false });
    expect(detail).toMatchObject({ errno: 104 });
    expectKind(detail, 'privacy-refused');
  });

  it.each<[Restriction, FailureKind]>([
    [102, 'not-permitted'],
    [112, 'privacy-undeclared'],
    [1025, 'privacy-undeclared'],
    [1026, 'privacy-undeclared'],
    ['banned', 'privacy-undeclared'],
    [1400001, 'quota-exhausted'],
    ['unverified', 'needs-verification'],
  ])('W-14: an app that is restricted by %s hears so on both systems: %s', async (restriction, kind) => {
    for (const system of [ANDROID, IOS] as const) {
      expectKind(await press('allow', { system }, { restriction }), kind);
    }
  });

  it.each<[Restriction, FailureKind]>([
    [102, 'not-permitted'],
    [112, 'privacy-undeclared'],
    [1025, 'privacy-undeclared'],
    [1026, 'privacy-undeclared'],
  ])('W-14: before 2.24.0 there is no errno, and %s is told by its words: %s', async (restriction, kind) => {
    const detail = await press('allow', { baseLibrary: '2.23.4' }, { restriction });
    expect(detail).not.toHaveProperty('errno');
    expectKind(detail, kind);
  });

  it.each<[number, FailureKind]>([
    [5, 'timeout'],
    [102, 'not-permitted'],
    [103, 'privacy-refused'],
    [104, 'privacy-refused'],
    [112, 'privacy-undeclared'],
    [1025, 'privacy-undeclared'],
    [1026, 'privacy-undeclared'],
    [1400001, 'quota-exhausted'],
    ...Array.from({ length: 12 }, (_, i): [number, FailureKind] => [600000 + i, 'offline']),
  ])('W-14, G-11: errno %i is %s, though the words say that the person denied, or agreed', (errno, kind) => {
    expectKind({ errno, errMsg: 'getPhoneNumber:fail user deny' }, kind);
    expectKind({ errno: String(errno), errMsg: 'getPhoneNumber:fail:user deny' }, kind);
    expectKind({ errno, errMsg: 'getPhoneNumber:ok', code: 'abc' }, kind);
    expectKind({ errno }, kind);
  });

  it.each<[Readonly<Record<string, unknown>>, FailureKind]>([
    [{ errMsg: 'getPhoneNumber:fail appid privacy api banned' }, 'privacy-undeclared'],
    [{ errMsg: 'getPhoneNumber:fail privacy permission is not authorized' }, 'privacy-refused'],
    [{ errMsg: 'getPhoneNumber:fail no permission' }, 'not-permitted'],
    [{ errMsg: 'getPhoneNumber:fail jsapi has no permission' }, 'not-permitted'],
    [{ errMsg: 'getPhoneNumber:fail this account needs to be verified first' }, 'needs-verification'],
    [{ errMsg: 'getPhoneNumber:fail timeout' }, 'timeout'],
    [{ errCode: -1, errMsg: 'getPhoneNumber:fail user deny' }, 'busy'],
    [{ errcode: 45009, errMsg: 'getPhoneNumber:fail user deny' }, 'rate-limited'],
    [{ errno: 987654, errMsg: 'getPhoneNumber:fail user deny' }, 'denied'],
    [{ errno: 987654, errMsg: 'getPhoneNumber:fail' }, 'unknown'],
    [{ errMsg: 'getPhoneNumber:fail 未知错误' }, 'unknown'],
    [{ errMsg: 'getPhoneNumber:fail', code: 'abc' }, 'unknown'],
  ])('W-14, G-11: %o is %s', (detail, kind) => {
    expectKind(detail, kind);
  });

  it('G-13: an undeclared privacy guide names what a developer has to declare, and where', () => {
    const failure = thrownBy(() => readPhone({ errno: 112, errMsg: 'getPhoneNumber:fail api scope is not declared' }));
    expect(failure).toMatchObject({
      message: expect.stringMatching(/手机号.*用户隐私保护指引.*mp\.weixin\.qq\.com.*api scope is not declared/s),
      raw: { errno: 112, errMsg: 'getPhoneNumber:fail api scope is not declared' },
    });
  });

  it('G-23: keeps nothing of what came along', () => {
    const failure = thrownBy(() =>
      readPhone({ errMsg: 'getPhoneNumber:fail user deny', code: 'phone-code', encryptedData: 'phone-data', iv: 'iv' }),
    );
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toMatch(/phone-code|phone-data/);
  });
});
