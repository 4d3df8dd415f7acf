import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hangs } from './support/open-api.js';
import {
  type Answer,
  type Servers,
  SIGN_IN,
  serversUnderTest,
  temporaryDatabase,
  toRequest,
  USER,
} from './support/server.js';

const PAGE = 'http://127.0.0.1:6006';

describe('pages of browsers', () => {
  let servers: Servers;

  beforeAll(async () => {
    servers = await serversUnderTest({ allowedOrigins: [PAGE] });
  });
  afterAll(() => servers.stop());

  const preflight = (origin: string): Parameters<Servers['ask']> => [
    SIGN_IN,
    {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    },
  ];

  it('from an allowed origin may ask, and may read every answer', async () => {
    const asked = await servers.ask(...preflight(PAGE));
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(asked.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect(asked.headers.get('access-control-allow-methods')).toContain('POST');

    const headers = { origin: PAGE };
    const code = servers.openApi.codeFor({ openid: 'o-page' });
    const tooLarge = { code: 'x'.repeat(20_000) };
    const answers: Answer[] = [
      await servers.ask(SIGN_IN, { body: { code }, headers }),
      await servers.ask(SIGN_IN, { body: { code }, headers }),
      await servers.ask(SIGN_IN, { body: tooLarge, headers: { ...headers, 'content-length': '20011' } }),
      await servers.ask(USER, { headers }),
      await servers.ask('/nothing', { headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 413, 401, 404]);
    for (const { headers: told } of answers) {
      expect(told.get('access-control-allow-origin')).toBe(PAGE);
      expect(told.get('access-control-expose-headers')).toContain('retry-after');
      expect(told.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it.each(['https://elsewhere.invalid', 'null', `${PAGE}.elsewhere.invalid`])(
    'from elsewhere may not: %s',
    async (origin) => {
      expect((await servers.ask(...preflight(origin))).headers.get('access-control-allow-origin')).toBeNull();
      expect((await servers.ask(USER, { headers: { origin } })).headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('may not at all where no origin is allowed, which is the default', async () => {
    const closed = await servers.start({ allowedOrigins: [] });
    const [path, question] = preflight(PAGE);
    const answer = await servers.ask(path, question, closed);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([404, null]);
  });
});

describe('the log', () => {
  let servers: Servers;

  beforeAll(async () => {
    servers = await serversUnderTest();
  });
  afterAll(() => servers.stop());

  const lastLine = () => servers.logged().at(-1);

  it('has one line for each request, without its query, headers or body', async () => {
    const before = servers.logged().length;
    const code = servers.openApi.codeFor({ openid: 'o-logged' });
    const answer = await servers.ask(`${SIGN_IN}?code=in-the-query`, { body: { code }, token: 'a.b' });
    expect(answer.status).toBe(200);
    expect(servers.logged()).toHaveLength(before + 1);
    const line = lastLine();
    expect(line).toMatchObject({ level: 30, method: 'POST', path: SIGN_IN, status: 200, msg: 'request' });
    expect(line?.ms).toEqual(expect.any(Number));
    expect(line?.id).toBe(answer.headers.get('x-request-id'));
    const fields = ['hostname', 'id', 'level', 'method', 'ms', 'msg', 'path', 'pid', 'status', 'time'];
    expect(Object.keys(line ?? {}).sort()).toEqual(fields);
  });

  it('tells of an address that is known only its pattern, and of another one nothing: a token may stand in it (G-23)', async () => {
    const { json } = await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-in-path' }) });
    // A slash in it would make another address of it.
    const token = encodeURIComponent(json.token);
    for (const [path, told] of [
      [`${USER}/${token}`, 'unknown'],
      [`/${token}`, 'unknown'],
      [`/avatars/${token}`, '/avatars/:name'],
      ['/healthz', '/healthz'],
    ] as const) {
      await servers.ask(path);
      expect(lastLine()).toMatchObject({ path: told, msg: 'request' });
    }
    for (const text of [token, json.token]) expect(JSON.stringify(servers.logged())).not.toContain(text);
  });

  it('names why a request was refused', async () => {
    await servers.ask(SIGN_IN, { body: { code: 'no-such-code' } });
    expect(lastLine()).toMatchObject({ level: 30, status: 400, code: 'CODE_INVALID', reason: expect.any(String) });
    await servers.ask(USER);
    expect(lastLine()).toMatchObject({ level: 30, status: 401, code: 'NOT_SIGNED_IN' });
    await servers.ask('/nothing');
    expect(lastLine()).toMatchObject({ level: 30, status: 404, code: 'NOT_FOUND' });
  });

  it('tells a failure of the server with its cause, which the client never hears', async () => {
    await servers.rows('alter table dengluIdentity rename to elsewhere');
    const answer = await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-late' }) });
    await servers.rows('alter table elsewhere rename to dengluIdentity');
    expect(answer.status).toBe(500);
    expect(answer.json).toEqual({ code: 'INTERNAL', message: 'The server failed.' });
    const [failure, line] = servers.logged().slice(-2);
    expect(failure).toMatchObject({ level: 50, msg: 'unexpected error', id: line?.id });
    expect(JSON.stringify(failure?.err)).toMatch(
      /dengluIdentity.+(doesn't|does not) exist|no such table: dengluIdentity/,
    );
    expect(line).toMatchObject({ level: 50, status: 500, code: 'INTERNAL' });
  });
});

it('a failure of the server while the body is still to come is not the client’s', async () => {
  const servers = await serversUnderTest();
  const url = await servers.server.listen();
  await servers.rows('alter table dengluRateWindow rename to elsewhere');
  const asked = request(`${url}${SIGN_IN}`, { method: 'POST' });
  asked.write('{');
  const [answer]: IncomingMessage[] = await once(asked, 'response');
  expect(answer?.statusCode).toBe(500);
  asked.end();
  answer?.resume();
  expect(servers.logged().some(({ level, msg }) => level === 50 && msg === 'unexpected error')).toBe(true);
  await servers.rows('alter table elsewhere rename to dengluRateWindow');
  await servers.stop();
});

describe('a listening server', () => {
  let servers: Servers;

  afterEach(() => servers.stop());

  it('says where it listens, and that it is well', async () => {
    servers = await serversUnderTest();
    const url = await servers.server.listen();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await servers.read(await fetch(`${url}/healthz`));
    expect([answer.status, answer.text]).toEqual([200, '{"status":"ok"}']);
  });

  it('that is closed is not well, and listens no more', async () => {
    servers = await serversUnderTest();
    const url = await servers.server.listen();
    await servers.server.close();
    expect((await servers.ask('/readyz')).status).toBe(503);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('makes the folder of its database, whatever its name', async () => {
    servers = await serversUnderTest();
    const { url, remove } = temporaryDatabase();
    const databaseUrl = new URL('./a new folder/数据.db', url).href;
    const server = await servers.start({ databaseUrl });
    expect((await servers.ask('/readyz', {}, server)).status).toBe(200);
    await server.close();
    expect(existsSync(fileURLToPath(databaseUrl))).toBe(true);
    remove();
  });

  it('may be closed before it listened, and twice', async () => {
    servers = await serversUnderTest();
    await Promise.all([servers.server.close(), servers.server.close()]);
  });

  it('on a taken port is told so in a line of each language', async () => {
    servers = await serversUnderTest();
    const port = Number(new URL(await servers.server.listen()).port);
    const second = await servers.start({ port });
    await expect(second.listen()).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken. Set PORT_SERVER to another one.`,
    );
  });

  it('that closes lets requests in flight end, and their connections with them', async () => {
    servers = await serversUnderTest();
    const url = await servers.server.listen();
    const { code, asked: inFlight, answer } = servers.openApi.codeHeld();
    const response = fetch(toRequest(`${url}${SIGN_IN}`, { body: { code } }));
    await inFlight;
    const closed = Promise.all([servers.server.close(), servers.server.close()]);
    await new Promise((resolve) => setImmediate(resolve));
    servers.openApi.sessionKeys.push('AAECAwQFBgcICQoLDA0ODw==');
    answer(Response.json({ openid: 'o-last', session_key: 'AAECAwQFBgcICQoLDA0ODw==' }));
    expect((await response).status).toBe(200);
    const begin = performance.now();
    await closed;
    expect(performance.now() - begin).toBeLessThan(2000);
  });

  it('that closes cuts off what does not end in time', async () => {
    servers = await serversUnderTest();
    const url = await servers.server.listen();
    let arrived = () => {};
    const inFlight = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const code = servers.openApi.codeTreated((signal) => {
      arrived();
      return hangs(signal);
    });
    const response = fetch(toRequest(`${url}${SIGN_IN}`, { body: { code } })).catch(() => 'cut off');
    await inFlight;
    await servers.server.close(20);
    expect(await response).toBe('cut off');
  });
});
