import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { wechat } from '../../server/hosts/wechat.js';
import type { ServerConfig } from '../../server/index.js';
import { answers, breaks, hangs, type Treatment } from './support/open-api.js';
import { type Servers, serversUnderTest, wechatApp } from './support/server.js';

let servers: Servers;

beforeAll(async () => {
  servers = await serversUnderTest({ wechat: { ...wechatApp('wx0123456789abcdef'), timeout: 30 } });
});
afterAll(() => servers.stop());

async function written() {
  const tables = ['user', 'session', 'dengluIdentity'] as const;
  return Promise.all(tables.map((table) => servers.count(table)));
}

/** The answer to a code that the open API treats so; it must leave nothing behind. */
async function refused(code: string) {
  const before = await written();
  const answer = await servers.signIn({ code });
  expect(await written()).toEqual(before);
  expect(answer.json.message).not.toBe('');
  return answer;
}

describe('a code (S-01)', () => {
  it('that nobody issued, or that is too old, is CODE_INVALID (40029)', async () => {
    const answer = await refused('no-such-code');
    expect([answer.status, answer.json.code]).toEqual([400, 'CODE_INVALID']);
  });

  it('that was used is CODE_USED (40163)', async () => {
    const code = servers.openApi.codeFor({ openid: 'o-used' });
    await servers.signIn({ code });
    const answer = await refused(code);
    expect([answer.status, answer.json.code]).toEqual([400, 'CODE_USED']);
  });

  it.each([
    [-1, 503, 'HOST_BUSY', 1],
    [40013, 502, 'HOST_MISCONFIGURED', undefined],
    [40125, 502, 'HOST_MISCONFIGURED', undefined],
    [40226, 403, 'ACCOUNT_BLOCKED', undefined],
    [45011, 429, 'RATE_LIMITED', 60],
    [99999, 502, 'HOST_UNAVAILABLE', undefined],
  ])('for which the host answers %i is refused with %i %s', async (errcode, status, code, retryAfter) => {
    const answer = await refused(servers.openApi.codeTreated(answers({ errcode, errmsg: 'rid: 1' })));
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ code, message: expect.any(String), ...(retryAfter && { retryAfter }) });
    expect(answer.headers.get('retry-after')).toBe(retryAfter === undefined ? null : String(retryAfter));
  });

  it('of a host that says success with errcode 0 is accepted', async () => {
    const session_key = 'AAECAwQFBgcICQoLDA0ODw==';
    servers.openApi.sessionKeys.push(session_key);
    const success = { errcode: 0, errmsg: 'ok', openid: 'o-zero', session_key };
    const { status, json } = await servers.signIn({ code: servers.openApi.codeTreated(answers(success)) });
    expect([status, json.user.openid]).toEqual([200, 'o-zero']);
  });
});

describe('an open API that is out of order is HOST_UNAVAILABLE, and nothing is half written', () => {
  const key = 'AAECAwQFBgcICQoLDA0ODw==';
  const nonsense: [string, Treatment][] = [
    ['cannot be reached', breaks],
    ['answers HTTP 500', answers({ openid: 'o', session_key: key }, 500)],
    ['answers HTTP 404 with a page', answers('<html>not found</html>', 404)],
    ['answers a page', answers('<html>maintenance</html>')],
    ['answers nothing', answers('')],
    ['answers cut-off JSON', answers('{"openid":"o","session_k')],
    ['answers null', answers(null)],
    ['answers a number', answers(1)],
    ['answers a list', answers([{ openid: 'o', session_key: key }])],
    ['answers an empty object', answers({})],
    ['leaves out the openid', answers({ session_key: key })],
    ['leaves out the session key', answers({ openid: 'o' })],
    ['answers an empty openid', answers({ openid: '', session_key: key })],
    ['answers an openid that is no text', answers({ openid: 7, session_key: key })],
    ['answers a unionid that is no text', answers({ openid: 'o', session_key: key, unionid: 7 })],
    ['answers an openid without end', answers({ openid: 'o'.repeat(5000), session_key: key })],
    ['answers an errcode that is no number', answers({ errcode: '40029' })],
  ];

  it.each(nonsense)('where it %s', async (_, treatment) => {
    const answer = await refused(servers.openApi.codeTreated(treatment));
    expect([answer.status, answer.json.code]).toEqual([502, 'HOST_UNAVAILABLE']);
  });

  it('where it is too slow: 504', async () => {
    const answer = await refused(servers.openApi.codeTreated(hangs));
    expect([answer.status, answer.json.code]).toEqual([504, 'HOST_UNAVAILABLE']);
  });

  it('where it begins to answer and never ends: 504', async () => {
    const begins: Treatment = (signal) => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"openid":'));
          signal?.addEventListener('abort', () => controller.error(signal.reason));
        },
      });
      return new Response(body);
    };
    const answer = await refused(servers.openApi.codeTreated(begins));
    expect([answer.status, answer.json.code]).toEqual([504, 'HOST_UNAVAILABLE']);
  });
});

