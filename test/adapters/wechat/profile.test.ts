import { describe, expect, it } from 'vitest';
import { wechat } from '../../../adapters/wechat.js';
import type { HostProfile } from '../../../ports/profile.js';
import type { WechatDeviceOptions } from '../../../simulator/index.js';
import { createButtonEar, logIn, unseal } from '../../simulator/support/open-data.js';
import { createScene } from '../../simulator/support/scene.js';
import { watch } from '../../support/app.js';
import { expectFailure, thrownBy } from '../conformance/failures.js';

const EARLY = Date.parse('2020-01-01');
const ASKED = { desc: '用于完善会员资料', lang: 'zh_CN' } as const;

function setUp(options: Partial<WechatDeviceOptions> = {}) {
  const scene = createScene({ publishedAt: EARLY, ...options });
  scene.device.answers.always('getUserProfile', 'allow');
  scene.device.answers.always('getUserInfo', 'allow');
  return { ...scene, platform: wechat({ wx: scene.device.wx }) };
}

/** The person taps and says yes. */
async function profileOf(options: Partial<WechatDeviceOptions> = {}): Promise<HostProfile> {
  const { clock, device, platform } = setUp(options);
  const asked = Promise.resolve(device.tap(() => platform.getUserProfile(ASKED)));
  await clock.advance(100);
  return asked;
}

const { readUserInfo } = wechat({ wx: createScene().device.wx });

/** Only what the host tells of the person, in the shape of every answer. */
const told = (userInfo: object) => readUserInfo({ errMsg: 'getUserInfo:ok', userInfo });

describe('WeChat’s profile sheet', () => {
  it('W-06: tells nickname and avatar, signed since 2.16.0', async () => {
    const old = await profileOf({ baseLibrary: '2.15.9' });
    expect(old).toMatchObject({ nickname: '小明', isAnonymous: false, signed: null });
    const { signed, ...profile } = await profileOf({ baseLibrary: '2.16.0' });
    const details = { gender: 0, country: 'China', province: 'Guangdong', city: 'Guangzhou', language: 'zh_CN' };
    expect(profile).toEqual({ nickname: '小明', avatarUrl: old.avatarUrl, details, isAnonymous: false });
    expect(JSON.parse(signed && 'rawData' in signed ? signed.rawData : '')).toMatchObject({
      nickName: '小明',
      avatarUrl: old.avatarUrl,
    });
  });

  it('W-06, S-04: keeps what is signed verbatim, so that the server can open it', async () => {
    const scene = setUp();
    const key = await logIn(scene);
    const asked = Promise.resolve(scene.device.tap(() => scene.platform.getUserProfile(ASKED)));
    await scene.clock.advance(100);
    const { signed } = await asked;
    expect(signed && 'signature' in signed && signed.signature).toMatch(/^[0-9a-f]{40}$/);
    expect(unseal({ encryptedData: signed?.encryptedData.reveal(), iv: signed?.iv }, key)).toMatchObject({
      nickName: '小明',
    });
  });

  it('W-06: hands the host what it is for, and the language', async () => {
    const { device, platform } = setUp();
    const asked: object[] = [];
    device.wx.getUserProfile = (option) => void asked.push(option);
    platform.getUserProfile(ASKED);
    expect(asked).toEqual([expect.objectContaining(ASKED)]);
  });

  it.each(['', '   ', '用'.repeat(31)])(
    'W-06: is not opened with "%s" as what it is for: misconfigured',
    async (desc) => {
      const { device, platform } = setUp();
      const asked = watch(Promise.resolve(device.tap(() => platform.getUserProfile({ desc, lang: 'en' }))));
      await Promise.resolve();
      await Promise.resolve();
      expect(asked.outcome).toMatchObject({
        failure: { kind: 'misconfigured', message: expect.stringContaining('desc') },
      });
      expect(device.calls).toEqual([]);
    },
  );

  it('W-06: takes thirty characters', async () => {
    const { clock, device, platform } = setUp();
    const asked = watch(
      Promise.resolve(device.tap(() => platform.getUserProfile({ desc: '用'.repeat(30), lang: 'en' }))),
    );
    await clock.advance(100);
    expect(asked.outcome).toHaveProperty('value');
  });

  it('W-09, G-10: is not opened outside of a tap, nor after an await in it', async () => {
    const { clock, device, platform } = setUp();
    const asked = watch(
      device.tap(async () => {
        await Promise.resolve();
        return platform.getUserProfile(ASKED);
      }),
    );
    await clock.advance(100);
    expect(asked.outcome).toMatchObject({ failure: { kind: 'misconfigured' } });
  });

  it('W-07, W-10: starts in the same tap as the login before it', async () => {
    const { clock, device, platform } = setUp();
    const both = watch(device.tap(() => Promise.all([platform.login(), platform.getUserProfile(ASKED)])));
    expect(device.calls.map(({ api, inGesture }) => [api, inGesture])).toEqual([
      ['login', true],
      ['getUserProfile', true],
    ]);
    await clock.advance(100);
    expect(both.outcome).toHaveProperty('value');
  });

  it('G-13: an undeclared privacy guide names what a developer has to declare, and where', async () => {
    const { clock, device, platform } = setUp();
    device.faults.next('getUserProfile', { fail: { errno: 112, errMsg: 'getUserProfile:fail api scope' } });
    const asked = watch(Promise.resolve(device.tap(() => platform.getUserProfile(ASKED))));
    await clock.advance(100);
    expect(asked.outcome).toMatchObject({
      failure: {
        kind: 'privacy-undeclared',
        message: expect.stringMatching(/昵称.*用户隐私保护指引.*mp\.weixin\.qq\.com/),
      },
    });
  });
});

