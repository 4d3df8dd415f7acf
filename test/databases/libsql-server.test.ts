import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sqld } from '../../scripts/databases/engines.mjs';
import { makePlace } from '../../scripts/databases/place.mjs';
import { startDatabase } from '../../scripts/databases/start.mjs';
import { openDatabase, type Tables } from '../../server/database/open.js';
import { sqlState } from '../../server/database/sql-state.js';
import { StartError } from '../../server/index.js';
import { isConflict, isUnavailable } from '../../server/store-errors.js';
import { serversUnderTest, USER } from '../server/support/server.js';
import { overhear } from './support/overhear.js';

const place = makePlace();

afterAll(() => place.remove());

describe('what several write to one libsql server', { timeout: 30_000 }, () => {
  let server: Awaited<ReturnType<typeof startDatabase>>;
  let line: Awaited<ReturnType<typeof overhear>>;
  let one: Tables;
  let other: Tables;

  beforeAll(async () => {
    server = await startDatabase(sqld, place.folder('open'));
    line = await overhear(server.url);
    one = (await openDatabase(line.url)).tables;
    other = (await openDatabase(server.url)).tables;
    await sql`create table note (text text unique)`.execute(one);
  });
  afterAll(async () => {
    await one.destroy();
    await other.destroy();
    line.close();
    await server.stop();
  });

  const write = (to: Tables, text: string) => sql`insert into note values (${text})`.execute(to);
  const notes = async (from: Tables) =>
    (await sql<{ text: string }>`select text from note order by rowid`.execute(from)).rows.map(({ text }) => text);

  it('takes turns within a process, whatever the transactions wait for, and reading waits for none', async () => {
    let goOn = () => {};
    const wait = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = one.transaction().execute(async (transaction) => {
      await write(transaction, 'begins');
      begun();
      await wait;
      await write(transaction, 'ends');
    });
    await hasBegun;
    const before = line.asked();
    const after = [write(one, 'after'), one.transaction().execute((transaction) => write(transaction, 'last'))];
    expect(await notes(one)).toEqual([]);
    expect(line.asked()).toBe(before + 1);
    goOn();
    await Promise.all([slow, ...after]);
    expect(await notes(other)).toEqual(['begins', 'ends', 'after', 'last']);
  });

  /** What becomes of those who ask a server that says nothing, once the first of them has waited for long enough. */
  async function unheard(ask: () => Promise<unknown>[]) {
    const patience = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(patience.signal);
    line.beforeEach(() => new Promise(() => {}));
    const before = line.asked();
    const outcomes = Promise.allSettled(ask());
    await vi.waitFor(() => expect(line.asked()).toBeGreaterThan(before));
    patience.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    const refused = (await outcomes).map((outcome) => outcome.status === 'rejected' && isUnavailable(outcome.reason));
    timeout.mockRestore();
    line.beforeEach(async () => {});
    return { refused, asked: line.asked() - before };
  }

  it('does not wait in line for a server that says nothing: who heard nothing speaks for all who wait', async () => {
    const { refused, asked } = await unheard(() => [
      write(one, 'unheard'),
      write(one, 'behind'),
      one.transaction().execute((transaction) => write(transaction, 'last')),
    ]);
    expect([refused, asked]).toEqual([[true, true, true], 1]);
    await write(one, 'heard');
    expect(await notes(other)).toContain('heard');
  });

  it('tells whoever is to be counted behind one who heard nothing that it says nothing, at once', async () => {
    const names = ['id', 'key', 'count', 'endsAt'].map((name) => sql.id(name));
    await sql`create table ${sql.id('dengluRateWindow')} (${sql.join(names)}, unique (${names[1]}))`.execute(one);
    const state = sqlState({ tables: one, type: 'sqlite' });
    const { refused, asked } = await unheard(() =>
      ['a key', 'another', 'a key'].map((key) => Promise.resolve(state?.count(key, 1))),
    );
    expect([refused, asked]).toEqual([[true, true, true], 1]);
    expect(await state?.count('a key', 1)).toBeUndefined();
    expect(await state?.count('a key', 1)).toBeGreaterThan(0);
  });

  it('leaves nothing of a transaction that fails, and the next one works', async () => {
    const failing = one.transaction().execute(async (transaction) => {
      await write(transaction, 'lost');
      await write(transaction, 'lost');
    });
    await expect(failing).rejects.toThrow('UNIQUE');
    await one.transaction().execute((transaction) => write(transaction, 'kept'));
    expect(await notes(other)).toContain('kept');
    expect(await notes(other)).not.toContain('lost');
  });

  it('does not wait for ever for another process: its transaction is ended, and may be tried again', async () => {
    let stalled: unknown;
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    let goOn = () => {};
    const wait = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const ended = one
      .transaction()
      .execute(async (transaction) => {
        await write(transaction, 'stalled');
        begun();
        await wait;
        await write(transaction, 'too late');
      })
      .catch((error) => {
        stalled = error;
      });
    await hasBegun;
    await other.transaction().execute((transaction) => write(transaction, 'in time'));
    goOn();
    await ended;
    expect(isConflict(stalled)).toBe(true);
    await write(one, 'again');
    expect((await notes(other)).slice(-2)).toEqual(['in time', 'again']);
    expect(await notes(other)).not.toContain('stalled');
  });
});

it('a start that is too slow for another one is tried again, and makes all the tables', {
  timeout: 60_000,
}, async () => {
  const servers = await serversUnderTest();
  const server = await startDatabase(sqld, place.folder('slow'));
  const other = (await openDatabase(server.url)).tables;
  const line = await overhear(server.url);
  line.beforeEach(async (count) => {
    if (count === 12) await sql`create table of_another (text text)`.execute(other);
  });
  const mine = await servers.start({ databaseUrl: line.url });
  const { rows } = await sql`select * from of_another`.execute(other);
  expect(rows).toEqual([]);
  const { status } = await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-slow' }) }, mine);
  expect(status).toBe(200);
  await other.destroy();
  await servers.stop();
  line.close();
  await server.stop();
});

describe('a libsql server that wants a token', { timeout: 30_000 }, () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  let server: Awaited<ReturnType<typeof startDatabase>>;

  beforeAll(async () => {
    server = await startDatabase(
      {
        ...sqld,
        prepare(tool, folder, port) {
          const started = sqld.prepare(tool, folder, port);
          const file = join(folder, 'key.pem');
          writeFileSync(file, publicKey.export({ type: 'spki', format: 'pem' }));
          return { ...started, command: [...started.command, '--auth-jwt-key-file', file] };
        },
      },
      place.folder('closed'),
    );
  });
  afterAll(() => server.stop());

  function tokenBy(key: KeyObject): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'EdDSA', typ: 'JWT' })}.${part({ a: 'rw' })}`;
    return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
  }

  it('is given the one of the address, and serves', async () => {
    const databaseUrl = `${server.url}?authToken=${tokenBy(privateKey)}`;
    const servers = await serversUnderTest();
    const mine = await servers.start({ databaseUrl });
    const { token, user } = (await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-token' }) }, mine)).json;
    expect((await servers.ask(USER, { token }, mine)).json).toEqual({ user });
    await servers.stop();
  });

  it('refuses another one and none: no server starts, and what it says names no token', async () => {
    const token = tokenBy(generateKeyPairSync('ed25519').privateKey);
    for (const query of ['', `?authToken=${token}`]) {
      const refusal: unknown = await openDatabase(`${server.url}${query}`).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(StartError);
      expect(String(refusal)).toMatch(/DATABASE_URL cannot be opened: .+/);
      expect(String(refusal)).not.toContain(token);
    }
  });
});