describe('the time that the host is given', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ['five seconds, where nothing else is set', {}, 5000],
    ['as long as is set', { timeout: 1234 }, 1234],
  ])('is %s', async (_, option, limit) => {
    const options = { ...wechatApp('wx0123456789abcdef'), ...option, fetch: servers.openApi.fetch };
    const outcomes: unknown[] = [];
    const code = servers.openApi.codeTreated(hangs);
    const asked = wechat(options).exchangeCode(code);
    asked.catch((error) => outcomes.push(error));
    await vi.advanceTimersByTimeAsync(limit - 1);
    expect(outcomes).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(outcomes).toMatchObject([{ code: 'HOST_UNAVAILABLE', status: 504 }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is no longer counted once it has answered', async () => {
    const code = servers.openApi.codeFor({ openid: 'o-prompt' });
    await wechat({ ...wechatApp('wx0123456789abcdef'), fetch: servers.openApi.fetch }).exchangeCode(code);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a pause of this server, in which no answer can be read,', () => {
  it('is not held against the host', async () => {
    const pauses: Treatment = async (signal) => {
      const end = performance.now() + 60;
      while (performance.now() < end);
      for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      return Response.json({ openid: 'o-paused', session_key: sessionKey });
    };
    const sessionKey = 'AAECAwQFBgcICQoLDA0ODw==';
    servers.openApi.sessionKeys.push(sessionKey);
    expect((await servers.signIn({ code: servers.openApi.codeTreated(pauses) })).status).toBe(200);
  });
});

describe('a redirect', () => {
  let elsewhere: Server;
  let app: NonNullable<ServerConfig['wechat']>;
  const paths: string[] = [];

  beforeAll(async () => {
    elsewhere = createServer((incoming, outgoing) => {
      const { pathname } = new URL(incoming.url ?? '/', 'http://elsewhere.invalid');
      paths.push(pathname);
      if (pathname === '/elsewhere') outgoing.end(JSON.stringify({ openid: 'o-elsewhere', session_key: 'AAECAw==' }));
      else outgoing.writeHead(Number(pathname.split('/')[1]), { location: '/elsewhere' }).end();
    });
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    app = { ...wechatApp('wx0123456789abcdef'), apiUrl: `http://127.0.0.1:${port}` };
  });
  afterAll(() => {
    elsewhere.close();
  });

  it.each([301, 302, 303, 307, 308])('is not followed over HTTP, as the secret would go along: %i', async (status) => {
    const redirecting = { ...app, apiUrl: `${app.apiUrl}/${status}` };
    const server = await servers.start({ wechat: redirecting }, { fetch });
    const answer = await servers.signIn({ code: `code ${status}` }, server);
    expect([answer.status, answer.json.code]).toEqual([502, 'HOST_UNAVAILABLE']);
    expect(paths.splice(0)).toEqual([`/${status}/sns/jscode2session`]);
  });
});

describe('a server that the host does not know', () => {
  it.each([
    ['app id', { ...wechatApp('unknown') }],
    ['secret', { ...wechatApp('wx0123456789abcdef'), appSecret: 'secret-of-nobody' }],
  ])('is HOST_MISCONFIGURED: wrong %s (40013, 40125)', async (_, wechat) => {
    const server = await servers.start({ wechat });
    const { status, json } = await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o' }) }, server);
    expect([status, json.code]).toEqual([502, 'HOST_MISCONFIGURED']);
  });
});
