import type { BetterAuthOptions } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
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
 * @throws StartError where it cannot be opened, or a newer server has changed its tables
 */
export async function migrate(url: string, optionsFor: (database: Database) => BetterAuthOptions): Promise<void> {
  const { tables, type } = await openDatabase(url, 'changes');
  try {
    await oneAtATime[type](tables, async (alone) => {
      await refuseNewerTables(alone);
      const { runMigrations } = await getMigrations(optionsFor({ tables: alone, type }));
      await runMigrations();
      await writeSchemaVersion(alone);
    });
  } finally {
    await tables.destroy();
  }
}

type OneAtATime = (tables: Tables, work: (alone: Tables) => Promise<void>) => Promise<void>;

/** How long to wait for other processes that migrate, in seconds. */
const PATIENCE = 600;
const STILL_BUSY = [
  `Another server has been bringing the tables up to date for ${PATIENCE} seconds. Start again once it is done.`,
  `另一个服务端更新表已经超过 ${PATIENCE} 秒。请等它完成后再启动。`,
].join('\n');

/** The longest pause after the first time that another one came between, in milliseconds. Each next may be longer by that. */
const PAUSE = 1000;

const oneAtATime: Record<DatabaseType, OneAtATime> = {
  /** A transaction takes the write lock as it begins. A libsql server takes it away from who is slow, for who waits. */
  sqlite: async (tables, work) => {
    const deadline = Date.now() + PATIENCE * 1000;
    for (let times = 1; ; times += 1) {
      try {
        return await tables.transaction().execute(work);
      } catch (error) {
        if (!isConflict(error) || Date.now() > deadline) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE * times));
    }
  },

  /** The lock ends with the transaction; the number is no one else's. */
  postgres: (tables, work) =>
    tables.transaction().execute(async (alone) => {
      await sql`select pg_advisory_xact_lock(7310584602918457)`.execute(alone);
      await work(alone);
    }),

  /** Locks are of the whole server, not of one database. */
  mysql: (tables, work) =>
    tables.connection().execute(async (alone) => {
      const { rows } = await sql<{ got: unknown }>`
        select get_lock(concat('denglu ', left(sha1(database()), 40)), ${PATIENCE}) as got`.execute(alone);
      if (Number(rows[0]?.got) !== 1) throw new StartError(STILL_BUSY);
      try {
        await makeLettersDistinct(alone);
        await work(alone);
        await refuseBlurredLetters(alone);
      } finally {
        await sql`select release_lock(concat('denglu ', left(sha1(database()), 40)))`.execute(alone);
      }
    }),
};
