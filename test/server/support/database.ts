import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CompiledQuery, sql } from 'kysely';
import { sqld } from '../../../scripts/databases/engines.mjs';
import { makePlace } from '../../../scripts/databases/place.mjs';
import { startDatabase } from '../../../scripts/databases/start.mjs';
import { type Database, openDatabase } from '../../../server/database/open.js';
import type { DatabaseType } from '../../../server/database/opened.js';

/** The engine that this run is for, if it is not the embedded one, and a database of it that may make others. */
const { TEST_ENGINE, TEST_DATABASE_URL } = process.env;

/** What may be written into a statement of a test. */
export type Value = string | number | boolean | Date;

/** A folder for one test file's databases, as a `file:` address of a database in it. */
export function temporaryDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'denglu-server-'));
  return {
    url: pathToFileURL(join(folder, 'auth.db')).href,
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A new database of the kind that this run is for, beside a folder for files. */
export async function newDatabase() {
  if (TEST_ENGINE === sqld.name) return newLibsqlServer();
  const file = temporaryDatabase();
  if (TEST_DATABASE_URL === undefined) return { ...file, remove: async () => file.remove() };
  const name = `denglu_${randomBytes(8).toString('hex')}`;
  const url = new URL(TEST_DATABASE_URL);
  url.pathname = `/${name}`;
  await beside(({ tables }) => sql`create database ${sql.id(name)}`.execute(tables));
  return {
    url: url.href,
    folder: file.folder,
    async remove(): Promise<void> {
      const force = sql.raw(url.protocol.startsWith('postgres') ? ' with (force)' : '');
      await beside(({ tables }) => sql`drop database ${sql.id(name)}${force}`.execute(tables));
      file.remove();
    },
  };
}

/** A libsql server is one database. */
async function newLibsqlServer() {
  const place = makePlace();
  const server = await startDatabase(sqld, place.folder(sqld.name));
  return {
    url: server.url,
    folder: place.folder('files'),
    async remove(): Promise<void> {
      await server.stop();
      place.remove();
    },
  };
}

async function beside(work: (database: Database) => Promise<unknown>): Promise<void> {
  const database = await openDatabase(TEST_DATABASE_URL ?? '');
  await work(database);
  await database.tables.destroy();
}

/**
 * The rows that a statement answers. It is written as for SQLite: names as they are, and `?` for each value.
 */
export async function rowsOf(
  { tables, type }: Database,
  statement: string,
  values: readonly Value[] = [],
): Promise<Record<string, unknown>[]> {
  const query = CompiledQuery.raw(
    inDialect(statement, type),
    values.map((value) => inColumn(value, type)),
  );
  const { rows } = await tables.executeQuery<Record<string, unknown>>(query);
  return rows;
}

const QUOTES: Record<DatabaseType, string> = { sqlite: '"', postgres: '"', mysql: '`' };

/** Names of several words and those that some database has for itself are quoted. */
function inDialect(statement: string, type: DatabaseType): string {
  const quote = QUOTES[type];
  const quoted = statement.replace(/\b(user|key|[a-z]+[A-Z]\w*)\b/g, `${quote}$1${quote}`);
  if (type !== 'postgres') return quoted;
  let count = 0;
  return quoted.replace(/\?/g, () => {
    count += 1;
    return `$${count}`;
  });
}

function inColumn(value: Value, type: DatabaseType): Value {
  if (type !== 'sqlite') return value;
  if (typeof value === 'boolean') return Number(value);
  return value instanceof Date ? value.toISOString() : value;
}
