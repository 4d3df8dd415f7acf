import { describe, expect, it } from 'vitest';
import { createEar, createScene } from './support/scene.js';

describe('a tap', () => {
  it('W-10: opens the gesture for its own call stack, and not for what comes after an await', async () => {
    const { clock, device } = createScene();
    const handler = async () => {
      device.wx.login();
      await null;
      device.wx.checkSession();
    };
    const handled = device.tap(handler);
    expect(device.inGesture).toBe(false);
    await handled;
    await clock.advance(20);
    expect(device.calls.map(({ api, inGesture }) => [api, inGesture])).toEqual([
      ['login', true],
      ['checkSession', false],
    ]);
  });

  it('W-10: ends also where the handler throws', () => {
    const { device } = createScene();
    const handler = () => {
      throw new Error('broken handler');
    };
    expect(() => device.tap(handler)).toThrow('broken handler');
    expect(device.inGesture).toBe(false);
  });
});

describe('the host object', () => {
  it('W-19: says which app it is, in which version, as far as the base library tells', () => {
    const miniProgram = (baseLibrary: string) =>
      createScene({ baseLibrary, envVersion: 'trial' }).device.wx.getAccountInfoSync().miniProgram;
    expect(miniProgram('2.9.9')).toEqual({ appId: 'wx-simulated-app' });
    expect(miniProgram('2.10.0')).toEqual({ appId: 'wx-simulated-app', envVersion: 'trial' });
    expect(miniProgram('3.7.0')).toEqual({ appId: 'wx-simulated-app', envVersion: 'trial', version: '' });
  });

  it('W-19: lacks what is newer than its base library, compared number by number', () => {
    const names = (baseLibrary: string) => Object.keys(createScene({ baseLibrary }).device.wx);
    const newer = ['getAppBaseInfo', 'offNetworkStatusChange', 'onAppShow', 'offAppShow', 'getAccountInfoSync'];
    expect(names('2.20.1')).toEqual(expect.arrayContaining(newer));
    expect(names('2.20.0')).not.toContain('getAppBaseInfo');
    expect(names('2.9.2')).not.toContain('offNetworkStatusChange');
    expect(names('2.9.3')).toContain('offNetworkStatusChange');
    expect(names('2.1.1')).not.toContain('onAppShow');
    expect(names('2.1.1')).toEqual(expect.arrayContaining(['login', 'request', 'getStorageSync']));
  });

  it('W-19: tells by canIUse which APIs it has, and which open-types (W-17)', () => {
    const { wx } = createScene({ baseLibrary: '2.21.1' }).device;
    const usable = ['login', 'getAppBaseInfo', 'request.object.url', 'button.open-type.getPhoneNumber'];
    const unusable = [
      'getPrivacySetting',
      'toString',
      'button.open-type.chooseAvatar',
      'button.open-type.x',
      'button.size.share',
    ];
    for (const schema of usable) expect(wx.canIUse(schema), schema).toBe(true);
    for (const schema of unusable) expect(wx.canIUse(schema), schema).toBe(false);
    const old = createScene({ baseLibrary: '2.10.0' }).device.wx;
    expect(old.canIUse('getAppBaseInfo')).toBe(false);
  });

  it('tells its system and the version of its base library', () => {
    const { wx } = createScene({ baseLibrary: '2.25.0', system: 'iOS 15.8' }).device;
    expect(wx.getSystemInfoSync()).toMatchObject({ SDKVersion: '2.25.0', system: 'iOS 15.8', platform: 'ios' });
    expect(wx.getAppBaseInfo()).toMatchObject({ SDKVersion: '2.25.0' });
  });
});

