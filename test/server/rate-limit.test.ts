import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Question, type Servers, SIGN_IN, serversUnderTest, toRequest, USER } from './support/server.js';

let servers: Servers;

afterEach(async () => {
  vi.useRealTimers();
  await servers.stop();
});

const limits = (perAddress: number, perAccount = 1000) => ({ limits: { perAddress, perAccount } });

/** Asks over a socket, so that there is an address. */
async function over(url: string, path: string, question: Question = {}) {
  return servers.read(await fetch(toRequest(`${url}${path}`, question)));
}

const from = (forwarded: string): Question => ({ headers: { 'x-forwarded-for': forwarded } });

/** The statuses of so many requests, one after the other. */
async function statuses(count: number, ask: (index: number) => Promise<{ status: number }>): Promise<number[]> {
  const seen: number[] = [];
  for (let index = 0; index < count; index += 1) seen.push((await ask(index)).status);
  return seen;
}

describe('the limit per address', () => {
  it('refuses with the time to wait, in our shape', async () => {
    servers = await serversUnderTest(limits(2));
    const url = await servers.server.listen();
    expect(await statuses(2, () => over(url, USER))).toEqual([401, 401]);
    const answer = await over(url, USER);
    expect(answer.status).toBe(429);
    expect(answer.json).toEqual({ code: 'RATE_LIMITED', message: expect.any(String), retryAfter: expect.any(Number) });
    expect(answer.json.retryAfter).toBeGreaterThan(0);
    expect(answer.json.retryAfter).toBeLessThanOrEqual(60);
    expect(answer.headers.get('retry-after')).toBe(String(answer.json.retryAfter));
  });

  it('counts what is refused for other reasons, whichever endpoint it was for', async () => {
    servers = await serversUnderTest(limits(3));
    const url = await servers.server.listen();
    await over(url, SIGN_IN, { body: '{' });
    await over(url, SIGN_IN, { body: { code: 7 } });
    await over(url, '/api/auth/denglu/nothing');
    expect((await over(url, SIGN_IN, { body: { code: 'abc' } })).status).toBe(429);
  });

  it('counts a body that is too large before it is read', async () => {
    servers = await serversUnderTest(limits(5));
    const url = await servers.server.listen();
    const large = { body: { code: 'x'.repeat(200_000) } };
    const expected = [...Array(5).fill(413), ...Array(15).fill(429)];
    expect(await statuses(20, () => over(url, SIGN_IN, large))).toEqual(expected);

    let chunks = 0;
    const body = new ReadableStream({
      pull(controller) {
        chunks += 1;
        controller.enqueue(new Uint8Array(1024));
        if (chunks > 1000) controller.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half' };
    for (let more = 0; more < 5; more += 1) await servers.ask(USER);
    const answer = await servers.server.fetch(new Request(`${url}${SIGN_IN}`, init));
    expect((await servers.read(answer)).json.code).toBe('RATE_LIMITED');
    expect(chunks).toBeLessThan(3);
  });

  it.each(['HEAD', 'DELETE', 'PATCH', 'OPTIONS'])('counts %s', async (method) => {
    servers = await serversUnderTest(limits(2));
    const url = await servers.server.listen();
    expect(await statuses(4, () => over(url, SIGN_IN, { method }))).toEqual([404, 404, 429, 429]);
  });

  it('leaves the health checks alone', async () => {
    servers = await serversUnderTest(limits(1));
    const url = await servers.server.listen();
    expect(await statuses(5, (index) => over(url, index % 2 ? '/healthz' : '/readyz'))).toEqual([
      200, 200, 200, 200, 200,
    ]);
  });

  it('is not escaped by writing other addresses into headers', async () => {
    servers = await serversUnderTest(limits(2));
    const url = await servers.server.listen();
    const spoofed = (index: number) => {
      const address = `203.0.113.${index}`;
      const names = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'x-denglu-address', 'cf-connecting-ip'];
      return over(url, USER, { headers: Object.fromEntries(names.map((name) => [name, address])) });
    };
    expect(await statuses(4, spoofed)).toEqual([401, 401, 429, 429]);
  });

  it('counts the client behind a trusted proxy, as the proxy saw it', async () => {
    servers = await serversUnderTest({ ...limits(1), trustedProxies: ['127.0.0.0/8'] });
    const url = await servers.server.listen();
    expect((await over(url, USER, from('203.0.113.1'))).status).toBe(401);
    expect((await over(url, USER, from('203.0.113.2'))).status).toBe(401);
    expect((await over(url, USER, from('203.0.113.1'))).status).toBe(429);
    expect((await over(url, USER, from('198.51.100.9, 203.0.113.1'))).status).toBe(429);
    expect((await over(url, USER, from('nonsense, 203.0.113.2'))).status).toBe(429);
  });

  it('is not escaped by going around the proxy', async () => {
    servers = await serversUnderTest({ ...limits(2), trustedProxies: ['10.0.0.0/8'] });
    const url = await servers.server.listen();
    const around = (index: number) => over(url, USER, from(`203.0.113.${index}`));
    expect(await statuses(3, around)).toEqual([401, 401, 429]);
  });

  it('takes an IPv6 network for one address', async () => {
    servers = await serversUnderTest({ ...limits(1), trustedProxies: ['127.0.0.1'] });
    const url = await servers.server.listen();
    expect((await over(url, USER, from('2001:db8:1:2::1'))).status).toBe(401);
    expect((await over(url, USER, from('2001:db8:1:2::ffff'))).status).toBe(429);
    expect((await over(url, USER, from('2001:db8:1:3::1'))).status).toBe(401);
  });

  it('is over after a minute, and steady callers are not punished for it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    servers = await serversUnderTest(limits(2));
    expect(await statuses(3, () => servers.ask(USER))).toEqual([401, 401, 429]);
    vi.setSystemTime(Date.now() + 60_000);
    expect(await statuses(3, () => servers.ask(USER))).toEqual([401, 401, 429]);
    vi.setSystemTime(Date.now() + 60_000);
    const slowly = () => {
      vi.setSystemTime(Date.now() + 31_000);
      return servers.ask(USER);
    };
    expect(new Set(await statuses(20, slowly))).toEqual(new Set([401]));
  });

  it('is shared by servers on one database, and loses no count in a rush', async () => {
    servers = await serversUnderTest(limits(50));
    const other = await servers.start();
    const rush = Array.from({ length: 100 }, (_, index) => servers.ask(USER, {}, index % 2 ? other : servers.server));
    const limited = (await Promise.all(rush)).filter(({ status }) => status === 429);
    expect(limited).toHaveLength(50);
  });

  it('keeps no addresses beyond their minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    servers = await serversUnderTest({ ...limits(10), trustedProxies: ['127.0.0.1'] });
    const url = await servers.server.listen();
    await over(url, USER, from('203.0.113.1'));
    vi.setSystemTime(Date.now() + 61_000);
    await over(url, USER, from('203.0.113.2'));
    expect(await servers.rows('select key from dengluRateWindow')).toMatchObject([{ key: 'address 203.0.113.2' }]);
  });
});

describe('the limit per account', () => {
  it('refuses sign-ins of one account, and of no other', async () => {
    servers = await serversUnderTest(limits(1000, 2));
    const enter = (openid: string) => servers.signIn({ code: servers.openApi.codeFor({ openid }) });
    expect(await statuses(2, () => enter('o-busy'))).toEqual([200, 200]);
    const answer = await enter('o-busy');
    expect([answer.status, answer.json.code]).toEqual([429, 'RATE_LIMITED']);
    expect(answer.headers.get('retry-after')).toBe(String(answer.json.retryAfter));
    expect((await enter('o-other')).status).toBe(200);
  });

  it('does not let a refused sign-in write anything', async () => {
    servers = await serversUnderTest(limits(1000, 1));
    const { json } = await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-once' }) });
    const before = await servers.rows('select * from dengluIdentity');
    await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-once', unionid: 'u-late' }) });
    expect(await servers.rows('select * from dengluIdentity')).toEqual(before);
    expect((await servers.ask(USER, { token: json.token })).status).toBe(200);
  });
});
