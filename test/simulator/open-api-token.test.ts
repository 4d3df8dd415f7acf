import { describe, expect, it } from 'vitest';
import { signWithSessionKey } from '../../simulator/index.js';
import { createServerLine, logIn } from './support/open-data.js';
import { APP, createScene, exchange } from './support/scene.js';

const MINUTE = 60_000;

async function createServerScene() {
  const scene = createScene();
  const line = createServerLine(scene);
  const { access_token: token } = await line.takeToken();
  const phoneCode = async (more = {}) =>
    (await scene.world.wechat.givePhone({ ...scene.account, ...more }, 'getPhoneNumber')).code;
  return { ...scene, ...line, token, phoneCode };
}

describe('stable_token', () => {
  it('S-03: gives all who ask the same token, and says how long it lives', async () => {
    const { takeToken, clock } = await createServerScene();
    const first = await takeToken();
    expect(first).toEqual({ access_token: expect.any(String), expires_in: 7200 });
    await clock.advance(60 * MINUTE);
    expect(await takeToken()).toEqual({ ...first, expires_in: 3600 });
  });

  it('S-03: gives a new one in the last five minutes, while the old one works until its end', async () => {
    const { takeToken, phoneOf, clock, token } = await createServerScene();
    await clock.advance(115 * MINUTE - 1);
    expect(await takeToken()).toMatchObject({ access_token: token });
    await clock.advance(1);
    const { access_token: next } = await takeToken();
    expect(next).not.toBe(token);
    expect(await phoneOf('unknown', token)).toMatchObject({ errcode: 40029 });
    await clock.advance(5 * MINUTE);
    expect(await phoneOf('unknown', token)).toMatchObject({ errcode: 42001 });
    expect(await phoneOf('unknown', next)).toMatchObject({ errcode: 40029 });
  });

  it('S-03: by force gives a new one, and the old one is not accepted any more', async () => {
    const { takeToken, phoneOf, token } = await createServerScene();
    const { access_token: forced } = await takeToken({ force_refresh: true });
    expect(forced).not.toBe(token);
    expect(await phoneOf('unknown', token)).toMatchObject({ errcode: 40001 });
    expect(await phoneOf('unknown', forced)).toMatchObject({ errcode: 40029 });
  });

  it.each([
    ['another grant', { grant_type: 'password' }, 40002],
    ['no app', { appid: undefined }, 41002],
    ['an unknown app', { appid: 'wx-unknown' }, 40013],
    ['no secret', { secret: '' }, 41004],
    ['a wrong secret', { secret: 'wrong' }, 40125],
  ])('S-03: refuses %s', async (_, change, errcode) => {
    const { takeToken } = await createServerScene();
    expect(await takeToken(change)).toEqual({ errcode, errmsg: expect.any(String) });
  });

  it('S-03: refuses what is no JSON', async () => {
    const { world } = createScene();
    const response = await world.fetch('http://wechat.test/cgi-bin/stable_token', { method: 'POST', body: '{' });
    expect(JSON.parse(await response.text())).toMatchObject({ errcode: 40002 });
  });
});

