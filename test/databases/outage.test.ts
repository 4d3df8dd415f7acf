import { afterEach, describe, expect, it } from 'vitest';
import { mariadb, postgres, redis } from '../../scripts/databases/engines.mjs';
import { makePlace } from '../../scripts/databases/place.mjs';
import { startDatabase } from '../../scripts/databases/start.mjs';
import { createServer, type Server } from '../../server/index.js';
import { type Servers, SIGN_IN, serversUnderTest, toRequest, USER } from '../server/support/server.js';

const READY = '/readyz';

let place: ReturnType<typeof makePlace>;
let servers: Servers | undefined;
let server: Server | undefined;

afterEach(async () => {
  await server?.close();
  await servers?.stop();
  place.remove();
});

/** A server of its own whose database, or Redis, can be stopped and started again. */
async function onOwn(engine: typeof postgres, role: 'databaseUrl' | 'redisUrl') {
  place = makePlace();
  const store = await startDatabase(engine, place.folder(engine.debian));
  servers = await serversUnderTest();
  const { config, openApi, log, sms: _, ...rest } = servers;
  const started = await createServer({ ...config, [role]: store.url }, { fetch: openApi.fetch, log });
  server = started;
  const ask = async (path: string, question: Parameters<typeof toRequest>[1] = {}) =>
    rest.read(await started.fetch(toRequest(`http://127.0.0.1${path}`, question)));
  return { store, ask, signIn: (openid: string) => ask(SIGN_IN, { body: { code: openApi.codeFor({ openid }) } }) };
}

describe.each([
  ['PostgreSQL', postgres, 'databaseUrl'],
  ['MariaDB', mariadb, 'databaseUrl'],
  ['Redis', redis, 'redisUrl'],
] as const)('a server whose %s goes away and comes back', { timeout: 60_000 }, (_, engine, role) => {
  it('answers a clear 503 meanwhile, and serves as before afterwards, with all it had', async () => {
    const { store, ask, signIn } = await onOwn(engine, role);
    const { token, user } = (await signIn('o-before')).json;
    expect((await ask(READY)).status).toBe(200);

    await store.stop();
    for (const answer of [await signIn('o-meanwhile'), await ask(SIGN_IN, { body: {} })]) {
      expect([answer.status, answer.json]).toEqual([
        503,
        { code: 'STORE_UNAVAILABLE', message: expect.any(String), retryAfter: 1 },
      ]);
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    expect([(await ask(READY)).status, (await ask('/healthz')).status]).toEqual([503, 200]);

    await store.start();
    await expect.poll(async () => (await ask(READY)).status, { timeout: 20_000 }).toBe(200);
    expect((await ask(USER, { token })).json).toEqual({ user });
    const again = await signIn('o-before');
    expect([again.status, again.json.user.id]).toEqual([200, user.id]);
    await store.stop();
  });
});
