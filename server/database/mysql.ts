import { MysqlDialect, type MysqlPool, type MysqlPoolConnection, type MysqlQueryResult } from 'kysely';
import type { OkPacket, Pool, PoolConnection, PoolOptions, RowDataPacket } from 'mysql2';
import { HEALTH, type Opened, type Use, WAITING } from './opened.js';

/** How long it may take to open a connection, in milliseconds. */
const CONNECTING = 5000;

/** How long one statement may take, in milliseconds. */
const WORKING = 20_000;

/** Connections of one process. */
const CONNECTIONS = 10;

const LIMITS: Readonly<Record<Use, PoolOptions>> = {
  requests: { connectionLimit: CONNECTIONS, connectTimeout: CONNECTING },
  changes: { connectionLimit: CONNECTIONS, connectTimeout: CONNECTING },
  health: { connectionLimit: 1, connectTimeout: HEALTH },
};

/**
 * What holds for each connection, before it is lent. Times are UTC on both ends. At its default level, MySQL locks the
 * gaps between rows as well, so that first sign-ins of different people end each other's transactions.
 */
const SETTINGS = ["SET time_zone = '+00:00'", 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'];

/** MySQL from 8.0 and MariaDB from 10.10 through `mysql2`, which is loaded for the first connection. */
export function mysql(url: string, use: Use): Opened {
  const openPool = async () => {
    const { createPool } = await import('mysql2');
    const pool = createPool({
      uri: url,
      timezone: 'Z',
      charset: 'utf8mb4',
      ...LIMITS[use],
      enableKeepAlive: true,
    });
    pool.on('connection', (connection) => {
      // Statements of one connection run in order; one that fails leaves the connection broken, and the next one says so.
      // One that is never answered would keep the next from beginning, and so from being timed: health does without.
      if (use !== 'health') for (const setting of SETTINGS) connection.query(setting, () => {});
      connection.on('error', () => {});
    });
    return use === 'changes' ? pool : inTime(pool, use === 'health' ? HEALTH : WORKING);
  };
  return { type: 'mysql', dialect: new MysqlDialect({ pool: openPool }) };
}

/** By itself, `mysql2` waits without end for a database that is gone without a word, and for a connection. */
function inTime(pool: Pool, timeout: number): MysqlPool {
  return {
    getConnection(done) {
      let isTooLate = false;
      const timer = setTimeout(() => {
        isTooLate = true;
        const error = Object.assign(new Error('There was no connection in time'), { code: 'ETIMEDOUT' });
        // No connection goes with an error, though the type wants one.
        Reflect.apply(done, undefined, [error]);
      }, WAITING);
      pool.getConnection((error, connection) => {
        clearTimeout(timer);
        if (isTooLate) connection?.release();
        else done(error, connection && onConnection(connection, timeout));
      });
    },
    end: (done) => pool.end(done),
  };
}

function onConnection(connection: PoolConnection, timeout: number): MysqlPoolConnection {
  type Done = (error: unknown, result: MysqlQueryResult) => void;
  function query(sql: string, values: unknown[]): ReturnType<PoolConnection['query']>;
  function query(sql: string, values: unknown[], done: Done): void;
  function query(sql: string, values: unknown[], done?: Done) {
    const statement = { sql, values, timeout };
    if (!done) return connection.query(statement);
    return connection.query<RowDataPacket[] | OkPacket>(statement, (error, result) => {
      // What waits behind it would never begin.
      if (error?.code === 'PROTOCOL_SEQUENCE_TIMEOUT') connection.destroy();
      done(error, result);
    });
  }
  return { query, release: () => connection.release() };
}
