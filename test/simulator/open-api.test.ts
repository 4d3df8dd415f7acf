import { describe, expect, it } from 'vitest';
import { createWorld } from '../../simulator/index.js';
import { createScene, exchange } from './support/scene.js';

describe('code2Session', () => {
  it('S-01: answers who it is, without an errcode', async () => {
    const { world, account } = createScene();
    const answer = await exchange(world, await world.wechat.issueCode(account));
    expect(answer).toEqual({
      openid: expect.stringMatching(/^o[\w-]{27}$/),
      session_key: expect.stringMatching(/^[A-Za-z0-9+/]{22}==$/),
    });
  });

  it('S-01: knows a person by one openid in each app, and by one unionid on each open platform', async () => {
    const { world, person } = createScene();
    const session = async (appId: string) => {
      const code = await world.wechat.issueCode({ appId, personId: person.id });
      return exchange(world, code, { appid: appId, secret: 's' });
    };
    for (const [appId, openPlatform] of [
      ['a', 'one'],
      ['b', 'one'],
      ['c', 'two'],
    ] as const) {
      world.addApp({ appId, appSecret: 's', openPlatform });
    }
    const [a, again, b, c] = [await session('a'), await session('a'), await session('b'), await session('c')];
    expect(again.openid).toBe(a.openid);
    expect(new Set([a.openid, b.openid, c.openid]).size).toBe(3);
    expect(b.unionid).toBe(a.unionid);
    expect(c.unionid).not.toBe(a.unionid);
  });

  it('S-01: takes a code once (40163), and only for five minutes (40029)', async () => {
    const { clock, world, account } = createScene();
    const used = await world.wechat.issueCode(account);
    const kept = await world.wechat.issueCode(account);
    const old = await world.wechat.issueCode(account);
    expect(await exchange(world, used)).toHaveProperty('openid');
    expect(await exchange(world, used)).toMatchObject({ errcode: 40163 });
    await clock.advance(5 * 60_000);
    expect(await exchange(world, kept)).toHaveProperty('openid');
    await clock.advance(1);
    expect(await exchange(world, old)).toMatchObject({ errcode: 40029 });
    expect(world.wechat.codes.map(({ spentAt }) => spentAt !== null)).toEqual([true, true, false]);
  });

  it('S-01: gives one of many who send the same code at once the session', async () => {
    const { world, account } = createScene();
    const code = await world.wechat.issueCode(account);
    const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(world, code)));
    expect(answers.filter((answer) => 'openid' in answer)).toHaveLength(1);
    expect(answers.filter((answer) => answer.errcode === 40163)).toHaveLength(49);
  });

  it.each([
    ['an unknown code', { js_code: 'unknown' }, 40029],
    ['no code', { js_code: '' }, 41008],
    ['an unknown app', { appid: 'wx-unknown' }, 40013],
    ['no app', { appid: '' }, 41002],
    ['a wrong secret', { secret: 'wrong' }, 40125],
    ['no secret', { secret: '' }, 41004],
    ['another grant', { grant_type: 'password' }, 40002],
  ])('S-01: refuses %s, and spends nothing', async (_, change, errcode) => {
    const { world, account } = createScene();
    const code = await world.wechat.issueCode(account);
    expect(await exchange(world, code, change)).toEqual({ errcode, errmsg: expect.any(String) });
    expect(world.wechat.codes[0]?.spentAt).toBeNull();
  });

  it('S-01: refuses the code of another app (40029)', async () => {
    const { world, account } = createScene();
    world.addApp({ appId: 'other', appSecret: 'other-secret' });
    const code = await world.wechat.issueCode(account);
    const answer = await exchange(world, code, { appid: 'other', secret: 'other-secret' });
    expect(answer).toMatchObject({ errcode: 40029 });
  });

  it('S-01: refuses a blocked user (40226) until the block is lifted', async () => {
    const { world, account, person } = createScene();
    world.wechat.block(person.id);
    expect(await exchange(world, await world.wechat.issueCode(account))).toMatchObject({ errcode: 40226 });
    world.wechat.unblock(person.id);
    expect(await exchange(world, await world.wechat.issueCode(account))).toHaveProperty('openid');
  });

  it('S-01: refuses more than a hundred calls a minute of one user (45011)', async () => {
    const { clock, world, account } = createScene({}, { limits: { callsPerSecond: 1000 } });
    const stranger = world.addPerson({ nickname: '小红' });
    const codes = await Promise.all(Array.from({ length: 102 }, () => world.wechat.issueCode(account)));
    for (const code of codes.slice(0, 100)) expect(await exchange(world, code)).toHaveProperty('openid');
    const last = codes[100] ?? '';
    expect(await exchange(world, last)).toMatchObject({ errcode: 45011 });
    const code = await world.wechat.issueCode({ ...account, personId: stranger.id });
    expect(await exchange(world, code)).toHaveProperty('openid');
    await clock.advance(60_000);
    expect(await exchange(world, last)).toHaveProperty('openid');
  });

  it('answers JSON that is labelled as plain text, as WeChat does', async () => {
    const { world } = createScene();
    const response = await world.fetch('http://wechat.test/sns/jscode2session');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch('text/plain');
    expect((await world.fetch('http://wechat.test/sns/unknown')).status).toBe(404);
    expect((await world.fetch('http://wechat.test/sns/jscode2session', { method: 'POST' })).status).toBe(404);
  });

  it('takes its ids from the injected chance', async () => {
    const ids = async () => {
      const { world, account } = createScene();
      const code = await world.wechat.issueCode(account);
      return { code, ...(await exchange(world, code)) };
    };
    expect(await ids()).toEqual(await ids());
  });
});

