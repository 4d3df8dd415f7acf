import { MysqlDialect, type MysqlPool, type MysqlPoolConnection, type MysqlQueryResult } from 'kysely';
import type { OkPacket, Pool, PoolConnection, RowDataPacket } from 'mysql2';
import type { Opened } from './opened.js';

/** How long to wait for a connection, in milliseconds. */
const CONNECTING = 5000;

/** How long one statement may take, in milliseconds. */
const WORKING = 20_000;

/** Connections of one process. */
const CONNECTIONS = 10;

/**
 * What holds for each connection, before it is lent. Times are UTC on both ends. At its default level, MySQL locks the
 * gaps between rows as well, so that first sign-ins of different people end each other's transactions.
 */
const SETTINGS = ["SET time_zone = '+00:00'", 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'];

/**
 * MySQL from 8.0 and MariaDB from 10.10 through `mysql2`, which is loaded for the first connection.
 *
 * @param isPatient whether statements may take as long as they will
 */
export function mysql(url: string, isPatient: boolean): Opened {
  const openPool = async () => {
    const { createPool } = await import('mysql2');
    const pool = createPool({
      uri: url,
      timezone: 'Z',
      charset: 'utf8mb4',
      connectionLimit: CONNECTIONS,
      connectTimeout: CONNECTING,
      enableKeepAlive: true,
    });
    pool.on('connection', (connection) => {
      // Statements of one connection run in order; one that fails leaves the connection broken, and the next one says so.
      for (const setting of SETTINGS) connection.query(setting, () => {});
      connection.on('error', () => {});
    });
    return isPatient ? pool : inTime(pool);
  };
  return { type: 'mysql', dialect: new MysqlDialect({ pool: openPool }) };
}

/** By itself, `mysql2` waits without end for a database that is gone without a word. */
function inTime(pool: Pool): MysqlPool {
  return {
    getConnection: (done) =>
      pool.getConnection((error, connection) => done(error, connection && onConnection(connection))),
    end: (done) => pool.end(done),
  };
}

function onConnection(connection: PoolConnection): MysqlPoolConnection {
  type Done = (error: unknown, result: MysqlQueryResult) => void;
  function query(sql: string, values: unknown[]): ReturnType<PoolConnection['query']>;
  function query(sql: string, values: unknown[], done: Done): void;
  function query(sql: string, values: unknown[], done?: Done) {
    const statement = { sql, values, timeout: WORKING };
    if (!done) return connection.query(statement);
    return connection.query<RowDataPacket[] | OkPacket>(statement, (error, result) => {
      // What waits behind it would never begin.
      if (error?.code === 'PROTOCOL_SEQUENCE_TIMEOUT') connection.destroy();
      done(error, result);
    });
  }
  return { query, release: () => connection.release() };
}
