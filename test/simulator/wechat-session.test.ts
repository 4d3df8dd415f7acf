import { describe, expect, it } from 'vitest';
import { createEar, createScene, exchange } from './support/scene.js';

describe('wx.login', () => {
  it('W-01: answers by callbacks only, later, complete last', async () => {
    const { clock, device } = createScene();
    const ear = createEar();
    expect(device.wx.login(ear.callbacks)).toBeUndefined();
    expect(device.wx.login()).toBeUndefined();
    await clock.settle();
    expect(ear.heard).toEqual([]);
    await clock.advance(20);
    const payload = { errMsg: 'login:ok', code: expect.stringMatching(/^[A-Za-z0-9]{32}$/) };
    expect(ear.heard).toEqual([
      { callback: 'success', payload },
      { callback: 'complete', payload },
    ]);
  });

  it('W-01: tells errno since base library 2.24.0', async () => {
    for (const [baseLibrary, errno] of [
      ['2.23.4', undefined],
      ['2.24.0', 600001],
      ['2.100.0', 600001],
    ] as const) {
      const { clock, device } = createScene({ baseLibrary });
      const ear = createEar();
      device.goOffline();
      device.wx.login(ear.callbacks);
      await clock.advance(20);
      expect(ear.heard[0]?.payload.errno, baseLibrary).toBe(errno);
    }
  });

  it('W-02: may come after a minute, and its code is then new', async () => {
    const { clock, device, world } = createScene();
    const ear = createEar();
    device.faults.next('login', { delay: 61_000 });
    device.wx.login(ear.callbacks);
    await clock.advance(60_999);
    expect(ear.heard).toEqual([]);
    expect(world.wechat.codes).toEqual([]);
    await clock.advance(1);
    expect(ear.heard[0]?.payload.code).toBe(world.wechat.codes[0]?.code);
    expect(world.wechat.codes[0]?.issuedAt).toBe(clock.now());
  });

  it('W-02: may come late with a code that was issued at once', async () => {
    const { clock, device, world } = createScene();
    const ear = createEar();
    const calledAt = clock.now();
    device.faults.next('login', { delay: 61_000, early: true });
    device.wx.login(ear.callbacks);
    await clock.advance(61_000);
    expect(world.wechat.codes[0]?.issuedAt).toBe(calledAt);
    expect(ear.heard[0]?.payload.code).toBe(world.wechat.codes[0]?.code);
  });

  it('W-02: may never come, whatever its timeout says, until it is released', async () => {
    const { clock, device, world } = createScene();
    const ear = createEar();
    device.faults.next('login', { hang: true });
    device.wx.login({ ...ear.callbacks, timeout: 1000 });
    await clock.advance(3_600_000);
    expect(ear.heard).toEqual([]);
    expect(device.pending('login')).toHaveLength(1);
    expect(device.pending('checkSession')).toEqual([]);
    const [call] = device.pending('login');
    call?.release();
    call?.release();
    await clock.settle();
    expect(ear.heard.map(({ callback }) => callback)).toEqual(['success', 'complete']);
    expect(device.pending('login')).toEqual([]);
    expect(world.wechat.codes).toHaveLength(1);
  });

  it('W-02: sometimes heeds its timeout, sometimes ignores it', async () => {
    const { clock, device } = createScene();
    const heeded = createEar();
    const ignored = createEar();
    device.faults.next('login', { delay: 60_000 });
    device.faults.next('login', { delay: 60_000, ignoreTimeout: true });
    device.wx.login({ ...heeded.callbacks, timeout: 3000 });
    device.wx.login({ ...ignored.callbacks, timeout: 3000 });
    await clock.advance(3000);
    expect(heeded.heard[0]).toEqual({ callback: 'fail', payload: { errMsg: 'login:fail timeout', errno: 5 } });
    expect(ignored.heard).toEqual([]);
    await clock.advance(57_000);
    expect(heeded.heard).toHaveLength(2);
    expect(ignored.heard[0]?.callback).toBe('success');
  });

  it('W-02: may succeed with an empty code', async () => {
    const { clock, device, world } = createScene();
    const ear = createEar();
    device.faults.next('login', { emptyCode: true });
    device.wx.login(ear.callbacks);
    await clock.advance(20);
    expect(ear.heard[0]).toEqual({ callback: 'success', payload: { errMsg: 'login:ok', code: '' } });
    expect(world.wechat.codes).toEqual([]);
  });

  it('W-03: fails with errcode 45009 over four calls a second, also from two devices of one user', async () => {
    const { clock, device, newDevice } = createScene();
    const other = newDevice();
    const ear = createEar();
    for (const { wx } of [device, other, device, other, device]) wx.login(ear.callbacks);
    await clock.advance(20);
    const outcomes = ear.heard.filter(({ callback }) => callback !== 'complete').map(({ callback }) => callback);
    expect(outcomes).toEqual(['success', 'success', 'success', 'success', 'fail']);
    expect(ear.heard.at(-1)?.payload).toMatchObject({ errcode: 45009 });

    const checks = createEar();
    device.wx.checkSession(checks.callbacks);
    await clock.advance(980);
    expect(checks.heard[0]?.callback).toBe('success');
    device.wx.login(ear.callbacks);
    await clock.advance(20);
    expect(ear.heard.at(-1)?.payload).toMatchObject({ errMsg: 'login:ok' });
  });

  it('W-03: does not count what it refused', async () => {
    const { clock, device } = createScene();
    const ear = createEar();
    for (let call = 0; call < 8; call += 1) {
      device.wx.login({ success: ear.callbacks.success });
      await clock.advance(200);
    }
    expect(ear.heard).toHaveLength(7);
  });

  it('W-03: does not count the calls of somebody else', async () => {
    const { clock, device, newDevice, world } = createScene();
    const stranger = newDevice({ person: world.addPerson({ nickname: '小红' }) });
    const ear = createEar();
    for (const { wx } of [device, device, device, device, stranger]) wx.login(ear.callbacks);
    await clock.advance(20);
    expect(ear.heard.filter(({ callback }) => callback === 'fail')).toEqual([]);
  });

  it('fails for an app that WeChat does not know', async () => {
    const { clock, newDevice } = createScene();
    const ear = createEar();
    newDevice({ appId: 'wx-unknown' }).wx.login(ear.callbacks);
    await clock.advance(20);
    expect(ear.heard[0]?.payload).toEqual({ errMsg: 'login:fail invalid appid', errcode: 40013 });
  });
});

describe('the session key', () => {
  it('W-04: is replaced by every code, at the moment the code is issued', async () => {
    const { world, account } = createScene();
    const first = await world.wechat.issueCode(account);
    const second = await world.wechat.issueCode(account);
    const { session_key: firstKey } = await exchange(world, first);
    const { session_key: secondKey } = await exchange(world, second);
    expect(firstKey).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(secondKey).not.toBe(firstKey);
  });

  it('W-05: is judged by the last code that was issued, whether or not a server has it', async () => {
    const { clock, device, world, account } = createScene();
    const check = async () => {
      const ear = createEar();
      device.wx.checkSession(ear.callbacks);
      await clock.advance(1000);
      return ear.heard[0];
    };
    expect(await check()).toMatchObject({ callback: 'fail' });
    await world.wechat.issueCode(account);
    expect(await check()).toEqual({ callback: 'success', payload: { errMsg: 'checkSession:ok' } });
    world.wechat.expireSession(account);
    expect(await check()).toMatchObject({ callback: 'fail' });
    await world.wechat.issueCode(account);
    expect(await check()).toMatchObject({ callback: 'success' });
  });
});
