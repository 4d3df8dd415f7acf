import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { mariadb, postgres } from '../../scripts/databases/engines.mjs';
import { migrate } from '../../server/database/migrate.js';
import { type Database, openDatabase } from '../../server/database/open.js';
import { StartError } from '../../server/start-error.js';
import { fakeOpenApi } from '../server/support/open-api.js';
import { processesOfEachTest, settings } from '../server/support/process.js';
import { newDatabase } from '../server/support/server.js';

const { TEST_ENGINE, TEST_DATABASE_URL = '' } = process.env;
const processes = processesOfEachTest();

/** How each engine lets somebody in who may make no tables, and what it then says. */
const ENGINES = [
  {
    engine: postgres.name,
    grants: (role: string) => [`create role ${role} login`, 'revoke create on schema public from public'],
    end: (role: string) => `drop role ${role}`,
    refusal: /permission denied/,
    lock: sql`select pg_advisory_lock(7310584602918457)`,
  },
  {
    engine: mariadb.name,
    grants: (role: string, database: string) => [
      `create user ${role}@'%'`,
      `grant select, insert, update, delete, create on ${database}.* to ${role}@'%'`,
    ],
    end: (role: string) => `drop user ${role}@'%'`,
    refusal: /denied/,
    lock: sql`select get_lock(concat('denglu ', left(sha1(database()), 40)), 1)`,
  },
];

async function using<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.tables.destroy();
  }
}

for (const { engine, grants, end, refusal, lock } of ENGINES.filter(({ engine }) => engine === TEST_ENGINE)) {
  it(`a server that may make no tables on ${engine} ends with 1, and names DATABASE_URL and the reason, without a stack`, async () => {
    const openApi = await fakeOpenApi().listen();
    onTestFinished(() => void openApi.close());
    const file = await newDatabase();
    const role = `guest_${randomBytes(6).toString('hex')}`;
    const url = new URL(file.url);
    onTestFinished(async () => {
      await file.remove();
      await using(TEST_DATABASE_URL, ({ tables }) => sql.raw(end(role)).execute(tables));
    });
    await using(file.url, async ({ tables }) => {
      for (const grant of grants(role, url.pathname.slice(1))) await sql.raw(grant).execute(tables);
    });
    url.username = role;
    url.password = '';
    const variables = { ...settings(url.href, openApi.url), DATA_FOLDER: file.folder };
    const { code, errors } = await processes.start(variables).ended();
    expect(code).toBe(1);
    const lines = errors.trim().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^The tables of DATABASE_URL cannot be brought up to date: .+$/),
      expect.stringMatching(/^无法更新 DATABASE_URL 的表:.+$/),
    ]);
    expect(lines[0]).toMatch(refusal);
  }, 60_000);

  it(`a server on ${engine} that waits too long for another one to bring the tables up to date does not start`, async () => {
    const file = await newDatabase();
    onTestFinished(() => file.remove());
    await using(file.url, ({ tables }) =>
      tables.connection().execute(async (other) => {
        await lock.execute(other);
        const waiting = migrate(file.url, () => ({}), 1);
        await expect(waiting).rejects.toThrow(StartError);
        await expect(waiting).rejects.toThrow(/^Another server has been .+ for 1 seconds/);
      }),
    );
  }, 60_000);
}

it.each(['postgres://127.0.0.1:1/denglu', 'mysql://localhost:1/denglu', 'http://localhost:2'])(
  'a database where nothing listens is told with the cause: %s',
  async (url) => {
    await expect(openDatabase(url)).rejects.toThrow(StartError);
    await expect(openDatabase(url)).rejects.toThrow(/^DATABASE_URL cannot be opened: .*ECONNREFUSED/);
  },
);
