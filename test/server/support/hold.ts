import { sql } from 'kysely';
import type { Database, Tables } from '../../../server/database/open.js';
import type { DatabaseType } from '../../../server/database/opened.js';

type Hold = (tables: Tables, table: string, work: () => Promise<void>) => Promise<void>;

const holds: Record<DatabaseType, Hold> = {
  sqlite: (tables, _, work) => tables.transaction().execute(work),
  postgres: (tables, table, work) =>
    tables.transaction().execute(async (alone) => {
      await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(alone);
      await work();
    }),
  mysql: (tables, table, work) =>
    tables.connection().execute(async (alone) => {
      await sql`lock tables ${sql.table(table)} write`.execute(alone);
      await work().finally(() => sql`unlock tables`.execute(alone));
    }),
};

/** Keeps everybody else from a table, or from writing at all where that is one lock, until some work is done. */
export function holdTable({ tables, type }: Database, table: string, work: () => Promise<void>): Promise<void> {
  return holds[type](tables, table, work);
}
