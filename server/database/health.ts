import { type RawBuilder, sql } from 'kysely';
import { Refusal } from '../errors.js';
import type { Database } from './open.js';
import type { DatabaseType } from './opened.js';

/** Says whether a database can be worked with. */
export interface Health {
  /**
   * Those who ask at once are answered at once.
   *
   * @throws Refusal `STORE_UNAVAILABLE` where it takes no writes, as a replica does, or what its driver throws where it
   * does not answer
   */
  check(): Promise<void>;
}

/**
 * What is asked of each kind. The answer's columns say by anything but these words that nothing may be written. That of a
 * libsql file or server touches the file itself.
 */
const QUESTIONS: Readonly<Record<DatabaseType, RawBuilder<Record<string, unknown>>>> = {
  sqlite: sql`select 0 as locked from (select count(*) from sqlite_schema) as tables`,
  postgres: sql`show transaction_read_only`,
  mysql: sql`select @@global.read_only as of_all, @@global.innodb_read_only as of_innodb`,
};
const NO = ['0', 'off'];

/**
 * How a database is, asked for over a connection that nobody works on: one that is busy is not one that is gone, and if
 * readiness stood in line with requests, a rush would take every server out of service.
 *
 * @param database opened for nothing else
 */
export function healthOf({ tables, type }: Database): Health {
  let asked: Promise<void> | undefined;

  async function ask(): Promise<void> {
    const { rows } = await QUESTIONS[type].execute(tables);
    const answers = rows.flatMap((row) => Object.values(row));
    if (answers.every((answer) => NO.includes(String(answer).toLowerCase()))) return;
    throw new Refusal('STORE_UNAVAILABLE', { message: 'The database takes no writes.', retryAfter: 1 });
  }

  return {
    check() {
      asked ??= ask().finally(() => {
        asked = undefined;
      });
      return asked;
    },
  };
}
