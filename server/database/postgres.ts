import { PostgresDialect } from 'kysely';
import type { PoolConfig } from 'pg';
import { HEALTH, type Opened, type Use, WAITING } from './opened.js';

/** How long one statement may take on the server, and how much longer its answer, in milliseconds. */
const WORKING = 15_000;
const ANSWERING = 5000;

/** Connections of one process. PostgreSQL allows a hundred in all, unless it was told otherwise. */
const CONNECTIONS = 10;

const LIMITS: Readonly<Record<Use, PoolConfig>> = {
  // The server ends what takes too long; where it is gone without a word, this end does.
  requests: {
    max: CONNECTIONS,
    connectionTimeoutMillis: WAITING,
    statement_timeout: WORKING,
    query_timeout: WORKING + ANSWERING,
  },
  changes: { max: CONNECTIONS, connectionTimeoutMillis: WAITING },
  health: { max: 1, connectionTimeoutMillis: HEALTH, query_timeout: HEALTH, idleTimeoutMillis: 0 },
};

/** PostgreSQL through `pg`, which is loaded for the first connection. */
export function postgres(url: string, use: Use): Opened {
  const openPool = async () => {
    const { default: pg } = await import('pg');
    const pool = new pg.Pool({
      connectionString: url,
      ...LIMITS[use],
      keepAlive: true,
    });
    // A connection that breaks would end the process, as it is or while it is lent and nothing is asked of it. The pool opens
    // another one when it is asked, and whoever has it is told by the next statement.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    // Whoever gave up waiting for a statement gives its connection back in the middle of it, and of its transaction, which
    // the next one would commit.
    pool.on('release', (_, client) => {
      if ('readyForQuery' in client && !client.readyForQuery) void client.end();
    });
    return pool;
  };
  return { type: 'postgres', dialect: new PostgresDialect({ pool: openPool }) };
}
