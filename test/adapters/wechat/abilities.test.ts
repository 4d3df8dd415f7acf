import { describe, expect, it, vi } from 'vitest';
import { type WechatHost, wechat } from '../../../adapters/wechat.js';
import type { Abilities, Platform } from '../../../ports/platform.js';
import type { ProfileWay } from '../../../ports/profile.js';
import { createScene } from '../../simulator/support/scene.js';

const abilitiesOf = (baseLibrary: string) => wechat({ wx: createScene({ baseLibrary }).device.wx }).abilities;

/** A modern host that gives this as its version. */
function telling(version: string): WechatHost {
  const { wx } = createScene().device;
  const facts = wx.getAppBaseInfo();
  wx.getAppBaseInfo = () => ({ ...facts, SDKVersion: version });
  return wx;
}

const NONE: Abilities = {
  login: true,
  phone: false,
  realtimePhone: false,
  phoneCode: false,
  profileWays: [],
  signedProfile: false,
  coupledPrivacy: false,
  privacy: false,
};

describe('what a WeChat device can do', () => {
  it.each([
    ['phone', 'W-17', '1.1.9', '1.2.0'],
    ['phoneCode', 'W-13', '2.21.1', '2.21.2'],
    ['realtimePhone', 'W-15', '2.24.3', '2.24.4'],
    ['signedProfile', 'W-06', '2.15.9', '2.16.0'],
    ['privacy', 'W-16', '2.32.2', '2.32.3'],
    ['coupledPrivacy', 'G-14', '3.0.0', '3.0.1'],
  ] as const)('%s (%s): not on base library %s, but from %s on', (ability, _, before, from) => {
    expect([before, from, '3.7.0', '10.0.0'].map((version) => abilitiesOf(version)[ability])).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it.each<[string, ProfileWay[]]>([
    ['1.0.0', []],
    ['1.2.9', []],
    ['1.3.0', ['getUserInfo']],
    ['2.9.5', ['getUserInfo']],
    ['2.10.3', ['getUserInfo']],
    ['2.10.4', ['getUserProfile']],
    ['2.21.1', ['getUserProfile']],
    ['2.21.2', ['getUserProfile', 'avatarNickname']],
    ['2.27.0', ['getUserProfile', 'avatarNickname']],
    ['2.27.1', ['avatarNickname', 'getUserProfile']],
    ['3.7.0', ['avatarNickname', 'getUserProfile']],
    ['10.0.0', ['avatarNickname', 'getUserProfile']],
  ])('W-06, W-08, W-11, W-18: on base library %s a profile is had by %j', (version, ways) => {
    expect(abilitiesOf(version).profileWays).toEqual(ways);
  });

  it.each<[string, string, (abilities: Abilities) => boolean, string]>([
    ['2.9.5', 'older', ({ profileWays }) => profileWays.includes('getUserProfile'), '2.10.4'],
    ['2.100.0', 'newer', ({ phoneCode }) => phoneCode, '2.21.2'],
    ['2.27', 'older', ({ profileWays }) => profileWays[0] === 'avatarNickname', '2.27.1'],
    ['2.27.1.3', 'newer', ({ profileWays }) => profileWays[0] === 'avatarNickname', '2.27.1'],
    ['3.7.0-beta.1', 'newer', ({ privacy }) => privacy, '2.32.3'],
  ])('W-19: takes %s for %s, number by number', (version, age, isSince) => {
    expect(isSince(wechat({ wx: telling(version) }).abilities)).toBe(age === 'newer');
  });

  it('W-19: reads the version from getSystemInfoSync where there is no getAppBaseInfo, or it tells none', () => {
    const old = createScene({ baseLibrary: '2.20.0' }).device;
    expect(old.wx).not.toHaveProperty('getAppBaseInfo');
    expect(wechat({ wx: old.wx }).abilities).toMatchObject({ phone: true, phoneCode: false, signedProfile: true });
    expect(wechat({ wx: telling('') }).abilities).toEqual(abilitiesOf('3.7.0'));
  });

  it('W-17: needs the open-type too, which another host may lack', () => {
    const { device } = createScene();
    device.wx.canIUse = (schema) => !schema.startsWith('button.open-type.');
    expect(wechat({ wx: device.wx }).abilities).toEqual({
      ...NONE,
      profileWays: ['getUserProfile'],
      signedProfile: true,
    });
  });

  it.each([
    ['getUserProfile', '3.7.0', { profileWays: ['avatarNickname'] }],
    ['getUserProfile', '2.10.4', { profileWays: [] }],
    ['getUserInfo', '2.9.5', { profileWays: [] }],
    ['onNeedPrivacyAuthorization', '3.7.0', { privacy: false }],
    ['getPrivacySetting', '3.7.0', { privacy: false }],
  ] as const)('W-17: needs the function too: without %s on base library %s', (api, baseLibrary, lost) => {
    const { device } = createScene({ baseLibrary });
    Reflect.deleteProperty(device.wx, api);
    expect(wechat({ wx: device.wx }).abilities).toEqual({ ...abilitiesOf(baseLibrary), ...lost });
  });

  it('W-19: where canIUse is missing or broken, the version decides', () => {
    const { device } = createScene();
    device.faults.always('canIUse', { throw: new Error('canIUse is broken') });
    expect(wechat({ wx: device.wx }).abilities).toEqual(abilitiesOf('3.7.0'));
    Reflect.deleteProperty(device.wx, 'canIUse');
    expect(wechat({ wx: device.wx }).abilities).toEqual(abilitiesOf('3.7.0'));
  });

  describe('of an unknown version', () => {
    const untold = () => {
      const { device } = createScene();
      for (const api of ['getAppBaseInfo', 'getSystemInfoSync'] as const) {
        device.faults.always(api, { throw: new Error(`${api} is broken`) });
      }
      return device;
    };

    it('W-19: believes only what shows itself: no code, no signature, and the profile that is nobody’s last', () => {
      expect(wechat({ wx: untold().wx }).abilities).toEqual({
        login: true,
        phone: true,
        realtimePhone: true,
        phoneCode: false,
        profileWays: ['avatarNickname', 'getUserProfile'],
        signedProfile: false,
        coupledPrivacy: false,
        privacy: true,
      });
    });

    it('W-19: promises nothing where canIUse does not tell either', () => {
      const { wx } = untold();
      for (const api of ['canIUse', 'getUserProfile'] as const) Reflect.deleteProperty(wx, api);
      expect(wechat({ wx }).abilities).toEqual(NONE);
    });

    it('W-18: takes the legacy button where it shows itself and getUserProfile does not', () => {
      const { wx } = untold();
      Reflect.deleteProperty(wx, 'getUserProfile');
      wx.canIUse = (schema) => schema === 'button.open-type.getUserInfo';
      expect(wechat({ wx }).abilities).toEqual({ ...NONE, profileWays: ['getUserInfo'] });
    });

    it('G-07: asks again until the version is told, and then no more', () => {
      const device = untold();
      const platform = wechat({ wx: device.wx });
      expect(platform.abilities.phoneCode).toBe(false);
      device.faults.clear();
      expect(platform.abilities.phoneCode).toBe(true);
      const asked = device.calls.length;
      expect(platform.abilities.phoneCode).toBe(true);
      expect(device.calls).toHaveLength(asked);
    });
  });
});

describe('a WeChat host that can do hardly anything', () => {
  /** As little as the adapter's type allows. */
  const bare = () => {
    const { login, checkSession, request, getStorageSync, setStorageSync, removeStorageSync } = createScene().device.wx;
    return { login, checkSession, request, getStorageSync, setStorageSync, removeStorageSync };
  };

  it('is asked nothing before the first question', () => {
    const { device } = createScene();
    wechat({ wx: device.wx });
    expect(device.calls).toEqual([]);
    const touched = vi.fn();
    wechat({ wx: new Proxy(bare(), { get: touched, has: touched }) });
    expect(touched).not.toHaveBeenCalled();
  });

  it('W-19: has no abilities, and says so instead of throwing', () => {
    expect(wechat({ wx: bare() }).abilities).toEqual(NONE);
  });

  it.each<[string, (platform: Platform) => PromiseLike<unknown>]>([
    ['getUserProfile', (platform) => platform.getUserProfile({ desc: '完善资料', lang: 'zh_CN' })],
    ['getUserInfo', (platform) => platform.getUserInfo({ lang: 'zh_CN' })],
    ['getSetting', (platform) => platform.isUserInfoAllowed()],
    ['uploadFile', (platform) => platform.upload({ url: 'https://a.test', filePath: 'wxfile://1', field: 'f' })],
    ['openPrivacyContract', (platform) => platform.openPrivacyContract()],
  ])('W-19: what needs %s is refused as unsupported, in words that name it', async (api, call) => {
    await expect(Promise.resolve(call(wechat({ wx: bare() })))).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining(`wx.${api}`),
    });
  });

  it('W-16: knows no privacy guide, so that nobody has to agree to one', async () => {
    const platform = wechat({ wx: bare() });
    expect(await platform.getPrivacySetting()).toEqual({ isNeeded: false, contractName: '' });
    expect(() => platform.onPrivacyNeeded(() => {})).not.toThrow();
  });
});
