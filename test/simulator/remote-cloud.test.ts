import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterEach, describe, expect, it } from 'vitest';
import { remoteCloud } from '../../simulator/index.js';
import { createEar, createScene, exchange } from './support/scene.js';

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

  it('takes people, blocks and faults', async () => {
    const { world, cloud, account } = await serveScene();
    const stranger = await cloud.addPerson({ nickname: '小红' });
    expect(await cloud.people()).toEqual([{ id: account.personId, nickname: '小明' }, stranger]);

    const newCode = () => world.wechat.issueCode({ ...account, personId: stranger.id });
    await cloud.block(stranger.id);
    expect(await exchange(world, await newCode())).toMatchObject({ errcode: 40226 });
    await cloud.unblock(stranger.id);

    const code = await newCode();
    await cloud.failOpenApi(-1);
    await cloud.failOpenApi(45011, Number.POSITIVE_INFINITY);
    const errcodes = [await exchange(world, code), await exchange(world, code), await exchange(world, code)];
    expect(errcodes.map(({ errcode }) => errcode)).toEqual([-1, 45011, 45011]);
    await cloud.clearOpenApi();
    expect(await exchange(world, code)).toHaveProperty('openid');
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
