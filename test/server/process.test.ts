import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeOpenApi } from './support/open-api.js';
import { processesOfEachTest, settings, startProcess } from './support/process.js';
import { type Body, newDatabase, SIGN_IN, toRequest, USER } from './support/server.js';

const file = await newDatabase();
const openApi = fakeOpenApi();
const processes = processesOfEachTest();
let api: Awaited<ReturnType<typeof openApi.listen>>;

beforeAll(async () => {
  api = await openApi.listen();
});
afterAll(() => {
  api.close();
  file.remove();
});

function start(more: Record<string, string> = {}, base = settings(file.url, api.url)) {
  return processes.start({ ...base, ...more });
}

const signIn = (url: string, code: string) => fetch(toRequest(`${url}${SIGN_IN}`, { body: { code } }));

describe('a server that cannot start says why, without a stack, and ends with 1', { timeout: 60_000 }, () => {
  it('where nothing is set: every variable by its name', async () => {
    const { code, errors, output } = await startProcess({}).ended();
    expect([code, output]).toEqual([1, '']);
    const lines = errors.trim().split('\n');
    expect(lines.slice(0, 2)).toEqual(['The server cannot start:', '服务器无法启动:']);
    expect(lines).toHaveLength(8);
    for (const name of ['DENGLU_SECRET', 'WECHAT_APP_ID', 'WECHAT_APP_SECRET']) {
      expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^- ${name} is missing`)));
      expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^ {2}${name} 未设置`)));
    }
  });

  it('where its port is taken', async () => {
    const url = new URL(await start().listening());
    const { code, errors } = await start({ PORT_SERVER: url.port }).ended();
    expect(code).toBe(1);
    expect(errors.trim().split('\n')).toEqual([
      `Port ${url.port} on 127.0.0.1 is taken. Set PORT_SERVER to another one.`,
      `127.0.0.1 的端口 ${url.port} 已被占用。请将 PORT_SERVER 设为其他端口。`,
    ]);
  });

  it('where its database cannot be opened', async () => {
    const folder = pathToFileURL(join(file.folder, 'folder'));
    mkdirSync(fileURLToPath(folder), { recursive: true });
    const { code, errors } = await start({ DATABASE_URL: folder.href }).ended();
    expect(code).toBe(1);
    expect(errors.trim()).toMatch(/^DATABASE_URL cannot be opened: EISDIR.+\n无法打开 DATABASE_URL:EISDIR.+$/);
  });

  it('where a libsql server cannot be reached: not only that it was tried', async () => {
    const { code, errors } = await start({ DATABASE_URL: 'http://127.0.0.1:2' }).ended();
    expect(code).toBe(1);
    expect(errors.trim()).toMatch(
      /^DATABASE_URL cannot be opened: .*ECONNREFUSED.*\n无法打开 DATABASE_URL:.*ECONNREFUSED.*$/,
    );
  });

  it('where nobody said what becomes of messages', async () => {
    const { code, errors } = await start({ NODE_ENV: 'production' }).ended();
    expect(code).toBe(1);
    expect(errors.trim().split('\n')).toEqual([
      'The server cannot start:',
      '服务器无法启动:',
      expect.stringMatching(/^- MESSAGES is missing: .+\.$/),
      expect.stringMatching(/^ {2}MESSAGES 未设置:.+。$/),
    ]);
  });

  it('where the folder of its database cannot be made', async () => {
    const { code, errors } = await start({ DATABASE_URL: 'file:///proc/x/y' }).ended();
    expect(code).toBe(1);
    expect(errors.trim()).toMatch(/^DATABASE_URL cannot be opened: .+\n无法打开 DATABASE_URL:.+$/);
  });

  it.each([
    ['cannot be made, for messages', '/proc/x/y', { MESSAGES: 'file' }],
    ['cannot be made, for pictures', '/proc/x/y', { MESSAGES: 'off', PROFILE_UPDATES: 'on' }],
    ['is none', process.execPath, { MESSAGES: 'file' }],
  ])('where the folder of its files %s', async (_, DATA_FOLDER, more) => {
    const { code, errors } = await start({ DATA_FOLDER, ...more }).ended();
    expect(code).toBe(1);
    expect(errors.trim().split('\n')).toEqual([
      'The server cannot start:',
      '服务器无法启动:',
      expect.stringMatching(/^- DATA_FOLDER cannot be used: E.+$/),
      expect.stringMatching(/^ {2}DATA_FOLDER 无法使用:E.+$/),
    ]);
  });
});

describe('a running server', { timeout: 60_000 }, () => {
  it('needs no folder where it keeps no files', async () => {
    const server = start({ DATA_FOLDER: '/proc/x/y', MESSAGES: 'off' });
    expect((await fetch(`${await server.listening()}/readyz`)).status).toBe(200);
  });

  it('signs in over HTTP all the way, keeps it over a restart, and ends with 0 on SIGINT', async () => {
    const first = start();
    const url = await first.listening();
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
    const response = await signIn(url, openApi.codeFor({ openid: 'o-http', unionid: 'u-http' }));
    expect(response.status).toBe(200);
    const { token, user }: Body = await response.json();
    expect(user).toMatchObject({ openid: 'o-http', unionid: 'u-http' });

    first.kill('SIGINT');
    const { code, errors, output } = await first.ended();
    expect([code, errors]).toEqual([0, '']);
    for (const secret of [token, ...openApi.sessionKeys, 'secret-of-']) expect(output).not.toContain(secret);

    const again = await start().listening();
    const who = await fetch(toRequest(`${again}${USER}`, { token }));
    expect(await who.json()).toEqual({ user });
  });

  it('ends what is in flight on SIGTERM, takes nothing new, and ends with 0', async () => {
    const server = start();
    const url = await server.listening();
    const { code, asked: inFlight, answer } = openApi.codeHeld();
    const response = signIn(url, code);
    await inFlight;
    server.kill('SIGTERM');
    await expect
      .poll(() =>
        fetch(`${url}/healthz`).then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed');
    openApi.sessionKeys.push('AAECAwQFBgcICQoLDA0ODw==');
    answer(Response.json({ openid: 'o-last', session_key: 'AAECAwQFBgcICQoLDA0ODw==' }));
    expect((await response).status).toBe(200);
    expect(await server.ended()).toMatchObject({ code: 0, errors: '' });
  });

  it('counts a socket’s address, whatever its requests say', async () => {
    const { url: DATABASE_URL, remove } = await newDatabase();
    const url = await start({ DATABASE_URL, LIMIT_PER_ADDRESS: '2' }).listening();
    const ask = async (headers: Record<string, string> = {}) =>
      (await fetch(toRequest(url + USER, { headers }))).status;
    expect([await ask(), await ask()]).toEqual([401, 401]);
    expect(await ask({ 'x-forwarded-for': '203.0.113.1' })).toBe(429);
    await remove();
  });

  it('shares its database with another: two hundred first sign-ins over two processes make one user', {
    timeout: 120_000,
  }, async () => {
    const limits = { LIMIT_PER_ADDRESS: '1000', LIMIT_PER_ACCOUNT: '1000' };
    const urls = await Promise.all([start(limits).listening(), start(limits).listening()]);
    const responses = await Promise.all(
      Array.from({ length: 200 }, (_, index) => signIn(String(urls[index % 2]), openApi.codeFor({ openid: 'o-both' }))),
    );
    const bodies: Body[] = await Promise.all(responses.map((response) => response.json()));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(bodies.map(({ user }) => user.id)).size).toBe(1);
  });
});
