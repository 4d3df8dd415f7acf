import { basename, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { both } from '../start-error.js';

/** What the address of a database must be. */
export const DATABASE_ADDRESS = both(
  'must be the absolute file: address of a file, like file:///var/lib/denglu.db, or the address of a database, like postgres://user:password@host/denglu, mysql://user:password@host/denglu or libsql://host',
  '必须是文件的绝对 file: 地址,如 file:///var/lib/denglu.db,或数据库的地址,如 postgres://user:password@host/denglu、mysql://user:password@host/denglu 或 libsql://host',
);

/** Where a database is, by what speaks to it. */
export type DatabaseAddress =
  | { engine: 'libsql-file'; path: string }
  | { engine: 'libsql' | 'postgres' | 'mysql'; url: string };

/** Reads the address of a database; `undefined` where it is none that always means the same. */
export function databaseAddress(url: string): DatabaseAddress | undefined {
  const path = databasePath(url);
  if (path !== undefined) return { engine: 'libsql-file', path };
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, pathname } = new URL(url);
  const engine = engines[protocol];
  if (!engine || !hostname) return undefined;
  if (engine === 'libsql') return { engine, url };
  const hasName = /^\/[^/]+$/.test(pathname);
  return hasName ? { engine, url: url.replace(/^mariadb:/i, 'mysql:') } : undefined;
}

const engines: Readonly<Record<string, 'libsql' | 'postgres' | 'mysql'>> = {
  'libsql:': 'libsql',
  'http:': 'libsql',
  'https:': 'libsql',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
};

/**
 * The file that a `file:` address names, if it is one that always means the same: what is relative depends on where the
 * server was started, and what asks for memory, or for anything else after a `?`, would end as a file of that name.
 */
export function databasePath(url: string): string | undefined {
  if (!/^file:\/[^?#]*$/i.test(url)) return undefined;
  try {
    const path = fileURLToPath(url);
    const isFile = !path.endsWith(sep) && !path.includes('\0') && basename(path) !== ':memory:';
    return isFile ? path : undefined;
  } catch {
    return undefined;
  }
}