describe('a fault of the open API', () => {
  it('S-01: is busy (-1) for as long as asked, and spends nothing', async () => {
    const { world, account } = createScene();
    const code = await world.wechat.issueCode(account);
    world.wechat.openApi.fail(-1, 2);
    expect(await exchange(world, code)).toMatchObject({ errcode: -1 });
    expect(await exchange(world, code)).toMatchObject({ errcode: -1 });
    expect(await exchange(world, code)).toHaveProperty('openid');
    expect(world.wechat.openApi.exchanges.map(({ outcome }) => outcome)).toEqual([-1, -1, 0]);
  });

  it('is forgotten by clear', async () => {
    const { world, account } = createScene();
    const code = await world.wechat.issueCode(account);
    world.wechat.openApi.fail(-1, Number.POSITIVE_INFINITY);
    for (let i = 0; i < 10; i += 1) expect(await exchange(world, code)).toMatchObject({ errcode: -1 });
    world.wechat.openApi.clear();
    expect(await exchange(world, code)).toHaveProperty('openid');
  });

  it.each([
    ['nonsense', 200, '<!doctype html>', false],
    ['empty', 200, '{}', false],
    ['down', 502, 'Bad Gateway', false],
    ['lost', 502, 'Bad Gateway', true],
  ] as const)('answers %s with status %i', async (fault, status, text, isSpent) => {
    const { world, account } = createScene();
    const code = await world.wechat.issueCode(account);
    world.wechat.openApi.fail(fault);
    const query = `appid=wx-simulated-app&secret=simulated-secret&js_code=${code}&grant_type=authorization_code`;
    const response = await world.fetch(`http://wechat.test/sns/jscode2session?${query}`);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(text);
    expect(world.wechat.codes[0]?.spentAt !== null).toBe(isSpent);
  });

  it('answers late by a delay', async () => {
    const { clock, world, account } = createScene();
    const code = await world.wechat.issueCode(account);
    world.wechat.openApi.fail({ delay: 5000 });
    let answer: unknown;
    void exchange(world, code).then((value) => {
      answer = value;
    });
    await clock.advance(4999);
    expect(answer).toBeUndefined();
    expect(world.wechat.openApi.exchanges[0]?.outcome).toBe('pending');
    await clock.advance(1);
    expect(answer).toHaveProperty('openid');
  });

  it('hangs until it is cleared, or the caller gives up', async () => {
    const { clock, world, account } = createScene();
    const code = await world.wechat.issueCode(account);
    world.wechat.openApi.fail('hang', 2);
    const aborter = new AbortController();
    const given = world.fetch('http://wechat.test/sns/jscode2session', { signal: aborter.signal });
    aborter.abort();
    await expect(given).rejects.toThrow('aborted');

    const waiting = exchange(world, code);
    await clock.advance(60_000);
    expect(world.wechat.openApi.exchanges.map(({ outcome }) => outcome)).toEqual(['pending', 'pending']);
    world.wechat.openApi.clear();
    expect(await waiting).toHaveProperty('openid');
  });
});

describe('a world without options', () => {
  it('runs in real time, with real chance', async () => {
    const world = createWorld();
    const app = world.addApp({ appId: 'a', appSecret: 's' });
    const person = world.addPerson({ nickname: '小明' });
    const code = await world.wechat.issueCode({ appId: app.appId, personId: person.id });
    expect(await exchange(world, code, { appid: 'a', secret: 's' })).toHaveProperty('openid');
    expect(world.people).toEqual([person]);
  });
});
