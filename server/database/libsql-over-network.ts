import { type Client, createClient, type InValue, LibsqlError, type ResultSet, type Transaction } from '@libsql/client';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { libsqlFetch } from './libsql-fetch.js';
import { HEALTH, type Opened, type Use, WAITING } from './opened.js';
import { sqliteDialect } from './sqlite-dialect.js';
import { type GiveBack, TooBusy, type Turns, takeTurns } from './turns.js';

/** How long an answer may take, in milliseconds. A transaction may wait five seconds for another process's. */
const ANSWERING = { requests: 20_000, changes: undefined, health: HEALTH };

/** How long to try again while others write, and the longest pause before that, in milliseconds. */
const PATIENCE = 10_000;
const LONGEST_PAUSE = 10;

const READS = /^\s*select\b/i;

interface Statement {
  sql: string;
  args: InValue[];
}

/**
 * libsql on another machine, over HTTP. Its token may be part of the address, as `?authToken=`.
 *
 * Nothing is set for a connection: the server keeps WAL and foreign keys on, and refuses to be told so.
 */
export function libsqlOverNetwork(url: string, use: Use): Opened {
  const client = createClient({ url, fetch: libsqlFetch(ANSWERING[use]) });
  return { type: 'sqlite', dialect: sqliteDialect(() => new NetworkDriver(client)) };
}

/**
 * What only reads goes side by side. There is one write lock, which a transaction holds from beginning to end, so whatever
 * of one process may write goes one after the other: what waits at the server for five seconds ends the transaction that
 * it waits for.
 */
class NetworkDriver implements Driver {
  readonly #client: Client;
  readonly #turns = takeTurns(WAITING);

  constructor(client: Client) {
    this.#client = client;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<NetworkConnection> {
    return new NetworkConnection(this.#client, this.#turns);
  }

  async releaseConnection(connection: NetworkConnection): Promise<void> {
    connection.release();
  }

  beginTransaction(connection: NetworkConnection): Promise<void> {
    return connection.begin();
  }

  commitTransaction(connection: NetworkConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: NetworkConnection): Promise<void> {
    return connection.rollback();
  }

  async destroy(): Promise<void> {
    this.#client.close();
  }
}

class NetworkConnection implements DatabaseConnection {
  readonly #client: Client;
  readonly #turns: Turns;
  #giveBack: GiveBack = () => {};
  #transaction: Transaction | undefined;
  #hasBegun = false;

  constructor(client: Client, turns: Turns) {
    this.#client = client;
    this.#turns = turns;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#execute({ sql, args: [...parameters] as InValue[] });
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowsAffected) };
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('libsql answers whole results only');
  }

  async begin(): Promise<void> {
    this.#giveBack = await this.#turns.take();
    this.#transaction = await this.#client.transaction('write');
  }

  async commit(): Promise<void> {
    await this.#heard(async () => this.#end()?.commit());
  }

  /** Whoever rolls back has failed before; the server ends by itself what it hears no more of. */
  async rollback(): Promise<void> {
    await this.#end()
      ?.rollback()
      .catch(() => {});
  }

  release(): void {
    this.#giveBack();
  }

  async #write(statement: Statement): Promise<ResultSet> {
    const giveBack = await this.#turns.take();
    return this.#heard(() => whileBusy(() => this.#client.execute(statement))).finally(giveBack);
  }

  /** Whoever waits for a turn at a server that says nothing does so no longer than whoever has it. */
  async #heard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') this.#turns.refuse();
      throw error;
    }
  }

  #end(): Transaction | undefined {
    const transaction = this.#transaction;
    this.#transaction = undefined;
    this.#hasBegun = false;
    return transaction;
  }

  /** The client sends the beginning along with the first statement, so only that one can find others writing. */
  #execute(statement: Statement): Promise<ResultSet> {
    if (!this.#transaction) return READS.test(statement.sql) ? this.#client.execute(statement) : this.#write(statement);
    return this.#heard(() => this.#executeWithin(statement));
  }

  async #executeWithin(statement: Statement): Promise<ResultSet> {
    if (this.#transaction && this.#hasBegun) return this.#transaction.execute(statement);
    return whileBusy(async () => {
      // What could not begin is closed for good.
      if (this.#transaction?.closed) this.#transaction = await this.#client.transaction('write');
      const result = await (this.#transaction ?? this.#client).execute(statement);
      this.#hasBegun = true;
      return result;
    });
  }
}

/** Tries again what found others writing: it has done nothing yet. */
async function whileBusy<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const isBusy = error instanceof LibsqlError && error.code === 'SQLITE_BUSY';
      if (!isBusy) throw error;
      if (Date.now() > deadline) throw new TooBusy(error);
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_PAUSE));
  }
}
