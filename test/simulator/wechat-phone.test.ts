import { describe, expect, it } from 'vitest';
import type { Question, WechatDeviceOptions } from '../../simulator/index.js';
import { createButtonEar, logIn, unseal } from './support/open-data.js';
import { APP, createScene } from './support/scene.js';

const PHONE = { openType: 'getPhoneNumber' };

/** A scene whose person presses the phone button and answers; the details that the page heard. */
async function pressed(
  answer: 'allow' | 'deny' | 'cancel',
  options: Partial<WechatDeviceOptions> = {},
  prepare: (scene: ReturnType<typeof createScene>) => void = () => {},
  button: object = PHONE,
) {
  const scene = createScene(options);
  const ear = createButtonEar();
  prepare(scene);
  const press = scene.device.press({ ...PHONE, ...button }, ear.handlers);
  await scene.clock.advance(20);
  press[answer]();
  await scene.clock.advance(20);
  return { ...scene, press, heard: ear.heard, detail: ear.heard[0]?.detail ?? {} };
}

describe('the phone button', () => {
  it('W-13: opens a sheet after the tap, and tells its event after the answer, without a deadline', async () => {
    const { clock, device } = createScene();
    const ear = createButtonEar();
    const order: string[] = [];
    const press = device.press(PHONE, {
      ...ear.handlers,
      tap: () => order.push(`tap, in the gesture: ${device.inGesture}, sheets: ${device.sheets.length}`),
    });
    expect(order).toEqual(['tap, in the gesture: true, sheets: 0']);
    expect(device.inGesture).toBe(false);
    expect(press.state).toBe('coming');
    await clock.advance(20);
    expect(press.state).toBe('open');
    expect(device.sheets.map(({ question }) => question)).toEqual(['getPhoneNumber']);
    await clock.advance(3_600_000);
    expect(ear.heard).toEqual([]);
    press.allow();
    press.deny();
    await clock.settle();
    expect(ear.heard.map(({ type }) => type)).toEqual(['getphonenumber']);
    expect(ear.heard[0]?.detail.errMsg).toBe('getPhoneNumber:ok');
    expect(press.state).toBe('closed');
    expect(device.sheets).toEqual([]);
  });

  it('W-13: gives encryptedData and iv, and since 2.21.2 a code, which is no login code', async () => {
    const old = await pressed('allow', { baseLibrary: '2.21.1' });
    expect(Object.keys(old.detail)).toEqual(['errMsg', 'encryptedData', 'iv']);
    const { detail, world } = await pressed('allow', { baseLibrary: '2.21.2' });
    expect(Object.keys(detail).sort()).toEqual(['code', 'encryptedData', 'errMsg', 'iv']);
    expect(world.wechat.codes).toEqual([]);
    expect(world.wechat.phoneCodes.map(({ code }) => code)).toEqual([detail.code]);
  });

  it('S-04, S-05: seals the number with the key that is current, app and time stamped in', async () => {
    const scene = createScene();
    const key = await logIn(scene);
    const ear = createButtonEar();
    scene.device.answers.next('getPhoneNumber', 'allow');
    scene.device.press(PHONE, ear.handlers);
    await scene.clock.advance(20);
    expect(unseal(ear.heard[0]?.detail ?? {}, key)).toEqual({
      phoneNumber: '13800000001',
      purePhoneNumber: '13800000001',
      countryCode: '86',
      watermark: { timestamp: Math.floor(scene.clock.now() / 1000), appid: APP.appId },
    });
  });

  it('S-04: seals with a key that no server has, where nobody is logged in', async () => {
    const scene = createScene();
    const key = await logIn(scene);
    scene.world.wechat.expireSession(scene.account);
    const ear = createButtonEar();
    scene.device.answers.next('getPhoneNumber', 'allow');
    scene.device.press(PHONE, ear.handlers);
    await scene.clock.advance(20);
    expect(() => unseal(ear.heard[0]?.detail ?? {}, key)).toThrow();
  });

  it('G-03, G-20: a login under the open sheet, from whatever device, makes the server unable to read it', async () => {
    const scene = createScene();
    const before = await logIn(scene);
    const ear = createButtonEar();
    const press = scene.device.press(PHONE, ear.handlers);
    await scene.clock.advance(20);
    const other = scene.newDevice();
    other.wx.login();
    await scene.clock.advance(20);
    press.allow();
    await scene.clock.settle();
    expect(() => unseal(ear.heard[0]?.detail ?? {}, before)).toThrow();
    expect(scene.world.wechat.codes).toHaveLength(2);
  });

  it('G-03: a login after the answer does not change what was sealed', async () => {
    const scene = createScene();
    const before = await logIn(scene);
    const ear = createButtonEar();
    scene.device.answers.next('getPhoneNumber', 'allow');
    scene.device.press(PHONE, ear.handlers);
    await scene.clock.advance(20);
    await logIn(scene);
    expect(unseal(ear.heard[0]?.detail ?? {}, before)).toMatchObject({ countryCode: '86' });
  });

  it.each([
    ['iOS 15.8', '3.7.0', 'deny', 'getPhoneNumber:fail user deny'],
    ['Android 14', '3.7.0', 'deny', 'getPhoneNumber:fail:user deny'],
    ['Android 14', '1.9.94', 'deny', 'getPhoneNumber:user deny'],
    ['iOS 15.8', '1.9.94', 'deny', 'getPhoneNumber:user deny'],
    ['iOS 15.8', '3.7.0', 'cancel', 'getPhoneNumber:fail user cancel'],
    ['Android 14', '3.7.0', 'cancel', 'getPhoneNumber:fail:user cancel'],
  ] as const)('W-14: on %s with base library %s, %s says %s', async (system, baseLibrary, answer, errMsg) => {
    const { detail } = await pressed(answer, { system, baseLibrary });
    expect(detail).toEqual({ errMsg });
  });

  it.each([
    [102, 102, 'no permission'],
    [112, 112, 'api scope is not declared in the privacy agreement'],
    [1025, 1025, 'appid privacy api banned'],
    [1026, 1026, 'appid privacy api banned'],
    [1400001, 1400001, 'use count exceeds the limit'],
    ['banned', undefined, 'appid privacy api banned'],
    ['unverified', undefined, 'the mini program needs to be verified first'],
  ] as const)('W-14: an app under restriction %s is refused unasked', async (restriction, errno, reason) => {
    const { detail, press, world, device, clock } = await pressed('allow', {}, (scene) =>
      scene.world.wechat.restrict(APP.appId, 'getPhoneNumber', restriction),
    );
    expect(detail).toEqual({ errMsg: `getPhoneNumber:fail ${reason}`, ...(errno && { errno }) });
    expect(press.state).toBe('closed');
    world.wechat.lift(APP.appId, 'getPhoneNumber');
    const again = device.press(PHONE);
    await clock.advance(20);
    expect(again.state).toBe('open');
  });

  it('W-14: fails offline and by any fault, in the words that are wanted', async () => {
    const offline = await pressed('allow', {}, ({ device }) => device.goOffline());
    expect(offline.detail).toMatchObject({ errno: 600001 });
    const fail = { errMsg: 'getPhoneNumber:fail timeout', errno: 5 };
    const late = await pressed('allow', {}, ({ device }) => device.faults.next('button.getPhoneNumber', { fail }));
    expect(late.detail).toEqual(fail);
    const bare = await pressed('allow', {}, ({ device }) => device.faults.next('button.getPhoneNumber', { fail: {} }));
    expect(bare.detail).toEqual({ errMsg: 'getPhoneNumber:fail' });
  });

  it('W-14: tells errno since base library 2.24.0', async () => {
    const restrict = ({ world }: ReturnType<typeof createScene>) =>
      world.wechat.restrict(APP.appId, 'getPhoneNumber', 102);
    expect((await pressed('allow', { baseLibrary: '2.23.4' }, restrict)).detail).not.toHaveProperty('errno');
    expect((await pressed('allow', { baseLibrary: '2.24.0' }, restrict)).detail).toHaveProperty('errno', 102);
  });

  it('W-15: is limited by a quota that only what is given uses up, also under an open sheet', async () => {
    const { clock, device, world } = createScene();
    const ear = createButtonEar();
    world.wechat.setPhoneQuota(APP.appId, 1);
    const [denied, given, late] = [0, 1, 2].map(() => device.press(PHONE, ear.handlers));
    await clock.advance(20);
    denied?.deny();
    await clock.settle();
    given?.allow();
    await clock.settle();
    late?.allow();
    await clock.settle();
    device.answers.next('getRealtimePhoneNumber', 'allow');
    device.press({ openType: 'getRealtimePhoneNumber' }, ear.handlers);
    await clock.advance(20);
    expect(ear.heard.map(({ detail }) => detail.errMsg)).toEqual([
      'getPhoneNumber:fail:user deny',
      'getPhoneNumber:ok',
      'getPhoneNumber:fail use count exceeds the limit',
      'getRealtimePhoneNumber:fail use count exceeds the limit',
    ]);
    device.press({ openType: 'chooseAvatar' });
    await clock.advance(20);
    expect(device.sheets.map(({ question }) => question)).toEqual(['chooseAvatar']);
  });

  it('W-15: shows a toast of its own since 3.0.1, unless the button says no', async () => {
    const restrict = ({ world }: ReturnType<typeof createScene>) => world.wechat.setPhoneQuota(APP.appId, 0);
    const toasts = async (baseLibrary: string, button = {}) =>
      (await pressed('allow', { baseLibrary }, restrict, button)).device.toasts.length;
    expect(await toasts('3.0.0')).toBe(0);
    expect(await toasts('3.0.1')).toBe(1);
    expect(await toasts('3.0.1', { phoneNumberNoQuotaToast: false })).toBe(0);
    expect((await pressed('deny')).device.toasts).toEqual([]);
  });

  it('W-15: verifies in real time by a code alone', async () => {
    const { clock, device } = createScene();
    const ear = createButtonEar();
    device.answers.always('getRealtimePhoneNumber', 'allow');
    device.press({ openType: 'getRealtimePhoneNumber' }, ear.handlers);
    await clock.advance(20);
    expect(ear.heard).toEqual([
      { type: 'getrealtimephonenumber', detail: { errMsg: 'getRealtimePhoneNumber:ok', code: expect.any(String) } },
    ]);
  });
});

