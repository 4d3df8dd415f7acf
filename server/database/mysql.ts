import { MysqlDialect } from 'kysely';
import { createPool } from 'mysql2';
import type { Opened } from './opened.js';

/** How long to wait for a connection, in milliseconds. */
const CONNECTING = 5000;

/** Connections of one process. */
const CONNECTIONS = 10;

/**
 * What holds for each connection, before it is lent. Times are UTC on both ends. At its default level, MySQL locks the
 * gaps between rows as well, so that first sign-ins of different people end each other's transactions.
 */
const SETTINGS = ["SET time_zone = '+00:00'", 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'];

/** MySQL from 8.0 and MariaDB from 10.10 through `mysql2`. */
export function mysql(url: string): Opened {
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
  return { type: 'mysql', dialect: new MysqlDialect({ pool }) };
}
