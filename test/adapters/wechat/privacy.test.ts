import { describe, expect, it, vi } from 'vitest';
import { wechat } from '../../../adapters/wechat.js';
import type { PrivacyAnswer } from '../../../ports/platform.js';
import type { WechatDeviceOptions } from '../../../simulator/index.js';
import { createScene } from '../../simulator/support/scene.js';
import { watch } from '../../support/app.js';

interface Success {
  success?(result: object): void;
}

function setUp(options: Partial<WechatDeviceOptions> = {}) {
  const scene = createScene({ privacyAgreed: false, ...options });
  return { ...scene, platform: wechat({ wx: scene.device.wx }) };
}

describe('WeChat’s privacy guide', () => {
  it('W-16: is called by its name while it waits for the person', async () => {
    const { clock, platform } = setUp();
    const asked = watch(Promise.resolve(platform.getPrivacySetting()));
    await clock.advance(100);
    expect(asked.outcome).toEqual({ value: { isNeeded: true, contractName: '《模拟小程序隐私保护指引》' } });
  });

  it('W-16: is not needed where the host does not say so', async () => {
    const wx = { ...setUp().device.wx, getPrivacySetting: (option: Success) => option.success?.({}) };
    expect(await wechat({ wx }).getPrivacySetting()).toEqual({ isNeeded: false, contractName: '' });
  });

  it('W-16: each answer of the app reaches the host as it was given', () => {
    const resolve = vi.fn();
    const onNeedPrivacyAuthorization = (listener: (resolve: unknown) => void) => listener(resolve);
    const platform = wechat({ wx: { ...setUp().device.wx, onNeedPrivacyAuthorization } });
    const given: PrivacyAnswer[] = [
      { event: 'exposureAuthorization' },
      { event: 'agree', buttonId: 'agree' },
      { event: 'disagree' },
    ];
    platform.onPrivacyNeeded((answer) => given.forEach((one) => void answer(one)));
    expect(resolve.mock.calls).toEqual(given.map((one) => [one]));
  });

  it('W-16: before 2.32.3 its popup is not taken over', () => {
    const { device, platform } = setUp({ baseLibrary: '2.32.2' });
    const taken = vi.fn();
    device.wx.onNeedPrivacyAuthorization = taken;
    platform.onPrivacyNeeded(() => {});
    expect(taken).not.toHaveBeenCalled();
  });

  it('W-16: is opened by the host', async () => {
    const { clock, device, platform } = setUp();
    const asked = watch(Promise.resolve(platform.openPrivacyContract()));
    expect(device.calls.map(({ api }) => api)).toEqual(['openPrivacyContract']);
    await clock.advance(100);
    expect(asked.outcome).toEqual({ value: undefined });
  });
});
