import { createClient, type InValue, type Transaction } from '@libsql/client';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/**
 * A database as many are: a transaction takes its lock with its first write, so that two of them may both read that
 * somebody is missing, and both go on to make them.
 *
 * @param racers how many transactions come to their first write before any of them may do it
 */
export function lateLockDialect(url: string, racers: number): { dialect: Dialect; rollbacks: () => number } {
  const client = createClient({ url });
  let rollbacks = 0;
  let arrived = 0;
  let go = () => {};
  const allArrived = new Promise<void>((resolve) => {
    go = resolve;
  });
  let writer: Promise<unknown> = Promise.resolve();

  /** Waits for whoever writes now. Answers how to let the next one in. */
  async function takeLock(): Promise<() => void> {
    const before = writer;
    let giveBack = () => {};
    writer = new Promise<void>((resolve) => {
      giveBack = resolve;
    });
    await before;
    return giveBack;
  }

  class Connection implements DatabaseConnection {
    inTransaction = false;
    transaction: Transaction | undefined;
    giveBack = () => {};

    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const statement = { sql, args: [...parameters] as InValue[] };
      const writes = !/^\s*select/i.test(sql);
      if (writes && this.inTransaction && !this.transaction) {
        arrived += 1;
        if (arrived === racers) go();
        await allArrived;
        this.giveBack = await takeLock();
        this.transaction = await client.transaction('write');
      }
      const giveBack = writes && !this.transaction ? await takeLock() : () => {};
      try {
        const result = await (this.transaction ?? client).execute(statement);
        return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowsAffected) };
      } finally {
        giveBack();
      }
    }

    streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
      throw new Error('not needed');
    }

    async end(how: 'commit' | 'rollback'): Promise<void> {
      await this.transaction?.[how]();
      this.transaction = undefined;
      this.inTransaction = false;
      this.giveBack();
    }
  }

  const driver: Driver = {
    init: async () => {
      await client.execute('PRAGMA journal_mode = WAL');
    },
    acquireConnection: async () => new Connection(),
    releaseConnection: async () => {},
    beginTransaction: async (connection) => {
      if (connection instanceof Connection) connection.inTransaction = true;
    },
    commitTransaction: async (connection) => {
      if (connection instanceof Connection) await connection.end('commit');
    },
    rollbackTransaction: async (connection) => {
      rollbacks += 1;
      if (connection instanceof Connection) await connection.end('rollback');
    },
    destroy: async () => client.close(),
  };

  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return { dialect, rollbacks: () => rollbacks };
}
