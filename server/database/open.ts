import { accessSync, closeSync, constants, existsSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, sql } from 'kysely';
import { makeFolder } from '../make-folder.js';
import { reasonOf } from '../reason.js';
import { cannotStart, StartError } from '../start-error.js';
import { DATABASE_ADDRESS, type DatabaseAddress, databaseAddress } from './address.js';
import { libsqlDialect } from './libsql.js';
import { libsqlOverNetwork } from './libsql-over-network.js';
import { mysql } from './mysql.js';
import type { DatabaseType, Opened, Use } from './opened.js';
import { postgres } from './postgres.js';
import { preparedFile } from './prepared-file.js';
import { traceStatement } from './trace.js';

/** Tables are known to better-auth only. */
export type Tables = Kysely<unknown>;

/** An open database. */
export interface Database {
  tables: Tables;
  type: DatabaseType;
}

/**
 * Opens the database. Where it is a file, makes its folder and itself where they are missing.
 *
 * @param url an absolute `file:` address, or one that begins with `postgres:`, `mysql:`, `mariadb:` or `libsql:`
 * @throws StartError where that cannot be
 */
export async function openDatabase(url: string, use: Use = 'requests'): Promise<Database> {
  const address = addressOf(url);
  let tables: Tables | undefined;
  try {
    const { type, dialect } = speakTo(address, use);
    tables = new Kysely({ dialect, log: traceStatement(type) });
    await sql`select 1`.execute(tables);
    return { type, tables };
  } catch (error) {
    // Of what did not open, nothing is lost if it does not close either.
    await tables?.destroy().catch(() => {});
    const why = reasonOf(error);
    throw new StartError(`DATABASE_URL cannot be opened: ${why}`, `无法打开 DATABASE_URL:${why}`);
  }
}

/**
 * How to speak to a database, before anything was said to it.
 *
 * @throws StartError where the address is none
 */
export const dialectOf = (url: string): Opened => speakTo(addressOf(url), 'requests');

const onNetwork = { postgres, mysql, libsql: libsqlOverNetwork };

function addressOf(url: string): DatabaseAddress {
  const address = databaseAddress(url);
  if (address === undefined) throw cannotStart([['DATABASE_URL', DATABASE_ADDRESS]]);
  return address;
}

function speakTo(address: DatabaseAddress, use: Use): Opened {
  if ('url' in address) return onNetwork[address.engine](address.url, use);
  makeFolder(dirname(address.path));
  makeFile(address.path);
  return { type: 'sqlite', dialect: libsqlDialect(preparedFile(address.path)) };
}

/**
 * Makes an empty file that only its owner may read, where there is none: it will hold accounts of the host and numbers. What
 * SQLite keeps beside it gets the rights of the file itself.
 *
 * One that is there is never opened: closing it would end every lock that this process has on it, and the next process to
 * leave would take the newest writes for its own to remove (https://www.sqlite.org/howtocorrupt.html).
 *
 * @throws Error where there is a folder, or what may not be written to
 */
function makeFile(path: string): void {
  if (existsSync(path)) {
    accessSync(path, constants.R_OK | constants.W_OK);
    if (statSync(path).isDirectory()) throw new Error(`EISDIR: ${path} is a folder`);
    return;
  }
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    // Another process may have made it just now.
    if (!existsSync(path)) throw error;
  }
}