describe('a native button', () => {
  it.each([
    ['getPhoneNumber', '1.1.9', '1.2.0'],
    ['getUserInfo', '1.2.9', '1.3.0'],
    ['chooseAvatar', '2.21.1', '2.21.2'],
    ['getRealtimePhoneNumber', '2.24.3', '2.24.4'],
    ['agreePrivacyAuthorization', '2.32.2', '2.32.3'],
  ])('W-17: knows %s not in %s, but in %s', async (openType, before, since) => {
    const events = async (baseLibrary: string) => {
      const { clock, device } = createScene({ baseLibrary, publishedAt: 0 });
      const ear = createButtonEar();
      const taps: string[] = [];
      const questions: Question[] = ['getPhoneNumber', 'getUserInfo', 'chooseAvatar', 'getRealtimePhoneNumber'];
      for (const question of questions) device.answers.always(question, 'allow');
      device.press({ openType, id: 'it' }, { ...ear.handlers, tap: ({ type }) => taps.push(type) });
      await clock.advance(20);
      expect(taps).toEqual(['tap']);
      return ear.heard.map(({ type }) => type);
    };
    expect(await events(before)).toEqual([]);
    expect(await events(since)).toEqual([openType.toLowerCase()]);
  });

  it('does nothing of its own without an open-type that the simulator has, and nothing at all while disabled', async () => {
    const { clock, device } = createScene();
    const taps: string[] = [];
    const handlers = { tap: () => taps.push('tap') };
    for (const openType of [
      'contact',
      'unknown',
      '',
      'contact|agreePrivacyAuthorization',
      'getPhoneNumber|getUserInfo',
    ]) {
      expect(device.press({ openType }, handlers).question).toBeNull();
    }
    expect(device.press({}).state).toBe('closed');
    expect(device.press({ ...PHONE, disabled: true }, handlers).state).toBe('closed');
    await clock.advance(20);
    expect(taps).toHaveLength(5);
    expect(device.sheets).toEqual([]);
  });

  it.each([
    ['is unmounted', (_: { openType?: string; disabled?: boolean }, unmount: () => void) => unmount()],
    ['loses its open-type', (button: { openType?: string }) => Reflect.deleteProperty(button, 'openType')],
    ['is disabled', (button: { disabled?: boolean }) => Reflect.set(button, 'disabled', true)],
  ])('G-15: loses its event where it %s before the answer', async (_, change) => {
    const { clock, device, world } = createScene();
    const ear = createButtonEar();
    const button = { ...PHONE };
    const press = device.press(button, ear.handlers);
    await clock.advance(20);
    change(button, press.unmount);
    press.allow();
    await clock.settle();
    expect(ear.heard).toEqual([]);
    expect(press.lost).toBe(true);
    expect(world.wechat.phoneCodes).toHaveLength(1);
  });

  it('G-15: loses it also where the tap itself takes the open-type away', async () => {
    const { clock, device } = createScene();
    const ear = createButtonEar();
    const button: { openType: string } = { ...PHONE };
    device.answers.next('getPhoneNumber', 'allow');
    const press = device.press(button, {
      ...ear.handlers,
      tap() {
        button.openType = '';
      },
    });
    await clock.advance(20);
    expect(ear.heard).toEqual([]);
    expect(press.lost).toBe(true);
  });

  it('asks once for each press of a double tap', async () => {
    const { clock, device } = createScene();
    const ear = createButtonEar();
    const presses = [device.press(PHONE, ear.handlers), device.press(PHONE, ear.handlers)];
    await clock.advance(20);
    expect(device.sheets).toHaveLength(2);
    for (const press of presses) press.allow();
    await clock.settle();
    expect(ear.heard).toHaveLength(2);
    expect(ear.heard.every(({ detail }) => detail.errMsg === 'getPhoneNumber:ok')).toBe(true);
  });

  it('opens its sheet also where the tap handler throws', async () => {
    const { clock, device } = createScene();
    const tap = () => {
      throw new Error('broken handler');
    };
    expect(() => device.press(PHONE, { tap })).toThrow('broken handler');
    await clock.advance(20);
    expect(device.sheets).toHaveLength(1);
  });

  it('G-14: fires both events of a coupled open-type, except where base libraries fail to', async () => {
    const events = async (baseLibrary: string, openType = 'getPhoneNumber|agreePrivacyAuthorization') => {
      const { clock, device } = createScene({ baseLibrary, privacyAgreed: false });
      const ear = createButtonEar();
      device.answers.always('getPhoneNumber', 'allow');
      device.press({ openType, id: 'agree' }, ear.handlers);
      await clock.advance(20);
      return ear.heard.map(({ type }) => type);
    };
    const both = ['agreeprivacyauthorization', 'getphonenumber'];
    expect(await events('2.32.2')).toEqual([]);
    expect(await events('2.32.3')).toEqual(both);
    expect(await events('2.33.0')).toEqual([]);
    expect(await events('3.0.0')).toEqual([]);
    expect(await events('3.0.1')).toEqual(both);
    expect(await events('3.7.0', 'agreePrivacyAuthorization|getPhoneNumber')).toEqual([]);
    expect(await events('3.7.0', 'chooseAvatar|agreePrivacyAuthorization')).toEqual([]);
  });

  it('G-14: leaves the sheet of a coupled open-type to the person', async () => {
    const { clock, device } = createScene({ privacyAgreed: false });
    const press = device.press({ openType: 'getPhoneNumber|agreePrivacyAuthorization', id: 'agree' });
    await clock.advance(20);
    expect(press.question).toBe('getPhoneNumber');
    expect(press.state).toBe('open');
    device.faults.next('button.getPhoneNumber', { delay: 1000 });
    const slow = device.press({ openType: 'getPhoneNumber|agreePrivacyAuthorization', id: 'agree' });
    await clock.advance(999);
    expect(slow.state).toBe('coming');
  });

  it('hears nothing after its app was killed', async () => {
    const { clock, device } = createScene();
    const ear = createButtonEar();
    const press = device.press(PHONE, ear.handlers);
    await clock.advance(20);
    device.restart();
    expect(device.sheets).toEqual([]);
    expect(press.state).toBe('closed');
    press.allow();
    await clock.advance(20);
    expect(ear.heard).toEqual([]);
  });

  it('has its press in the log of calls, and takes faults as an API does', async () => {
    const { clock, device } = createScene();
    const ear = createButtonEar();
    device.answers.always('getPhoneNumber', 'allow');
    device.faults.next('button.getPhoneNumber', { hang: true });
    device.faults.next('button.getPhoneNumber', { twice: true });
    device.press(PHONE, ear.handlers);
    await clock.advance(60_000);
    expect(ear.heard).toEqual([]);
    device.press(PHONE, ear.handlers);
    await clock.advance(20);
    expect(ear.heard).toHaveLength(2);
    device.pending('button.getPhoneNumber')[0]?.release();
    await clock.settle();
    expect(ear.heard).toHaveLength(3);
    expect(device.calls.map(({ api, inGesture, outcome }) => [api, inGesture, outcome])).toEqual([
      ['button.getPhoneNumber', true, 'success'],
      ['button.getPhoneNumber', true, 'success'],
    ]);
  });
});

