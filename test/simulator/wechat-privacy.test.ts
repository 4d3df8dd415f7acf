import { describe, expect, it } from 'vitest';
import type { PrivacyResolution, WechatDeviceOptions } from '../../simulator/index.js';
import { createButtonEar } from './support/open-data.js';
import { createEar, createScene } from './support/scene.js';

const REFUSED = { errno: 104, errMsg: 'requirePrivacyAuthorize:fail privacy permission is not authorized' };

/** A scene whose person has not agreed yet, and an app that listens. */
function createListening(options: Partial<WechatDeviceOptions> = {}) {
  const scene = createScene({ privacyAgreed: false, ...options });
  const asked: { referrer: string; resolve(resolution: PrivacyResolution): void }[] = [];
  scene.device.wx.onNeedPrivacyAuthorization((resolve, { referrer }) => {
    asked.push({ referrer, resolve });
  });
  const ear = createEar();
  const require = async () => {
    scene.device.wx.requirePrivacyAuthorize(ear.callbacks);
    await scene.clock.advance(20);
  };
  const agreeButton = async (id: string) => {
    scene.device.press({ openType: 'agreePrivacyAuthorization', id });
    await scene.clock.advance(20);
  };
  return { ...scene, asked, ear, require, agreeButton };
}

describe('the privacy guide', () => {
  it('W-16: its APIs are there since 2.32.3', () => {
    const names = ['getPrivacySetting', 'onNeedPrivacyAuthorization', 'requirePrivacyAuthorize', 'openPrivacyContract'];
    for (const name of names) {
      expect(createScene({ baseLibrary: '2.32.2' }).device.wx).not.toHaveProperty(name);
      expect(createScene({ baseLibrary: '2.32.3' }).device.wx).toHaveProperty(name);
    }
  });

  it('W-16: getPrivacySetting tells whether the person has yet to agree, and openPrivacyContract opens it', async () => {
    for (const privacyAgreed of [true, false]) {
      const { clock, device } = createScene({ privacyAgreed });
      const ear = createEar();
      device.wx.getPrivacySetting({ success: ear.callbacks.success });
      device.wx.openPrivacyContract({ success: ear.callbacks.success });
      await clock.advance(20);
      expect(ear.heard.map(({ payload }) => payload)).toEqual([
        {
          errMsg: 'getPrivacySetting:ok',
          needAuthorization: !privacyAgreed,
          privacyContractName: expect.stringMatching('隐私保护指引'),
        },
        { errMsg: 'openPrivacyContract:ok' },
      ]);
    }
  });

  it('W-16: stops nothing on older base libraries, or once the person has agreed', async () => {
    for (const options of [{ baseLibrary: '2.32.2', privacyAgreed: false }, { privacyAgreed: true }]) {
      const { clock, device } = createScene(options);
      device.press({ openType: 'getPhoneNumber' });
      await clock.advance(20);
      expect(device.sheets.map(({ question }) => question)).toEqual(['getPhoneNumber']);
    }
  });

  it.each([
    ['getPhoneNumber', 'getphonenumber'],
    ['getRealtimePhoneNumber', 'getrealtimephonenumber'],
    ['getUserInfo', 'getuserinfo'],
  ])('W-16: without a listener the host itself asks, before the sheet of %s', async (openType, type) => {
    const { clock, device } = createScene({ privacyAgreed: false, publishedAt: 0 });
    const ear = createButtonEar();
    const press = device.press({ openType }, ear.handlers);
    await clock.advance(20);
    expect(device.sheets.map(({ question }) => question)).toEqual(['privacy']);
    expect(press.state).toBe('coming');
    device.sheets[0]?.allow();
    await clock.settle();
    expect(device.sheets.map(({ question }) => question)).toEqual([openType]);
    press.allow();
    await clock.settle();
    expect(ear.heard).toMatchObject([{ type, detail: { errMsg: `${openType}:ok` } }]);
    device.wx.requirePrivacyAuthorize({});
    await clock.advance(20);
    expect(device.sheets).toEqual([]);
  });

  it("W-14, W-16: a refusal in the host's popup is errno 104 to the phone button, and closes its sheet", async () => {
    const { clock, device } = createScene({ privacyAgreed: false });
    const ear = createButtonEar();
    const press = device.press({ openType: 'getPhoneNumber' }, ear.handlers);
    await clock.advance(20);
    device.sheets[0]?.deny();
    await clock.settle();
    const errMsg = 'getPhoneNumber:fail privacy permission is not authorized';
    expect(ear.heard).toEqual([{ type: 'getphonenumber', detail: { errMsg, errno: 104 } }]);
    expect(press.state).toBe('closed');
  });

  it('W-16: within ten seconds after a refusal calls fail unasked', async () => {
    const { clock, device } = createScene({ privacyAgreed: false });
    const ear = createEar();
    const require = () => device.wx.requirePrivacyAuthorize({ fail: ear.callbacks.fail });
    device.answers.next('privacy', 'deny');
    require();
    await clock.advance(20);
    require();
    await clock.advance(9_980);
    require();
    await clock.advance(20);
    expect(ear.heard.map(({ payload }) => payload)).toEqual([REFUSED, REFUSED]);
    expect(device.sheets.map(({ question }) => question)).toEqual(['privacy']);
  });

  it('W-16: a call that failed unasked does not begin the ten seconds anew', async () => {
    const { asked, require, clock } = createListening();
    await require();
    asked[0]?.resolve({ event: 'disagree' });
    await clock.advance(8_000);
    await require();
    await clock.advance(1_980);
    await require();
    expect(asked).toHaveLength(2);
  });

  it('W-16: a call waits for the listener, whatever time it takes, and fails as it disagrees', async () => {
    const { asked, ear, require, clock } = createListening();
    await require();
    expect(asked.map(({ referrer }) => referrer)).toEqual(['requirePrivacyAuthorize']);
    asked[0]?.resolve({ event: 'exposureAuthorization' });
    await clock.advance(3_600_000);
    expect(ear.heard).toEqual([]);
    asked[0]?.resolve({ event: 'disagree' });
    await clock.settle();
    expect(ear.heard[0]).toEqual({ callback: 'fail', payload: REFUSED });
  });

  it('W-16: an agreement needs a button that was pressed, by its id', async () => {
    const { asked, ear, require, agreeButton, clock } = createListening();
    await require();
    asked[0]?.resolve({ event: 'agree', buttonId: 'agree' });
    await clock.settle();
    expect(ear.heard[0]?.payload).toEqual({
      errno: 104,
      errMsg: 'requirePrivacyAuthorize:fail click action before resolve is needed',
    });
    await clock.advance(10_000);
    await require();
    await agreeButton('agree');
    expect(ear.heard).toHaveLength(2);
    asked[1]?.resolve({ event: 'agree', buttonId: 'agree' });
    await clock.settle();
    expect(ear.heard[2]).toEqual({ callback: 'success', payload: { errMsg: 'requirePrivacyAuthorize:ok' } });
    await require();
    expect(asked).toHaveLength(2);
    expect(ear.heard.at(-1)?.payload.errMsg).toBe('requirePrivacyAuthorize:ok');
  });

  it('W-16: a press of the agree button alone is enough for later calls, if the button has an id', async () => {
    const { asked, require, agreeButton, device, clock } = createListening();
    device.press({ openType: 'agreePrivacyAuthorization' });
    await clock.advance(20);
    await require();
    expect(asked).toHaveLength(1);
    await agreeButton('agree');
    await require();
    expect(asked).toHaveLength(1);
  });

  it('W-16: there is one listener, the last that was registered, until the app ends', async () => {
    const { asked, require, device, clock } = createListening();
    const later: string[] = [];
    device.wx.onNeedPrivacyAuthorization((_, { referrer }) => void later.push(referrer));
    await require();
    expect(asked).toEqual([]);
    expect(later).toEqual(['requirePrivacyAuthorize']);
    device.restart();
    device.wx.requirePrivacyAuthorize({});
    await clock.advance(20);
    expect(later).toHaveLength(1);
    expect(device.sheets.map(({ question }) => question)).toEqual(['privacy']);
  });

  it('W-16: each of several calls waits for its own answer, and tells who is asking', async () => {
    const { asked, ear, clock, device, agreeButton } = createListening({ publishedAt: 0 });
    device.tap(() => device.wx.getUserProfile({ desc: 'x', success: ear.callbacks.success }));
    device.wx.getUserInfo({ success: ear.callbacks.success });
    for (const openType of ['getPhoneNumber', 'chooseAvatar']) device.press({ openType });
    await clock.advance(20);
    const referrers = ['getUserProfile', 'getUserInfo', 'button.getPhoneNumber', 'button.chooseAvatar'];
    expect(asked.map(({ referrer }) => referrer).sort()).toEqual(referrers.sort());
    await agreeButton('agree');
    expect(device.sheets).toEqual([]);
    asked.find(({ referrer }) => referrer === 'button.chooseAvatar')?.resolve({ event: 'agree', buttonId: 'agree' });
    await clock.settle();
    expect(device.sheets.map(({ question }) => question)).toEqual(['chooseAvatar']);
  });

  it('W-16: the agreement outlives the app', async () => {
    const { device, clock, agreeButton } = createListening();
    await agreeButton('agree');
    device.restart();
    device.press({ openType: 'getPhoneNumber' });
    await clock.advance(20);
    expect(device.sheets.map(({ question }) => question)).toEqual(['getPhoneNumber']);
  });
});