describe('a profile that is nobody’s', () => {
  const GREY =
    'https://thirdwx.qlogo.cn/mmopen/vi_32/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132';
  const OWN = 'https://thirdwx.qlogo.cn/mmopen/vi_32/own/132';
  const NOTHING = { gender: 0, city: '', province: '', country: '' };

  it.each([
    ['2022-11-08T15:59:59Z', '3.7.0', false],
    ['2022-11-08T16:00:00Z', '2.27.0', false],
    ['2022-11-08T16:00:00Z', '2.27.1', true],
    ['2022-11-08T16:00:00Z', '3.7.0', true],
  ])('W-08: published at %s, on base library %s: %s', async (day, baseLibrary, isAnonymous) => {
    expect(await profileOf({ publishedAt: Date.parse(day), baseLibrary })).toMatchObject({ isAnonymous });
  });

  it.each([
    ['the grey avatar', { nickName: '微信用户', avatarUrl: GREY, ...NOTHING }],
    ['the grey avatar in another size', { nickName: '微信用户', avatarUrl: GREY.replace('/132', '/0'), gender: 1 }],
    ['no avatar', { nickName: '微信用户', avatarUrl: '', gender: 1 }],
    ['an avatar nobody knows, and nothing else', { nickName: '微信用户', avatarUrl: OWN, ...NOTHING }],
    ['no other field at all', { nickName: '微信用户' }],
  ])('W-08: is known by the name 微信用户 with %s', (_, userInfo) => {
    expect(told(userInfo).isAnonymous).toBe(true);
  });

  it.each([
    ['another name, though all else says nothing', { nickName: '小明', avatarUrl: GREY, ...NOTHING }],
    ['the name 微信用户, an avatar of their own, and a gender', { nickName: '微信用户', avatarUrl: OWN, gender: 2 }],
    ['the name 微信用户, an avatar of their own, and a place', { nickName: '微信用户', avatarUrl: OWN, city: '广州' }],
  ])('W-08: is not what somebody has with %s', (_, userInfo) => {
    expect(told(userInfo).isAnonymous).toBe(false);
  });
});

describe('WeChat’s legacy profile button', () => {
  const press = async (answer: 'allow' | 'deny', options: Partial<WechatDeviceOptions> = {}) => {
    const scene = setUp({ baseLibrary: '2.9.5', ...options });
    scene.device.answers.always('getUserInfo', answer);
    const ear = createButtonEar();
    scene.device.press({ openType: 'getUserInfo' }, ear.handlers);
    await scene.clock.advance(100);
    return { ...scene, detail: ear.heard[0]?.detail };
  };

  it('W-18: tells by its event what the person allowed, signed', async () => {
    const { detail } = await press('allow');
    expect(readUserInfo(detail)).toMatchObject({
      nickname: '小明',
      isAnonymous: false,
      signed: { rawData: detail?.rawData, signature: detail?.signature, iv: detail?.iv },
    });
  });

  it('W-18: tells by its event that the person denied', async () => {
    const { detail } = await press('deny');
    expectFailure(
      thrownBy(() => readUserInfo(detail)),
      'denied',
    );
  });

  it('W-18: a yes without a profile is unknown', () => {
    for (const detail of [{ errMsg: 'getUserInfo:ok' }, { errMsg: 'getUserInfo:ok', userInfo: null }, {}]) {
      expectFailure(
        thrownBy(() => readUserInfo(detail)),
        'unknown',
      );
    }
  });

  it('W-18: then getUserInfo tells it without asking, and getSetting that it may', async () => {
    const { clock, platform } = await press('allow');
    const asked = watch(Promise.all([platform.getUserInfo({ lang: 'zh_CN' }), platform.isUserInfoAllowed()]));
    await clock.advance(100);
    expect(asked.outcome).toMatchObject({
      value: [{ nickname: '小明', signed: { signature: expect.stringMatching(/^[0-9a-f]{40}$/) } }, true],
    });
  });

  it.each([
    ['never asked', undefined],
    ['denied', 'deny'],
  ] as const)('W-18: getUserInfo of a person who was %s is denied, and getSetting says so', async (_, answer) => {
    const { clock, platform } = answer ? await press(answer) : setUp({ baseLibrary: '2.9.5' });
    const info = watch(Promise.resolve(platform.getUserInfo({ lang: 'zh_CN' })));
    const allowed = watch(Promise.resolve(platform.isUserInfoAllowed()));
    await clock.advance(100);
    expect(info.outcome).toMatchObject({ failure: { kind: 'denied' } });
    expect(allowed.outcome).toEqual({ value: false });
  });

  it.each(['getUserInfo:fail:unauthorized', 'getUserInfo:fail scope unauthorized', 'getUserInfo:fail auth deny'])(
    'W-18: %s is denied',
    (errMsg) =>
      expectFailure(
        thrownBy(() => readUserInfo({ errMsg })),
        'denied',
      ),
  );
});
