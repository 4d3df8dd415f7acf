import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sender, Server } from '../../server/index.js';
import { type Servers, SIGN_IN, serversUnderTest, toRequest } from './support/server.js';

const DRAIN = 5000;
let servers: Servers;

beforeEach(async () => {
  servers = await serversUnderTest();
});
afterEach(async () => {
  vi.useRealTimers();
  await servers.stop();
});

const ready = async (server: Server) => servers.ask('/readyz', {}, server);

/** A server in the middle of sending a mail, whose request was answered. */
async function mailing() {
  let begin = () => {};
  let letGo = () => {};
  let sent = false;
  const hasBegun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const sender: Sender = {
    sendSmsCode: async () => {},
    sendPasswordReset: async () => {},
    async sendEmailVerification() {
      begin();
      await held;
      sent = true;
    },
  };
  const server = await servers.start({}, { sender });
  const body = { email: 'late@example.test', password: servers.newPassword() };
  expect((await servers.ask('/api/auth/denglu/register', { body }, server)).status).toBe(201);
  await hasBegun;
  return { server, letGo: () => letGo(), isSent: () => sent };
}

describe('a server that is told to close', () => {
  it('says that it is not ready but alive while it answers what is in flight, and closes its database after that', async () => {
    const server = await servers.start();
    const url = await server.listen();
    const { code, asked: inFlight, answer } = servers.openApi.codeHeld();
    const entering = fetch(toRequest(`${url}${SIGN_IN}`, { body: { code } }));
    await inFlight;
    expect((await ready(server)).status).toBe(200);

    const closed = server.close();
    const unready = await ready(server);
    expect([unready.status, unready.json]).toEqual([503, { status: 'closing' }]);
    expect((await servers.ask('/healthz', {}, server)).status).toBe(200);

    const sessionKey = Buffer.alloc(16, 'k').toString('base64');
    servers.openApi.sessionKeys.push(sessionKey);
    answer(Response.json({ openid: 'o-last', session_key: sessionKey }));
    expect((await entering).status).toBe(200);
    await closed;
    const late = servers.openApi.codeFor({ openid: 'o-late' });
    expect((await servers.signIn({ code: late }, server)).status).toBeGreaterThanOrEqual(500);
  });

  it('takes new requests for as long as it drains, each on a connection that ends with it, and none after that', async () => {
    const server = await servers.start({ drain: DRAIN });
    const url = await server.listen();
    const kept = await fetch(`${url}/healthz`);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const closed = server.close();
    const unready = await fetch(`${url}/readyz`);
    expect([unready.status, await unready.json()]).toEqual([503, { status: 'closing' }]);
    expect([kept, unready].map(({ headers }) => headers.get('connection'))).toEqual(['keep-alive', 'close']);
    await vi.advanceTimersByTimeAsync(DRAIN - 1);
    const code = servers.openApi.codeFor({ openid: 'o-draining' });
    const entered = await fetch(toRequest(`${url}${SIGN_IN}`, { body: { code }, headers: { connection: 'close' } }));
    expect(entered.status).toBe(200);
    await vi.advanceTimersByTimeAsync(1);
    await closed;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
  });
  it('waits for the mails that are still being sent in the background', async () => {
    const { server, letGo, isSent } = await mailing();
    const closed = server.close().then(isSent);
    for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    letGo();
    expect(await closed).toBe(true);
  });

  it('waits for them no longer than for requests in flight, and says so', async () => {
    const { server, letGo, isSent } = await mailing();
    await server.close(1);
    expect(isSent()).toBe(false);
    expect(servers.logged()).toContainEqual(expect.objectContaining({ level: 40, unsent: 1 }));
    letGo();
  });

  it('has kept a connection longer than the minute for which a balancer does, and ends it at once', async () => {
    const server = await servers.start();
    const { port, hostname } = new URL(await server.listen());
    const balancer = connect(Number(port), hostname);
    const ended = once(balancer, 'close');
    balancer.write(`GET /healthz HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
    const [answer] = await once(balancer.setEncoding('utf8'), 'data');
    const [, kept] = /^keep-alive: timeout=(\d+)\r$/im.exec(answer) ?? [];
    expect(Number(kept)).toBeGreaterThan(60);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await Promise.all([server.close(), ended]);
  });
});
