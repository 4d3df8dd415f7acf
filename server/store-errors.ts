import { Refusal } from './errors.js';

/** What drivers call it when the database cannot be reached, is going down or coming up, or has no connection left. */
const CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_CONNECTION_KILLED',
  'ER_NORMAL_SHUTDOWN',
  // Who asks is let in no more: MySQL.
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR',
  'ER_HOST_IS_BLOCKED',
  'ER_HOST_NOT_PRIVILEGED',
  'ER_ACCOUNT_HAS_BEEN_LOCKED',
  // The same of PostgreSQL: it takes no connections, there is no such database, role or password.
  '55000',
  '3D000',
  '28000',
  '28P01',
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
  // It became a replica: MySQL, PostgreSQL.
  'ER_OPTION_PREVENTS_STATEMENT',
  '25006',
  // undici, which libsql's client sends with: an answer was cut off; there was no connection in time; a proof ran out.
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'HRANA_WEBSOCKET_ERROR',
  'HRANA_CLOSED_ERROR',
  // PostgreSQL: a statement took too long.
  '57014',
]);

/**
 * What such codes begin with: PostgreSQL's of connections, of want of room, memory or connections, of shutting down or coming
 * up, and of its system; libsql's of a full, broken, write-protected or missing file.
 */
const BEGINNINGS = ['08', '53', '57P', '58', 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'];

/** What `pg`, mysql2, ioredis, libsql and its client say without a code. */
const MESSAGES =
  /Connection terminated|Unable to open connection|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|not queryable|Can't add new command when connection is in closed state|fetch failed|Pool is closed|Stream isn't writeable|Connection is closed|Command timed out|max retries per request|Server returned HTTP status (?:40[134]|429|5\d\d)|aborted due to timeout|^(?:READONLY|LOADING|MASTERDOWN|OOM|MISCONF|NOREPLICAS|NOAUTH|WRONGPASS|CLUSTERDOWN|TRYAGAIN|BUSY)\b/;

/** What databases call a transaction that they ended for another one's sake: it may be tried again. */
const CONFLICTS = new Set([
  '40001',
  '40P01',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
  'SQLITE_BUSY',
  // libsql over the network: another one waited for five seconds, or the server was started again.
  'TRANSACTION_TIMEOUT',
  'STREAM_EXPIRED',
]);

/** Whether the database is out of reach, rather than unwilling. */
export function isUnavailable(error: unknown): boolean {
  return someCause(
    error,
    ({ code, message }) => (code !== undefined && isCodeOfAbsence(code)) || MESSAGES.test(message),
  );
}

function isCodeOfAbsence(code: string): boolean {
  return CODES.has(code) || BEGINNINGS.some((beginning) => code.startsWith(beginning));
}

/** Whether the database ended a transaction that may succeed at another time. */
export function isConflict(error: unknown): boolean {
  return someCause(error, ({ code }) => code !== undefined && CONFLICTS.has(code));
}

interface Told {
  code: string | undefined;
  message: string;
}

function someCause(error: unknown, is: (told: Told) => boolean): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (is({ code, message: error.message })) return true;
  const causes = [error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  return causes.some((cause) => someCause(cause, is));
}

/** How soon a client may try again what failed for want of a database, in seconds. */
const SOON = 1;

/** What a client is told where the database is out of reach, or was in demand for too long, if that is why something failed. */
export function storeRefusal(error: unknown): Refusal | undefined {
  return isUnavailable(error) || isConflict(error)
    ? new Refusal('STORE_UNAVAILABLE', { retryAfter: SOON, cause: error })
    : undefined;
}
