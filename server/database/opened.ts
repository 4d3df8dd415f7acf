import type { Dialect } from 'kysely';

/** What better-auth calls the kinds of databases. */
export type DatabaseType = 'sqlite' | 'postgres' | 'mysql';

/**
 * What a database is spoken to for: to answer requests, to change its tables, which may take as long as it will, or to ask
 * how it is, which waits for nobody.
 */
export type Use = 'requests' | 'changes' | 'health';

/** How long the answer to how a database is may take, in milliseconds: less than Kubernetes waits for that of a server. */
export const HEALTH = 2500;

/**
 * How long a request waits until a connection is free, in milliseconds. A rush of sign-ins waits as well, and it shall not be
 * turned away for that.
 */
export const WAITING = 30_000;

/** How to speak to one database. */
export interface Opened {
  type: DatabaseType;
  dialect: Dialect;
}
