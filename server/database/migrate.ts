import type { BetterAuthOptions } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { reasonOf } from '../reason.js';
import { StartError } from '../start-error.js';
import { isConflict } from '../store-errors.js';
import { makeLettersDistinct, refuseBlurredLetters } from './mysql-letters.js';
import { type Database, openDatabase, type Tables } from './open.js';
import type { DatabaseType } from './opened.js';
import { refuseNewerTables, writeSchemaVersion } from './schema-version.js';

/**
 * Brings the tables up to what the options need: one process after the other, and all of it or nothing. MySQL knows no
 * transactions of tables; there, the next start goes on where the last one ended.
 *
 * @param url of the database
 * @param optionsFor better-auth's options over it, here over one connection
 * @param patience how long to wait for other processes that do so, in seconds
 * @throws StartError where it cannot be opened, others take longer, a newer server has changed its tables, or the database
 * refuses what was to be changed
 */
export async function migrate(
  url: string,
  optionsFor: (database: Database) => BetterAuthOptions,
  patience = PATIENCE,
): Promise<void> {
  const { tables, type } = await openDatabase(url, 'changes');
  try {
    await oneAtATime[type](tables, patience, async (alone) => {
      await refuseNewerTables(alone);
      const { runMigrations } = await getMigrations(withoutFalseAlarm(optionsFor({ tables: alone, type })));
      await runMigrations();
      await writeSchemaVersion(alone);
    });
  } catch (error) {
    throw error instanceof StartError ? error : refused(error);
  } finally {
    await tables.destroy();
  }
}

/** What better-auth warns of at each start on PostgreSQL: it makes large numbers of this type, and does not know it again. */
const FALSE_ALARM = /has a different type in the database\. Expected number but got int8\./;

function withoutFalseAlarm(options: BetterAuthOptions): BetterAuthOptions {
  const say = options.logger?.log;
  if (!say) return options;
  const log: typeof say = (level, message, ...more) => {
    if (!FALSE_ALARM.test(message)) say(level, message, ...more);
  };
  return { ...options, logger: { ...options.logger, log } };
}

type OneAtATime = (tables: Tables, patience: number, work: (alone: Tables) => Promise<void>) => Promise<void>;

/** The most that others may take, in seconds: a start that goes on then is still within what is granted to it. */
const PATIENCE = 600;

const stillBusy = (patience: number) =>
  new StartError(
    `Another server has been bringing the tables up to date for ${patience} seconds. Start again once it is done.`,
    `另一个服务端更新表已经超过 ${patience} 秒。请等它完成后再启动。`,
  );

function refused(error: unknown): StartError {
  const why = reasonOf(error);
  return new StartError(
    `The tables of DATABASE_URL cannot be brought up to date: ${why}`,
    `无法更新 DATABASE_URL 的表:${why}`,
  );
}

/** As PostgreSQL says that a lock was waited for too long. */
const isLocked = (error: unknown) => error instanceof Error && 'code' in error && error.code === '55P03';

/** The longest pause after the first time that another one came between, in milliseconds. Each next may be longer by that. */
const PAUSE = 1000;

const oneAtATime: Record<DatabaseType, OneAtATime> = {
  /** A transaction takes the write lock as it begins. A libsql server takes it away from who is slow, for who waits. */
  sqlite: async (tables, patience, work) => {
    const deadline = Date.now() + patience * 1000;
    for (let times = 1; ; times += 1) {
      try {
        return await tables.transaction().execute(work);
      } catch (error) {
        if (!isConflict(error)) throw error;
        if (Date.now() > deadline) throw stillBusy(patience);
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE * times));
    }
  },

  /** The lock ends with the transaction; the number is no one else's. */
  postgres: (tables, patience, work) =>
    tables.transaction().execute(async (alone) => {
      await sql`select set_config('lock_timeout', ${`${patience}s`}, true)`.execute(alone);
      await sql`select pg_advisory_xact_lock(7310584602918457)`.execute(alone).catch((error: unknown) => {
        throw isLocked(error) ? stillBusy(patience) : error;
      });
      await sql`set local lock_timeout to default`.execute(alone);
      await work(alone);
    }),

  /** Locks are of the whole server, not of one database. */
  mysql: (tables, patience, work) =>
    tables.connection().execute(async (alone) => {
      const { rows } = await sql<{ got: unknown }>`
        select get_lock(concat('denglu ', left(sha1(database()), 40)), ${patience}) as got`.execute(alone);
      if (Number(rows[0]?.got) !== 1) throw stillBusy(patience);
      try {
        await makeLettersDistinct(alone);
        await work(alone);
        await refuseBlurredLetters(alone);
      } finally {
        await sql`select release_lock(concat('denglu ', left(sha1(database()), 40)))`.execute(alone);
      }
    }),
};
