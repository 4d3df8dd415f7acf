import { describe, expect, it } from 'vitest';
import { signRawData, type WechatDeviceOptions } from '../../simulator/index.js';
import { createButtonEar, logIn, unseal } from './support/open-data.js';
import { APP, createEar, createScene } from './support/scene.js';

/** Before any of the host's changes, so that profiles are real. */
const EARLY = Date.UTC(2021, 0, 1);
const REAL = { nickName: '小明', gender: 0, city: 'Guangzhou', province: 'Guangdong', country: 'China' };
const ANONYMOUS = { nickName: '微信用户', gender: 0, language: '', city: '', province: '', country: '' };
const DESC = { desc: '完善资料' };

/** What getUserProfile answers, straight from a tap, to a person who answers so. */
async function profile(options: Partial<WechatDeviceOptions> = {}, answer: 'allow' | 'deny' | 'cancel' = 'allow') {
  const scene = createScene({ publishedAt: EARLY, ...options });
  const key = await logIn(scene);
  const ear = createEar();
  scene.device.answers.always('getUserProfile', answer);
  scene.device.tap(() => scene.device.wx.getUserProfile({ ...DESC, ...ear.callbacks }));
  await scene.clock.advance(20);
  return { ...scene, key, heard: ear.heard, payload: ear.heard[0]?.payload ?? {} };
}