describe('a person', () => {
  it('answers by habit, once or always, or leaves the sheet open', async () => {
    const { clock, device } = createScene({ system: 'iOS 15.8' });
    const ear = createButtonEar();
    device.answers.always('getPhoneNumber', 'allow');
    device.answers.next('getPhoneNumber', 'deny');
    device.answers.next('getPhoneNumber', 'cancel');
    device.answers.next('getPhoneNumber', 'ignore');
    const changes: number[] = [];
    const stop = device.onSheetsChanged(() => changes.push(device.sheets.length));
    for (let times = 0; times < 4; times += 1) {
      device.press(PHONE, ear.handlers);
      await clock.advance(20);
    }
    expect(ear.heard.map(({ detail }) => detail.errMsg)).toEqual([
      'getPhoneNumber:fail user deny',
      'getPhoneNumber:fail user cancel',
      'getPhoneNumber:ok',
    ]);
    expect(device.sheets).toHaveLength(1);
    device.sheets[0]?.deny();
    expect(changes).toEqual([1, 0]);
    stop();
    device.answers.next('getPhoneNumber', 'deny');
    device.answers.clear();
    device.press(PHONE, ear.handlers);
    await clock.advance(20);
    expect(device.sheets).toHaveLength(1);
    expect(changes).toEqual([1, 0]);
  });

  it('may answer before the sheet is seen, once, whatever the habit', async () => {
    const { clock, device } = createScene();
    const ear = createButtonEar();
    device.answers.next('getPhoneNumber', 'cancel');
    const press = device.press(PHONE, ear.handlers);
    press.allow();
    press.deny();
    expect(ear.heard).toEqual([]);
    await clock.advance(20);
    expect(ear.heard[0]?.detail.errMsg).toBe('getPhoneNumber:ok');
  });
});
