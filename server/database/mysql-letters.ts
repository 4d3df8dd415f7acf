import { sql } from 'kysely';
import { StartError } from '../start-error.js';
import type { Tables } from './open.js';

/** Collations by which two texts are the same only where every letter is. */
const DISTINCT = /_bin$/;

/**
 * Makes new tables of a MySQL database tell letters apart. By MySQL's default, texts are the same whatever the case and the
 * accents of their letters: an `openid` in other letters, which is another person, would sign in to the same user.
 */
export async function makeLettersDistinct(tables: Tables): Promise<void> {
  const query = sql<{ name: string; collation: string }>`select database() as name, @@collation_database as collation`;
  const [found] = (await query.execute(tables)).rows;
  if (!found || DISTINCT.test(found.collation)) return;
  await sql`alter database ${sql.id(found.name)} character set utf8mb4 collate utf8mb4_bin`.execute(tables);
}

/** @throws StartError where a table was made before that */
export async function refuseBlurredLetters(tables: Tables): Promise<void> {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.columns
    where table_schema = database() and column_name = 'openid' and collation_name not like '%\\_bin'`.execute(tables);
  const [blurred] = rows;
  if (!blurred) return;
  throw new StartError(
    `The table ${blurred.name} does not tell letters apart. Convert it: ALTER TABLE ${blurred.name} CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin.`,
    `表 ${blurred.name} 不区分字母大小写。请转换:ALTER TABLE ${blurred.name} CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin。`,
  );
}