describe('wx.getUserProfile', () => {
  it('W-06: is there since 2.10.4, and tells rawData, signature, iv and encryptedData since 2.16.0', async () => {
    expect(createScene({ baseLibrary: '2.10.3' }).device.wx).not.toHaveProperty('getUserProfile');
    expect(Object.keys((await profile({ baseLibrary: '2.10.4' })).payload)).toEqual(['errMsg', 'userInfo']);
    expect(Object.keys((await profile({ baseLibrary: '2.15.9' })).payload)).toEqual(['errMsg', 'userInfo']);
    const { payload, key } = await profile({ baseLibrary: '2.16.0' });
    expect(payload).toMatchObject({ errMsg: 'getUserProfile:ok', userInfo: { ...REAL, language: 'en' } });
    expect(JSON.parse(String(payload.rawData))).toEqual(payload.userInfo);
    expect(payload.signature).toBe(signRawData(String(payload.rawData), key));
  });

  it('W-06, S-05: seals the profile and the watermark, but neither openId nor unionId', async () => {
    const { payload, key, clock } = await profile();
    const watermark = { timestamp: Math.floor(clock.now() / 1000), appid: APP.appId };
    expect(unseal(payload, key)).toEqual({ ...(payload.userInfo as object), watermark });
  });

  it.each([undefined, '', 'x'.repeat(31)])('W-06: refuses the desc %s', async (desc) => {
    const { clock, device } = createScene();
    const ear = createEar();
    device.tap(() => Reflect.apply(device.wx.getUserProfile, device.wx, [{ desc, ...ear.callbacks }]));
    await clock.advance(20);
    expect(ear.heard[0]).toMatchObject({
      callback: 'fail',
      payload: { errMsg: expect.stringMatching('getUserProfile:fail desc') },
    });
    expect(device.sheets).toEqual([]);
  });

  it('W-06: takes a desc of 30 characters, and asks every time', async () => {
    const { clock, device } = createScene({ publishedAt: EARLY });
    const ear = createEar();
    for (let times = 0; times < 2; times += 1) {
      device.tap(() => device.wx.getUserProfile({ desc: 'x'.repeat(30), success: ear.callbacks.success }));
      await clock.advance(20);
      expect(device.sheets.map(({ question }) => question)).toEqual(['getUserProfile']);
      device.sheets[0]?.allow();
      await clock.settle();
    }
    expect(ear.heard).toHaveLength(2);
  });

  it('W-06: tells the language that was asked for', async () => {
    const { clock, device } = createScene({ publishedAt: EARLY });
    const ear = createEar();
    device.answers.next('getUserProfile', 'allow');
    device.tap(() => device.wx.getUserProfile({ ...DESC, lang: 'zh_TW', ...ear.callbacks }));
    await clock.advance(20);
    expect(ear.heard[0]?.payload.userInfo).toMatchObject({ language: 'zh_TW' });
  });

  const OUTSIDE = { errMsg: 'getUserProfile:fail can only be invoked by user TAP gesture.' };

  it('W-09: fails outside the tap, also after an await, and asks nobody', async () => {
    const { clock, device } = createScene({ publishedAt: EARLY });
    const ear = createEar();
    device.wx.getUserProfile({ ...DESC, fail: ear.callbacks.fail });
    await device.tap(async () => {
      await null;
      device.wx.getUserProfile({ ...DESC, fail: ear.callbacks.fail });
    });
    await clock.advance(20);
    expect(ear.heard.map(({ payload }) => payload)).toEqual([OUTSIDE, OUTSIDE]);
    expect(device.sheets).toEqual([]);
  });

  it('W-07: fails in the callback of a login, and joins one that starts with it in the tap', async () => {
    const { clock, device } = createScene({ publishedAt: EARLY });
    const late = createEar();
    const joined = createEar();
    device.answers.always('getUserProfile', 'allow');
    device.tap(() => {
      device.wx.login({ success: () => device.wx.getUserProfile({ ...DESC, ...late.callbacks }) });
      device.wx.getUserProfile({ ...DESC, ...joined.callbacks });
    });
    await clock.advance(40);
    expect(late.heard[0]?.payload).toEqual(OUTSIDE);
    expect(joined.heard[0]?.callback).toBe('success');
  });

  it.each(['deny', 'cancel'] as const)('W-09: fails where the person answers %s', async (answer) => {
    const { payload } = await profile({}, answer);
    expect(payload).toEqual({ errMsg: 'getUserProfile:fail auth deny' });
  });

  it('W-04, G-03: is sealed with the key of a login that comes while the person thinks', async () => {
    const scene = createScene({ publishedAt: EARLY });
    const ear = createEar();
    const before = await logIn(scene);
    scene.device.tap(() => scene.device.wx.getUserProfile({ ...DESC, ...ear.callbacks }));
    await scene.clock.advance(20);
    const after = await logIn(scene);
    scene.device.sheets[0]?.allow();
    await scene.clock.settle();
    const payload = ear.heard[0]?.payload ?? {};
    expect(payload.signature).toBe(signRawData(String(payload.rawData), after));
    expect(payload.signature).not.toBe(signRawData(String(payload.rawData), before));
  });

  it.each([
    ['2022-11-08T15:59:59Z', '3.7.0', REAL],
    ['2022-11-08T16:00:00Z', '3.7.0', ANONYMOUS],
    ['2022-11-08T16:00:00Z', '2.27.1', ANONYMOUS],
    ['2022-11-08T16:00:00Z', '2.27.0', REAL],
  ])(
    'W-08: for a version published at %s, base library %s tells the one or the other',
    async (day, library, expected) => {
      const { payload } = await profile({ publishedAt: Date.parse(day), baseLibrary: library });
      expect(payload.userInfo).toMatchObject(expected);
    },
  );

  it('W-08: is anonymous by default, unasked, with a grey avatar that is the same for all', async () => {
    const { clock, device, newDevice, world } = createScene();
    const ear = createEar();
    const stranger = newDevice({ person: world.addPerson({ nickname: '小红' }) });
    for (const each of [device, stranger]) each.tap(() => each.wx.getUserProfile({ ...DESC, ...ear.callbacks }));
    await clock.advance(20);
    const answers = ear.heard.filter(({ callback }) => callback === 'success').map(({ payload }) => payload.userInfo);
    expect(answers).toHaveLength(2);
    expect(answers[0]).toMatchObject(ANONYMOUS);
    expect(answers[0]).toEqual(answers[1]);
  });

  it('W-03, W-14: is limited in calls a second, and by what the app may do', async () => {
    const { clock, device, world } = createScene({ publishedAt: EARLY });
    const ear = createEar();
    const call = () => device.tap(() => device.wx.getUserProfile({ ...DESC, fail: ear.callbacks.fail }));
    for (let times = 0; times < 5; times += 1) call();
    await clock.advance(1020);
    expect(ear.heard.map(({ payload }) => payload.errcode)).toEqual([45009]);
    world.wechat.restrict(APP.appId, 'getUserProfile', 112);
    call();
    await clock.advance(20);
    expect(ear.heard.at(-1)?.payload).toMatchObject({ errno: 112 });
  });
});