describe('the store', () => {
  it("W-23: answers '' for a key that is missing", () => {
    const { wx } = createScene().device;
    expect(wx.getStorageSync('missing')).toBe('');
  });

  it('W-23: is one for the APIs that answer at once and those that answer later', async () => {
    const { clock, device } = createScene();
    const ear = createEar();
    device.wx.setStorageSync('a', { deep: [1, 'two'] });
    device.wx.getStorage({ key: 'a', ...ear.callbacks });
    device.wx.getStorage({ key: 'b', fail: ear.callbacks.fail });
    device.wx.setStorage({ key: 'b', data: 'B' });
    await clock.advance(20);
    expect(ear.heard[0]?.payload).toEqual({ errMsg: 'getStorage:ok', data: { deep: [1, 'two'] } });
    expect(ear.heard[2]?.payload).toEqual({ errMsg: 'getStorage:fail data not found' });
    expect(device.wx.getStorageSync('b')).toBe('B');

    device.wx.removeStorage({ key: 'a' });
    await clock.advance(20);
    expect(device.wx.getStorageSync('a')).toBe('');
    device.wx.removeStorageSync('b');
    expect(device.wx.getStorageSync('b')).toBe('');

    device.wx.setStorageSync('c', 'C');
    device.wx.clearStorage();
    await clock.advance(20);
    expect(device.wx.getStorageSync('c')).toBe('');
    device.wx.setStorageSync('d', 'D');
    device.wx.clearStorageSync();
    expect(device.wx.getStorageSync('d')).toBe('');
  });

  it('W-23: writes what answers later when it answers, so that it can undo what was done meanwhile', async () => {
    const { clock, device } = createScene();
    device.wx.setStorage({ key: 'token', data: 'late' });
    device.wx.removeStorageSync('token');
    await clock.advance(20);
    expect(device.wx.getStorageSync('token')).toBe('late');
  });

  it('W-23: keeps copies', () => {
    const { wx } = createScene().device;
    const value = { list: [1] };
    wx.setStorageSync('a', value);
    value.list.push(2);
    expect(wx.getStorageSync('a')).toEqual({ list: [1] });
  });

  it('W-23: takes 1 MB a key and 10 MB in all, and keeps the old value where it refuses', async () => {
    const { clock, device } = createScene();
    const almostOneMegabyte = 'x'.repeat(1024 * 1024 - 2);
    const ear = createEar();
    device.wx.setStorageSync('key', 'old');
    expect(() => device.wx.setStorageSync('key', `${almostOneMegabyte}x`)).toThrow(/^setStorageSync:fail /);
    device.wx.setStorage({ key: 'key', data: `${almostOneMegabyte}x`, ...ear.callbacks });
    await clock.advance(20);
    expect(ear.heard[0]).toMatchObject({
      callback: 'fail',
      payload: { errMsg: expect.stringMatching('setStorage:fail ') },
    });
    expect(device.wx.getStorageSync('key')).toBe('old');

    for (let i = 0; i < 9; i += 1) device.wx.setStorageSync(`big ${i}`, almostOneMegabyte);
    expect(() => device.wx.setStorageSync('big 9', almostOneMegabyte)).toThrow('exceed storage max size 10Mb');
    device.wx.setStorageSync('big 0', almostOneMegabyte);
    device.wx.removeStorageSync('big 0');
    device.wx.setStorageSync('big 9', almostOneMegabyte);
  });

  it('outlives the app', () => {
    const { device } = createScene();
    device.wx.setStorageSync('a', 'A');
    device.restart();
    expect(device.wx.getStorageSync('a')).toBe('A');
  });
});

describe('the foreground', () => {
  it('is told to those who listen', () => {
    const { device } = createScene();
    const heard: string[] = [];
    const onShow = () => heard.push('show');
    const onHide = () => heard.push('hide');
    const staying: string[] = [];
    device.wx.onAppShow(onShow);
    device.wx.onAppShow(() => staying.push('show'));
    device.wx.onAppHide(onHide);
    device.hide();
    device.show();
    device.wx.offAppShow(onShow);
    device.hide();
    device.show();
    device.wx.offAppHide();
    device.hide();
    expect(heard).toEqual(['hide', 'show', 'hide']);
    expect(staying).toEqual(['show', 'show']);
  });
});

describe('a restart', () => {
  it('makes a new host object, and the app that was running hears nothing more', async () => {
    const { clock, device, world } = createScene();
    const before = device.wx;
    const ear = createEar();
    const shown: string[] = [];
    before.onAppShow(() => shown.push('before'));
    before.onNetworkStatusChange(() => shown.push('network'));
    device.faults.next('checkSession', { hang: true });
    before.login(ear.callbacks);
    before.checkSession(ear.callbacks);
    before.request({ url: 'http://world.test/simulator/people', ...ear.callbacks });
    device.restart();
    expect(device.wx).not.toBe(before);
    expect(device.pending('checkSession')).toEqual([]);
    device.show();
    device.goOffline();
    await clock.advance(60_000);
    expect(ear.heard).toEqual([]);
    expect(shown).toEqual([]);
    expect(clock.timers).toEqual([]);
    expect(world.wechat.codes).toEqual([]);
  });
});

