import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import type { BetterAuthOptions } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { Kysely, sql } from 'kysely';
import { StartError } from '../start-error.js';
import { DATABASE_ADDRESS, databasePath } from './address.js';
import { libsqlDialect } from './libsql.js';

/** Tables are known to better-auth only. */
export type Database = Kysely<unknown>;

/**
 * Opens the database, and makes its folder and file where they are missing.
 *
 * @param url an absolute `file:` address
 * @throws StartError where that cannot be
 */
export async function openDatabase(url: string): Promise<Database> {
  const path = databasePath(url);
  if (path === undefined) throw new StartError(`DATABASE_URL ${DATABASE_ADDRESS}`);
  try {
    makeFolder(dirname(path));
    const client = createClient({ url: pathToFileURL(path).href, concurrency: 1 });
    const database: Database = new Kysely({ dialect: libsqlDialect(client) });
    await checkDatabase(database);
    return database;
  } catch (error) {
    throw new StartError(`DATABASE_URL cannot be opened: ${error instanceof Error ? error.message : 'unknown reason'}`);
  }
}

/** Node's own `recursive` tries without end where the parent takes no folders, as `/proc` does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it just now.
    if (!existsSync(folder)) throw error;
  }
}

/** @throws where the database does not answer */
export async function checkDatabase(database: Database): Promise<void> {
  await sql`select 1`.execute(database);
}

/**
 * Brings the tables up to what the options need: all of it or nothing, and one process after the other.
 *
 * @param optionsFor better-auth's options over a database, here one inside a transaction
 */
export async function migrate(
  database: Database,
  optionsFor: (database: Database) => BetterAuthOptions,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { runMigrations } = await getMigrations(optionsFor(transaction));
    await runMigrations();
  });
}
