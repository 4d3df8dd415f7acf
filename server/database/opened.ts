import type { Dialect } from 'kysely';

/** What better-auth calls the kinds of databases. */
export type DatabaseType = 'sqlite' | 'postgres' | 'mysql';

/** How to speak to one database. */
export interface Opened {
  type: DatabaseType;
  dialect: Dialect;
}