describe('a fault', () => {
  it('is taken by one call each, in order, before the standing one', async () => {
    const { clock, device } = createScene();
    const ear = createEar();
    device.faults.always('checkSession', { fail: { errMsg: 'checkSession:fail always' } });
    device.faults.next('checkSession', { fail: { errMsg: 'checkSession:fail once', errno: 1 } });
    device.faults.next('checkSession', { fail: {} });
    const call = async () => {
      device.wx.checkSession({ fail: ear.callbacks.fail, success: ear.callbacks.success });
      await clock.advance(1000);
      return ear.heard.at(-1);
    };
    expect((await call())?.payload).toEqual({ errMsg: 'checkSession:fail once', errno: 1 });
    expect((await call())?.payload).toEqual({ errMsg: 'checkSession:fail' });
    expect((await call())?.payload).toEqual({ errMsg: 'checkSession:fail always' });
    device.faults.clear('login');
    expect((await call())?.payload).toEqual({ errMsg: 'checkSession:fail always' });
    device.faults.clear('checkSession');
    expect((await call())?.payload.errMsg).toMatch('relogin');
  });

  it('throws in the stack of the caller, whether the API answers later or at once', () => {
    const { device } = createScene();
    const broken = new Error('broken host');
    device.faults.next('login', { throw: broken });
    device.faults.next('setStorageSync', { throw: broken });
    device.faults.next('onAppShow', { throw: broken });
    expect(() => device.wx.login()).toThrow(broken);
    expect(() => device.wx.setStorageSync('a', 1)).toThrow(broken);
    expect(() => device.wx.onAppShow(() => {})).toThrow(broken);
    expect(device.calls.map(({ outcome }) => outcome)).toEqual(['thrown', 'thrown', 'thrown']);
    expect(device.wx.getStorageSync('a')).toBe('');
  });

  it('answers twice', async () => {
    const { clock, device, world } = createScene();
    const ear = createEar();
    device.faults.next('login', { twice: true });
    device.wx.login(ear.callbacks);
    await clock.advance(20);
    expect(ear.heard.map(({ callback }) => callback)).toEqual(['success', 'complete', 'success', 'complete']);
    expect(world.wechat.codes).toHaveLength(1);
  });

  it('combines: late, and then a failure', async () => {
    const { clock, device } = createScene();
    const ear = createEar();
    device.faults.next('login', { delay: 5000, fail: { errMsg: 'login:fail late' } });
    device.wx.login(ear.callbacks);
    await clock.advance(4999);
    expect(ear.heard).toEqual([]);
    await clock.advance(1);
    expect(ear.heard[0]?.payload).toEqual({ errMsg: 'login:fail late' });
  });
});

describe('the log of calls', () => {
  it('tells when each call was made and answered, and how', async () => {
    const { clock, device } = createScene();
    const start = clock.now();
    device.faults.next('login', { hang: true });
    device.wx.login();
    device.wx.checkSession();
    await clock.advance(50);
    expect(device.calls).toEqual([
      { api: 'login', at: start, inGesture: false, outcome: 'pending', answeredAt: null },
      { api: 'checkSession', at: start, inGesture: false, outcome: 'fail', answeredAt: start + 20 },
    ]);
  });

  it('tells how many calls of one API waited at the same time', async () => {
    const { clock, device } = createScene();
    for (let i = 0; i < 3; i += 1) {
      device.wx.login();
      await clock.advance(20);
    }
    expect(device.maxConcurrent('login')).toBe(1);
    await clock.advance(1000);
    device.wx.login();
    device.wx.login();
    await clock.advance(20);
    expect(device.maxConcurrent('login')).toBe(2);
    expect(device.maxConcurrent('checkSession')).toBe(0);
  });
});
