import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterEach, describe, expect, it } from 'vitest';
import { remoteCloud } from '../../simulator/index.js';
import { createButtonEar, createServerLine, logIn, unseal } from './support/open-data.js';
import { APP, createEar, createScene, exchange } from './support/scene.js';

const closings: (() => void)[] = [];
afterEach(() => {
  for (const close of closings.splice(0)) close();
});

/** The scene's world over a real port. */
async function serveScene() {
  const scene = createScene();
  const baseUrl = await new Promise<string>((resolve) => {
    const server = serve({ fetch: scene.world.fetch, hostname: '127.0.0.1', port: 0 }, (info: AddressInfo) =>
      resolve(`http://127.0.0.1:${info.port}`),
    );
    closings.push(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
    });
  });
  return { ...scene, baseUrl, cloud: remoteCloud({ baseUrl }) };
}

describe('the world over HTTP', () => {
  it('S-01: serves code2Session for codes that it issued over HTTP', async () => {
    const { world, account, cloud, baseUrl } = await serveScene();
    const code = await cloud.issueCode(account);
    const overHttp = { fetch: (url: string) => fetch(url.replace('http://wechat.test', baseUrl)) };
    expect(await exchange(overHttp, code)).toHaveProperty('openid');
    expect(await exchange(world, code)).toMatchObject({ errcode: 40163 });
  });

  it('W-03, W-05: judges and limits as the near one', async () => {
    const { account, cloud, clock } = await serveScene();
    expect(await cloud.checkSession(account)).toBe(false);
    for (let i = 0; i < 4; i += 1) await cloud.issueCode(account);
    expect(await cloud.checkSession(account)).toBe(true);
    await expect(cloud.issueCode(account)).rejects.toMatchObject({ name: 'Refusal', errcode: 45009 });
    await cloud.expireSession(account);
    expect(await cloud.checkSession(account)).toBe(false);
    await clock.advance(1000);
    await cloud.issueCode(account);
    expect(await cloud.checkSession(account)).toBe(true);
  });

  it('W-13: lets a person give another of their numbers from now on', async () => {
    const { world, cloud, person } = await serveScene();
    await cloud.setPhoneNumber(person.id, '10000000002');
    expect(world.people).toEqual([{ ...person, phoneNumber: '10000000002' }]);
    await cloud.setPhoneNumber('nobody', '10000000003');
    expect(world.people).toHaveLength(1);
  });

  it('takes people, blocks and faults', async () => {
    const { world, cloud, account, person } = await serveScene();
    const stranger = await cloud.addPerson({ nickname: '小红' });
    expect(await cloud.people()).toEqual([person, stranger]);

    const newCode = () => world.wechat.issueCode({ ...account, personId: stranger.id });
    await cloud.block(stranger.id);
    expect(await cloud.blockedPeople()).toEqual([stranger.id]);
    expect(await exchange(world, await newCode())).toMatchObject({ errcode: 40226 });
    await cloud.unblock(stranger.id);
    expect(await cloud.blockedPeople()).toEqual([]);

    const code = await newCode();
    await cloud.failOpenApi(-1);
    await cloud.failOpenApi(45011, Number.POSITIVE_INFINITY);
    const errcodes = [await exchange(world, code), await exchange(world, code), await exchange(world, code)];
    expect(errcodes.map(({ errcode }) => errcode)).toEqual([-1, 45011, 45011]);
    await cloud.clearOpenApi();
    expect(await exchange(world, code)).toHaveProperty('openid');
  });

  it('takes a person with a phone number and a profile', async () => {
    const { world, cloud } = await serveScene();
    const facts = {
      nickname: 'Alex',
      avatarUrl: 'https://a.test/alex.png',
      gender: 1,
      city: 'Berlin',
      province: 'Berlin',
      country: 'Germany',
      phoneNumber: '15112345678',
      countryCode: '49',
    } as const;
    expect(await cloud.addPerson(facts)).toEqual({ id: expect.any(String), ...facts });
    expect(world.people.at(-1)).toMatchObject(facts);
  });

  it('W-14, W-15: takes restrictions and quotas', async () => {
    const { cloud, account } = await serveScene();
    const check = () => cloud.checkAbility(account, 'getPhoneNumber');
    await cloud.restrict(APP.appId, 'getPhoneNumber', 'banned');
    await expect(check()).rejects.toMatchObject({ name: 'AbilityRefusal', errno: undefined });
    await cloud.lift(APP.appId, 'getPhoneNumber');
    await cloud.setPhoneQuota(APP.appId, 0);
    await expect(check()).rejects.toMatchObject({ errno: 1400001 });
    await cloud.setPhoneQuota(APP.appId, Number.POSITIVE_INFINITY);
    await expect(check()).resolves.toBeDefined();
  });

  it('S-03: takes faults of one call of the open API', async () => {
    const { world, cloud } = await serveScene();
    await cloud.failOpenApi(-1, 1, 'getStableAccessToken');
    const { takeToken } = createServerLine({ world });
    expect(await takeToken()).toMatchObject({ errcode: -1 });
    expect(await takeToken()).toHaveProperty('access_token');
  });

  it.each(['hang', 'down', 'lost', 'nonsense', 'empty', { delay: 1 }, 40001] as const)(
    'takes the fault %o',
    async (fault) => {
      const { cloud } = await serveScene();
      await expect(cloud.failOpenApi(fault)).resolves.toBeDefined();
    },
  );

  it('may be used by pages of every origin', async () => {
    const { baseUrl } = await serveScene();
    const preflight = await fetch(`${baseUrl}/simulator/wechat/codes`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, POST, DELETE');
    const people = await fetch(`${baseUrl}/simulator/people`);
    expect(people.headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each([
    ['GET', '/simulator/unknown', undefined, 404],
    ['POST', '/simulator/people', '{', 400],
    ['POST', '/simulator/people', 'null', 400],
    ['POST', '/simulator/wechat/codes', '{"appId":1}', 400],
    ['POST', '/simulator/wechat/codes', '{"appId":"unknown","personId":"unknown"}', 409],
    ['POST', '/simulator/wechat/codes', '{"appId":"wx-simulated-app","personId":"unknown"}', 409],
    ['POST', '/simulator/wechat/open-api-faults', '{"fault":"unknown"}', 400],
    ['POST', '/simulator/wechat/open-api-faults', '{"fault":-1,"times":"many"}', 400],
    ['POST', '/simulator/wechat/open-api-faults', '{"fault":-1,"times":1,"api":"unknown"}', 400],
    ['POST', '/simulator/people', '{"nickname":"A","gender":3}', 400],
    ['POST', '/simulator/people', '{"nickname":"A","city":3}', 400],
    ['POST', '/simulator/wechat/restrictions', '{"appId":"a","ability":"getPhoneNumber","restriction":1}', 400],
    ['DELETE', '/simulator/wechat/restrictions', '{"appId":"a","ability":"unknown"}', 400],
    ['POST', '/simulator/wechat/phone-quotas', '{"appId":"a","left":"many"}', 400],
    ['POST', '/simulator/wechat/call-counts', '{"appId":"a","personId":"b","api":"login"}', 400],
  ])('answers %s %s with body %s by a reason', async (method, path, body, status) => {
    const { world } = createScene();
    const response = await world.fetch(`http://world.test${path}`, { method, ...(body ? { body } : {}) });
    expect(response.status).toBe(status);
    expect(await response.json()).toHaveProperty('message');
  });

  it('outlives a caller that gave up on a call that hangs', async () => {
    const { cloud, account, baseUrl } = await serveScene();
    await cloud.failOpenApi('hang');
    await expect(fetch(`${baseUrl}/sns/jscode2session`, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
    expect(await cloud.issueCode(account)).toHaveLength(32);
  });
});

describe('a device with a far cloud', () => {
  it('logs in through it', async () => {
    const { newDevice, clock, world } = createScene();
    const device = newDevice({ cloud: remoteCloud({ baseUrl: 'http://far.test', fetch: world.fetch }) });
    const ear = createEar();
    device.wx.login(ear.callbacks);
    await clock.advance(20);
    expect(ear.heard[0]?.payload.code).toBe(world.wechat.codes[0]?.code);
    for (let i = 0; i < 4; i += 1) device.wx.login(ear.callbacks);
    await clock.advance(20);
    expect(ear.heard.at(-1)?.payload).toMatchObject({ errcode: 45009 });
  });

  it('W-13, W-06, W-18: seals phone numbers and profiles through it', async () => {
    const scene = createScene({ publishedAt: 0 });
    const { clock, world } = scene;
    const device = scene.newDevice({ cloud: remoteCloud({ baseUrl: 'http://far.test', fetch: world.fetch }) });
    const key = await logIn(scene);
    const buttons = createButtonEar();
    const ear = createEar();
    for (const question of ['getPhoneNumber', 'getUserInfo', 'getUserProfile'] as const) {
      device.answers.always(question, 'allow');
    }
    device.press({ openType: 'getPhoneNumber' }, buttons.handlers);
    device.press({ openType: 'getUserInfo' }, buttons.handlers);
    device.tap(() => device.wx.getUserProfile({ desc: 'x', success: ear.callbacks.success }));
    device.wx.getSetting({ success: ear.callbacks.success });
    await clock.advance(20);
    const details = new Map(buttons.heard.map(({ type, detail }) => [type, detail]));
    expect(unseal(details.get('getphonenumber') ?? {}, key)).toMatchObject({ purePhoneNumber: '13800000001' });
    expect(unseal(details.get('getuserinfo') ?? {}, key)).toHaveProperty('openId');
    expect(ear.heard.map(({ payload }) => payload.errMsg).sort()).toEqual(['getSetting:ok', 'getUserProfile:ok']);
    const profile = ear.heard.find(({ payload }) => payload.errMsg === 'getUserProfile:ok')?.payload ?? {};
    expect(unseal(profile, key)).not.toHaveProperty('openId');
  });

  it('W-08: hears through it of a profile that is anonymous', async () => {
    const { newDevice, clock, world } = createScene();
    const device = newDevice({ cloud: remoteCloud({ baseUrl: 'http://far.test', fetch: world.fetch }) });
    const ear = createEar();
    device.tap(() => device.wx.getUserProfile({ desc: 'x', success: ear.callbacks.success }));
    await clock.advance(20);
    expect(ear.heard[0]?.payload.userInfo).toMatchObject({ nickName: '微信用户' });
  });

  it.each([
    [112, { errMsg: 'getPhoneNumber:fail api scope is not declared in the privacy agreement', errno: 112 }],
    ['banned', { errMsg: 'getPhoneNumber:fail appid privacy api banned' }],
  ] as const)('W-14: hears through it of the restriction %s', async (restriction, detail) => {
    const { newDevice, clock, world } = createScene();
    const device = newDevice({ cloud: remoteCloud({ baseUrl: 'http://far.test', fetch: world.fetch }) });
    const ear = createButtonEar();
    world.wechat.restrict(APP.appId, 'getPhoneNumber', restriction);
    device.press({ openType: 'getPhoneNumber' }, ear.handlers);
    await clock.advance(20);
    expect(ear.heard[0]?.detail).toEqual(detail);
  });

  it('fails with a network failure where it is out of reach', async () => {
    const { newDevice, clock } = createScene();
    const unreachable = () => Promise.reject(new TypeError('fetch failed'));
    const device = newDevice({ cloud: remoteCloud({ baseUrl: 'http://far.test', fetch: unreachable }) });
    const ear = createEar();
    device.wx.login(ear.callbacks);
    await clock.advance(20);
    expect(ear.heard[0]).toMatchObject({ callback: 'fail', payload: { errno: 600001 } });
  });
});
