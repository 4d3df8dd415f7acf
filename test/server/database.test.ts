import { chmodSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DATABASE_ADDRESS } from '../../server/database/address.js';
import { openDatabase, type Tables } from '../../server/database/open.js';
import { cannotStart } from '../../server/start-error.js';
import { isUnavailable } from '../../server/store-errors.js';
import { temporaryDatabase } from './support/server.js';

const file = temporaryDatabase();
let database: Tables;

beforeEach(async () => {
  database = (await openDatabase(file.url)).tables;
  await sql`create table note (text text unique)`.execute(database);
});
afterEach(async () => {
  vi.useRealTimers();
  await sql`drop table note`.execute(database);
  await database.destroy();
});
afterAll(file.remove);

const write = (to: Tables, text: string) => sql`insert into note values (${text})`.execute(to);

async function notes(from: Tables = database): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`select text from note order by rowid`.execute(from);
  return rows.map(({ text }) => text);
}

/** Lets everything happen that is waiting for a turn. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('transactions on one connection', () => {
  it('take turns with each other and with single statements, whatever they wait for', async () => {
    const slow = (name: string) =>
      database.transaction().execute(async (transaction) => {
        await write(transaction, `${name} begins`);
        await turn();
        const seen = await notes(transaction);
        await write(transaction, `${name} ends`);
        return seen.at(-1);
      });
    const [first, , second] = await Promise.all([slow('one'), write(database, 'between'), slow('two')]);
    expect([first, second]).toEqual(['one begins', 'two begins']);
    expect(await notes()).toEqual(['one begins', 'one ends', 'between', 'two begins', 'two ends']);
  });

  it('leave nothing behind when they fail, and the next one works', async () => {
    const failing = database.transaction().execute(async (transaction) => {
      await write(transaction, 'lost');
      await turn();
      await write(transaction, 'lost');
    });
    await expect(failing).rejects.toThrow('UNIQUE');
    await database.transaction().execute((transaction) => write(transaction, 'kept'));
    expect(await notes()).toEqual(['kept']);
  });
});

it('lets sockets and timers have their turn while many wait for the connection', async () => {
  let written = 0;
  const all = Array.from({ length: 100 }, async (_, index) => {
    await (index % 2
      ? write(database, `single ${index}`)
      : database.transaction().execute((transaction) => write(transaction, `together ${index}`)));
    written += 1;
  });
  for (let turns = 0; turns < 3; turns += 1) await turn();
  expect(written).toBeLessThan(10);
  await Promise.all(all);
  expect(written).toBe(100);
});

describe('a file that another process writes', () => {
  it('is waited for without stopping everybody else, and can be written afterwards', async () => {
    const other = createClient({ url: file.url });
    const theirs = await other.transaction('write');
    await theirs.execute("insert into note values ('theirs')");
    const ours = Promise.all([
      write(database, 'single'),
      database.transaction().execute((transaction) => write(transaction, 'ours')),
    ]);
    for (let turns = 0; turns < 20; turns += 1) await turn();
    await theirs.commit();
    other.close();
    await ours;
    expect(await notes()).toEqual(['theirs', 'single', 'ours']);
    const { rows } = await sql`pragma synchronous`.execute(database);
    expect(rows).toEqual([{ synchronous: 1 }]);
  });

  it('is read as it is, though the same was asked before they changed its columns', async () => {
    await write(database, 'ours');
    const ask = async () => (await sql`select * from note`.execute(database)).rows;
    expect(await ask()).toEqual([{ text: 'ours' }]);
    const other = createClient({ url: file.url });
    await other.execute("alter table note add column language text default 'zh'");
    other.close();
    expect(await ask()).toEqual([{ text: 'ours', language: 'zh' }]);
  });

  it('is given up on after ten seconds, and can be written afterwards', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const other = createClient({ url: file.url });
    const theirs = await other.transaction('write');
    const ours = write(database, 'too late').catch((error) => error);
    await turn();
    vi.setSystemTime(Date.now() + 10_001);
    const failure = await ours;
    expect([failure.cause?.code, isUnavailable(failure)]).toEqual(['SQLITE_BUSY', true]);
    await theirs.rollback();
    other.close();
    await database.transaction().execute((transaction) => write(transaction, 'in time'));
    expect(await notes()).toEqual(['in time']);
  });
});

it('is waited for in line for half a minute, and no longer', async () => {
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  const first = database.transaction().execute(() => held);
  await turn();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const early = write(database, 'too late').catch((error) => error);
  await vi.advanceTimersByTimeAsync(29_999);
  const late = write(database, 'in time');
  await vi.advanceTimersByTimeAsync(1);
  const failure = await early;
  expect([failure.code, isUnavailable(failure)]).toEqual(['ETIMEDOUT', true]);
  end();
  await Promise.all([first, late]);
  expect(await notes()).toEqual(['in time']);
});

it('is opened again by whoever comes next, where that failed before', async () => {
  const other = createClient({ url: file.url });
  const theirs = await other.transaction('write');
  renameSync(file.folder, `${file.folder}-away`);
  for (const text of ['lost', 'lost, too']) {
    const failure: unknown = await write(database, text).catch((error: unknown) => error);
    expect([String(failure), isUnavailable(failure)]).toEqual([expect.stringContaining('Unable to open'), true]);
  }
  renameSync(`${file.folder}-away`, file.folder);
  await theirs.rollback();
  other.close();
  await write(database, 'kept');
  expect(await notes()).toEqual(['kept']);
});

it('does the same again after a failure, as often as it is asked', async () => {
  await write(database, 'once');
  for (let times = 0; times < 3; times += 1) {
    await expect(write(database, 'once')).rejects.toThrow('UNIQUE');
    await database.transaction().execute((transaction) => write(transaction, `again ${times}`));
  }
  expect(await notes()).toEqual(['once', 'again 0', 'again 1', 'again 2']);
});

it('knows more different statements than it keeps ready', async () => {
  await write(database, 'here');
  const times = Array.from({ length: 600 }, (_, index) => index % 300);
  for (const index of times) {
    const { rows } = await sql`select text as ${sql.id(`name${index}`)} from note`.execute(database);
    expect(rows).toEqual([{ [`name${index}`]: 'here' }]);
  }
});

it('refers to rows that are there only', async () => {
  await sql`create table remark (note text references note (text))`.execute(database);
  await expect(sql`insert into remark values ('no such note')`.execute(database)).rejects.toThrow('FOREIGN KEY');
  await sql`drop table remark`.execute(database);
});

it.each(['file::memory:', 'file:odd.db', ':memory:', 'odd.db'])(
  'is not opened at %s: nothing is written',
  async (url) => {
    await expect(openDatabase(url)).rejects.toThrow(cannotStart([['DATABASE_URL', DATABASE_ADDRESS]]));
    expect(readdirSync('.')).not.toContain(url.replace('file:', ''));
  },
);

it('makes its file for its owner only, and what SQLite keeps beside it; one that is there is left as it is (G-23)', async () => {
  const { url, folder, remove } = temporaryDatabase();
  const modes = () =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]));
  const first = await openDatabase(url);
  await sql`create table a (id integer)`.execute(first.tables);
  expect(modes()).toEqual({ 'auth.db': 0o600, 'auth.db-shm': 0o600, 'auth.db-wal': 0o600 });
  await first.tables.destroy();
  chmodSync(join(folder, 'auth.db'), 0o640);
  const again = await openDatabase(url);
  expect((await sql`select id from a`.execute(again.tables)).rows).toEqual([]);
  expect(modes()).toMatchObject({ 'auth.db': 0o640 });
  await again.tables.destroy();
  remove();
});
