import { type InStatement, type InValue, LibsqlError } from '@libsql/client';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { WAITING } from './opened.js';
import { sqliteDialect } from './sqlite-dialect.js';
import { type GiveBack, TooBusy, takeTurns } from './turns.js';

/** What a statement came to. */
export interface Told {
  readonly rows: readonly object[];
  readonly rowsAffected: number;
}

interface Teller {
  execute(statement: InStatement): Promise<Told>;
}

interface Transaction extends Teller {
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** What of `@libsql/client`'s client is used. */
export interface FileClient extends Teller {
  transaction(mode: 'write'): Promise<Transaction>;
  reconnect(): void;
  close(): void;
}

/**
 * Kysely over one libsql file.
 *
 * libsql's file client blocks the thread while it works, so waiting for a lock inside it would stop whoever holds the
 * lock, too. All waiting is therefore done here: within the process by one connection that is lent in turn, between
 * processes by trying again. Between two borrowers the event loop turns, or else everybody who waits would be served
 * before any socket is read or written: with many at once, calls to the host ran out of time unsent.
 *
 * @param client a client of a `file:` address, of concurrency 1
 */
export function libsqlDialect(client: FileClient): Dialect {
  return sqliteDialect(() => new LibsqlDriver(client));
}

class LibsqlDriver implements Driver {
  readonly #connection: LibsqlConnection;
  readonly #turns = takeTurns(WAITING);
  #giveBack: GiveBack = () => {};

  constructor(client: FileClient) {
    this.#connection = new LibsqlConnection(client);
  }

  init(): Promise<void> {
    return this.#connection.open();
  }

  async acquireConnection(): Promise<LibsqlConnection> {
    this.#giveBack = await this.#turns.take();
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    setImmediate(this.#giveBack);
  }

  beginTransaction(connection: LibsqlConnection): Promise<void> {
    return connection.begin();
  }

  commitTransaction(connection: LibsqlConnection): Promise<void> {
    return connection.end('commit');
  }

  rollbackTransaction(connection: LibsqlConnection): Promise<void> {
    return connection.end('rollback');
  }

  async destroy(): Promise<void> {
    this.#connection.close();
  }
}

/**
 * WAL lets other processes read while one writes. With it, NORMAL can lose the last sign-ins to a power cut, though
 * never corrupt the file; clients sign in again by themselves.
 */
const SETTINGS: InStatement[] = [
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = NORMAL',
  'PRAGMA foreign_keys = ON',
];

/** How long to wait for another process to let go of the file, in milliseconds. */
const PATIENCE = 10_000;
const LONGEST_PAUSE = 10;

class LibsqlConnection implements DatabaseConnection {
  readonly #client: FileClient;
  #transaction: Transaction | undefined;
  #settled = false;

  constructor(client: FileClient) {
    this.#client = client;
  }

  open(): Promise<void> {
    return this.#whileBusy(async () => {});
  }

  close(): void {
    this.#client.close();
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const statement = { sql: query.sql, args: [...query.parameters] as InValue[] };
    const result = this.#transaction
      ? await this.#transaction.execute(statement)
      : await this.#whileBusy(() => this.#client.execute(statement));
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowsAffected) };
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('libsql answers whole results only');
  }

  /** Takes the write lock at once: a transaction that reads first and writes later could find the file changed. */
  async begin(): Promise<void> {
    this.#transaction = await this.#whileBusy(() => this.#client.transaction('write'));
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    const transaction = this.#transaction;
    this.#transaction = undefined;
    await transaction?.[how]();
  }

  async #whileBusy<T>(attempt: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      try {
        if (!this.#settled) for (const setting of SETTINGS) await this.#client.execute(setting);
        this.#settled = true;
        return await attempt();
      } catch (error) {
        if (!(error instanceof LibsqlError && error.code === 'SQLITE_BUSY')) throw error;
        // libsql leaves a statement that found the file busy unfinished, and then no later transaction can commit on
        // that connection.
        this.#client.reconnect();
        this.#settled = false;
        if (Date.now() > deadline) throw new TooBusy(error);
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_PAUSE));
    }
  }
}
