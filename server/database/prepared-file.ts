import { type InStatement, LibsqlError } from '@libsql/client';
import Sqlite from 'libsql';
import type { FileClient, Told } from './libsql.js';

/** How many statements are kept. Their texts are few, but for lists of different lengths. */
const MOST_KEPT = 250;

/** The code of a file that another process has locked, without what it was extended by. */
const SQLITE_BUSY = 5;

type Statement = Sqlite.Statement<unknown[]>;

interface Prepared {
  statement: Statement;
  /** The names of its columns, where it answers rows. */
  columns: readonly string[] | undefined;
}

/**
 * One libsql file over one connection, whose statements are prepared once. `@libsql/client` prepares each anew, which takes
 * longer than most of them run.
 *
 * @param path of the file
 */
export function preparedFile(path: string): FileClient {
  /** Not there while it could not be opened again: each use tries. */
  let database: Sqlite.Database | undefined = new Sqlite(path);
  let isClosed = false;
  const kept = new Map<string, Prepared>();

  function opened(): Sqlite.Database {
    if (isClosed) throw new Error('The database is closed.');
    database ??= new Sqlite(path);
    return database;
  }

  function prepare(sql: string): Prepared {
    const known = kept.get(sql);
    if (known) return known;
    const statement = opened().prepare(sql).safeIntegers(true);
    const columns = statement.reader ? namesOf(statement.raw(true)) : undefined;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(sql, { statement, columns });
    return { statement, columns };
  }

  function run(asked: InStatement): Told {
    const [sql, args] = typeof asked === 'string' ? [asked, []] : [asked.sql, Object.values(asked.args ?? [])];
    try {
      const { statement, columns } = prepare(sql);
      if (!columns) return { rows: [], rowsAffected: statement.run(args).changes };
      return { rows: rowsOf(statement, columns, statement.all(args)), rowsAffected: 0 };
    } catch (error) {
      // It may be left unfinished, and then no transaction could end.
      kept.delete(sql);
      throw asLibsqlError(error);
    }
  }

  /** Whatever ended it: the next borrower of the connection shall not find it open. */
  function rollback(): void {
    if (database?.inTransaction) run('ROLLBACK');
  }

  function letGo(): void {
    kept.clear();
    const open = database;
    database = undefined;
    open?.close();
  }

  return {
    execute: async (asked) => run(asked),

    async transaction() {
      run('BEGIN IMMEDIATE');
      return {
        execute: async (asked) => run(asked),
        async commit() {
          try {
            run('COMMIT');
          } finally {
            rollback();
          }
        },
        rollback: async () => rollback(),
      };
    },

    reconnect: letGo,

    close() {
      isClosed = true;
      letGo();
    },
  };
}

const namesOf = (statement: Statement) => statement.columns().map(({ name }) => name);

/** @param columns as they were when the statement was prepared; another process may have added some since */
function rowsOf(statement: Statement, columns: readonly string[], rows: readonly unknown[]): Told['rows'] {
  const [first] = rows;
  const names = Array.isArray(first) && first.length !== columns.length ? namesOf(statement) : columns;
  return rows.map((values) =>
    Object.fromEntries(names.map((name, index) => [name, Array.isArray(values) ? asNumber(values[index]) : undefined])),
  );
}

function asNumber(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('This number cannot be told without loss.');
  return number;
}

/** As `@libsql/client` says it, which the network's client stays with. */
function asLibsqlError(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  const { message, code, rawCode = 0 } = error;
  const isBusy = (rawCode & 0xff) === SQLITE_BUSY;
  return new LibsqlError(message, isBusy ? 'SQLITE_BUSY' : code, code, rawCode, error);
}
