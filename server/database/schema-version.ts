import { sql } from 'kysely';
import { StartError } from '../start-error.js';
import type { Tables } from './open.js';

/** What the tables of this server are. It goes up by one whenever they change so that an older server would do harm. */
export const SCHEMA_VERSION = 1;

/** The tables were changed by a newer server, which an older one could only harm. */
export class NewerDatabaseError extends StartError {
  /** What the tables are. */
  readonly databaseVersion: number;
  /** What this server knows. */
  readonly serverVersion = SCHEMA_VERSION;

  constructor(databaseVersion: number) {
    super(
      `The database is newer than this server: its tables are version ${databaseVersion}, and this server knows version ${SCHEMA_VERSION}. Start a newer server.`,
      `数据库比此服务器新:表的版本是 ${databaseVersion},此服务器只认识版本 ${SCHEMA_VERSION}。请启动更新的服务器。`,
    );
    this.name = 'NewerDatabaseError';
    this.databaseVersion = databaseVersion;
  }
}

const TABLE = sql.table('dengluSchemaVersion');
const KEY = 'denglu';

/**
 * Refuses tables that a newer server has changed, inside the lock that migrations are made under.
 *
 * @throws NewerDatabaseError
 */
export async function refuseNewerTables(tables: Tables): Promise<void> {
  await sql`create table if not exists ${TABLE} (name varchar(32) primary key, version integer not null)`.execute(
    tables,
  );
  const { rows } = await sql<{ version: number }>`select version from ${TABLE} where name = ${KEY}`.execute(tables);
  const version = Number(rows[0]?.version ?? 0);
  if (version > SCHEMA_VERSION) throw new NewerDatabaseError(version);
}

/** Writes down what the tables are now, inside the same lock. */
export async function writeSchemaVersion(tables: Tables): Promise<void> {
  await sql`delete from ${TABLE} where name = ${KEY}`.execute(tables);
  await sql`insert into ${TABLE} (name, version) values (${KEY}, ${SCHEMA_VERSION})`.execute(tables);
}