describe('wx.getUserInfo and its button', () => {
  const settings = async ({ clock, device }: ReturnType<typeof createScene>) => {
    const ear = createEar();
    device.wx.getSetting(ear.callbacks);
    await clock.advance(20);
    return ear.heard[0]?.payload.authSetting;
  };
  const info = async ({ clock, device }: ReturnType<typeof createScene>, option = {}) => {
    const ear = createEar();
    device.wx.getUserInfo({ ...option, ...ear.callbacks });
    await clock.advance(20);
    return ear.heard[0]?.payload ?? {};
  };

  it('W-18: getSetting is there since 1.2.0', () => {
    expect(createScene({ baseLibrary: '1.1.9' }).device.wx).not.toHaveProperty('getSetting');
    expect(createScene({ baseLibrary: '1.2.0' }).device.wx).toHaveProperty('getSetting');
  });

  it('W-18: fails before the person was asked; getSetting then knows of no scope', async () => {
    const scene = createScene({ publishedAt: EARLY });
    expect(await settings(scene)).toEqual({});
    expect(await info(scene)).toEqual({ errMsg: 'getUserInfo:fail scope unauthorized' });
    expect(scene.device.sheets).toEqual([]);
  });

  it('W-18: the button asks until it is allowed, and authSetting keeps the answer over a restart', async () => {
    const scene = createScene({ publishedAt: EARLY });
    const { clock, device } = scene;
    const ear = createButtonEar();
    const press = async (answer: 'allow' | 'deny' | 'ignore') => {
      device.answers.next('getUserInfo', answer);
      device.press({ openType: 'getUserInfo' }, ear.handlers);
      await clock.advance(1000);
    };
    await press('deny');
    expect(ear.heard[0]).toEqual({ type: 'getuserinfo', detail: { errMsg: 'getUserInfo:fail auth deny' } });
    expect(await settings(scene)).toEqual({ 'scope.userInfo': false });
    expect(await info(scene)).toEqual({ errMsg: 'getUserInfo:fail auth deny' });
    await press('allow');
    expect(ear.heard[1]?.detail).toMatchObject({ errMsg: 'getUserInfo:ok', userInfo: REAL });
    await press('ignore');
    expect(ear.heard).toHaveLength(3);
    device.restart();
    expect(await settings(scene)).toEqual({ 'scope.userInfo': true });
    expect(await info(scene)).toMatchObject({ errMsg: 'getUserInfo:ok', userInfo: REAL });
  });

  it('W-18, S-05: seals openId and unionId, for those who ask for credentials', async () => {
    const scene = createScene({ publishedAt: EARLY });
    scene.world.addApp({ ...APP, openPlatform: 'one' });
    const key = await logIn(scene);
    scene.device.answers.next('getUserInfo', 'allow');
    scene.device.press({ openType: 'getUserInfo' });
    await scene.clock.advance(20);
    expect(await info(scene)).not.toHaveProperty('encryptedData');
    const payload = await info(scene, { withCredentials: true, lang: 'zh_CN' });
    expect(payload.signature).toBe(signRawData(String(payload.rawData), key));
    expect(unseal(payload, key)).toMatchObject({
      openId: expect.stringMatching(/^o/),
      unionId: expect.stringMatching(/^o/),
      nickName: '小明',
      language: 'zh_CN',
      watermark: { appid: APP.appId },
    });
  });

  it('W-08: is anonymous and unasked for versions published after 2021-04-28', async () => {
    const before = createScene({ publishedAt: Date.parse('2021-04-28T15:59:59Z') });
    expect(await info(before)).toMatchObject({ errMsg: 'getUserInfo:fail scope unauthorized' });
    const scene = createScene({ publishedAt: Date.parse('2021-04-28T16:00:00Z') });
    expect(await info(scene)).toMatchObject({ userInfo: ANONYMOUS });
    const ear = createButtonEar();
    scene.device.press({ openType: 'getUserInfo' }, ear.handlers);
    await scene.clock.advance(20);
    expect(ear.heard[0]?.detail).toMatchObject({ errMsg: 'getUserInfo:ok', userInfo: ANONYMOUS });
  });

  it('W-03: limits getUserInfo and getSetting each for itself', async () => {
    const { clock, device } = createScene();
    const infos = createEar();
    const asked = createEar();
    for (let times = 0; times < 5; times += 1) {
      device.wx.getUserInfo({ fail: infos.callbacks.fail });
      device.wx.getSetting({ fail: asked.callbacks.fail });
    }
    await clock.advance(20);
    expect(infos.heard.map(({ payload }) => payload.errcode)).toEqual([45009]);
    expect(asked.heard.map(({ payload }) => payload.errcode)).toEqual([45009]);
  });
});