describe('getuserphonenumber', () => {
  it('S-03: answers the number for a code, once', async () => {
    const { phoneOf, phoneCode, token, world, clock } = await createServerScene();
    const code = await phoneCode();
    expect(await phoneOf(code, token)).toEqual({
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: '13800000001',
        purePhoneNumber: '13800000001',
        countryCode: '86',
        watermark: { timestamp: Math.floor(clock.now() / 1000), appid: APP.appId },
      },
    });
    expect(await phoneOf(code, token)).toMatchObject({ errcode: 40029 });
    expect(world.wechat.phoneCodes[0]?.spentAt).toBe(clock.now());
  });

  it('S-03: puts the code of the country before a number from abroad', async () => {
    const { phoneOf, phoneCode, token, world } = await createServerScene();
    const { id } = world.addPerson({ nickname: 'Alex', phoneNumber: '51234567', countryCode: '852' });
    expect(await phoneOf(await phoneCode({ personId: id }), token)).toMatchObject({
      phone_info: { phoneNumber: '+85251234567', purePhoneNumber: '51234567', countryCode: '852' },
    });
  });

  it('S-03, W-13: takes a code for five minutes (61010), and needs no login', async () => {
    const { phoneOf, phoneCode, token, clock, world } = await createServerScene();
    const [inTime, late] = [await phoneCode(), await phoneCode()];
    await clock.advance(5 * MINUTE);
    expect(await phoneOf(inTime, token)).toHaveProperty('phone_info');
    await clock.advance(1);
    expect(await phoneOf(late, token)).toMatchObject({ errcode: 61010 });
    expect(world.wechat.codes).toEqual([]);
  });

  it("S-03, W-13: refuses a login code, and another app's code (40029)", async () => {
    const { phoneOf, phoneCode, token, world, account } = await createServerScene();
    world.addApp({ appId: 'other', appSecret: 's' });
    expect(await phoneOf(await world.wechat.issueCode(account), token)).toMatchObject({ errcode: 40029 });
    expect(await phoneOf(await phoneCode({ appId: 'other' }), token)).toMatchObject({ errcode: 40029 });
    expect(await phoneOf(undefined, token)).toMatchObject({ errcode: 40029 });
  });

  it('S-01, S-03: code2Session refuses a phone code (40029)', async () => {
    const { phoneCode, world } = await createServerScene();
    expect(await exchange(world, await phoneCode())).toMatchObject({ errcode: 40029 });
  });

  it('S-03: refuses an app that is not permitted (48001), and spends nothing', async () => {
    const { phoneOf, phoneCode, token, world } = await createServerScene();
    const code = await phoneCode();
    world.wechat.restrict(APP.appId, 'getPhoneNumber', 102);
    expect(await phoneOf(code, token)).toMatchObject({ errcode: 48001 });
    world.wechat.lift(APP.appId, 'getPhoneNumber');
    expect(await phoneOf(code, token)).toHaveProperty('phone_info');
  });

  it('S-03: needs a token (41001) that is one (40001)', async () => {
    const { phoneOf, phoneCode } = await createServerScene();
    const code = await phoneCode();
    expect(await phoneOf(code, '')).toMatchObject({ errcode: 41001 });
    expect(await phoneOf(code, 'unknown')).toMatchObject({ errcode: 40001 });
  });

  it.each([-1, 45011, 61007])('S-03: answers %i by a fault of its own, which no other call takes', async (errcode) => {
    const { phoneOf, phoneCode, token, takeToken, world } = await createServerScene();
    world.wechat.openApi.fail(errcode, 1, 'getUserPhoneNumber');
    const code = await phoneCode();
    expect(await takeToken()).toHaveProperty('access_token');
    expect(await phoneOf(code, token)).toMatchObject({ errcode });
    expect(await phoneOf(code, token)).toHaveProperty('phone_info');
    expect(world.wechat.openApi.calls.map(({ api, outcome }) => [api, outcome])).toEqual([
      ['getStableAccessToken', 0],
      ['getStableAccessToken', 0],
      ['getUserPhoneNumber', errcode],
      ['getUserPhoneNumber', 0],
    ]);
    expect(world.wechat.openApi.exchanges).toEqual([]);
  });
});

describe('the session key of an account', () => {
  async function createKeyScene() {
    const scene = await createServerScene();
    const { openid, session_key } = await exchange(scene.world, await scene.world.wechat.issueCode(scene.account));
    const ask = async (path: string, key: unknown, change: Record<string, string> = {}) => {
      const query = new URLSearchParams({
        access_token: String(scene.token),
        openid: String(openid),
        signature: await signWithSessionKey('', String(key)),
        sig_method: 'hmac_sha256',
        ...change,
      });
      return scene.get(`/wxa/${path}?${query}`);
    };
    return { ...scene, ask, openid, key: session_key };
  }

  it('S-02: is checked by a signature of nothing, and invalid after the next login (87009)', async () => {
    const scene = await createKeyScene();
    expect(await scene.ask('checksession', scene.key)).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await scene.ask('checksession', scene.key, { sig_method: 'md5' })).toMatchObject({ errcode: 87009 });
    expect(await scene.ask('checksession', scene.key, { openid: 'unknown' })).toMatchObject({ errcode: 40003 });
    expect(await scene.ask('checksession', scene.key, { access_token: 'x' })).toMatchObject({ errcode: 40001 });
    const next = await logIn(scene);
    expect(await scene.ask('checksession', scene.key)).toMatchObject({ errcode: 87009 });
    expect(await scene.ask('checksession', next)).toMatchObject({ errcode: 0 });
    scene.world.wechat.expireSession(scene.account);
    expect(await scene.ask('checksession', next)).toMatchObject({ errcode: 87009 });
  });

  it('S-02: is replaced by a reset', async () => {
    const scene = await createKeyScene();
    const { session_key: next, ...rest } = await scene.ask('resetusersessionkey', scene.key);
    expect(rest).toEqual({ errcode: 0, errmsg: 'ok', openid: scene.openid });
    expect(await scene.ask('checksession', scene.key)).toMatchObject({ errcode: 87009 });
    expect(await scene.ask('checksession', next)).toMatchObject({ errcode: 0 });
    expect(await scene.ask('resetusersessionkey', scene.key)).toMatchObject({ errcode: 87009 });
  });
});
