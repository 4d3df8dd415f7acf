import { sql } from 'kysely';
import { type Database, openDatabase } from '../../server/database/open.js';
import type { Acknowledged } from './rounds.js';

/**
 * What is wrong in a database after many kills; nothing, if all went well.
 *
 * @param url of a server on it
 */
export async function judge(databaseUrl: string, url: string, acknowledged: readonly Acknowledged[]) {
  const database = await openDatabase(databaseUrl);
  const problems = [
    ...(await wrongRows(database)),
    ...(await lost(database, acknowledged)),
    ...(await strangers(url, acknowledged)),
  ];
  await database.tables.destroy();
  return problems;
}

const WRONG = {
  'sessions without a user': sql`select ${sql.ref('userId')} from session
    where ${sql.ref('userId')} not in (select id from ${sql.table('user')})`,
  'users without a host account': sql`select id from ${sql.table('user')}
    where id not in (select ${sql.ref('userId')} from ${sql.table('dengluIdentity')})`,
  'host accounts without a user': sql`select id from ${sql.table('dengluIdentity')}
    where ${sql.ref('userId')} not in (select id from ${sql.table('user')})`,
  'host accounts that are there twice': sql`select openid from ${sql.table('dengluIdentity')}
    group by openid having count(*) > 1`,
  'claims that outlived their transaction': sql`select id from ${sql.table('dengluClaim')}`,
};

async function wrongRows({ tables }: Database): Promise<string[]> {
  const problems: string[] = [];
  for (const [name, query] of Object.entries(WRONG)) {
    const { rows } = await query.execute(tables);
    if (rows.length > 0) problems.push(`${name}: ${rows.length}`);
  }
  return problems;
}

/** Every acknowledged sign-in has its user, and all of one host account the same. */
async function lost({ tables }: Database, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const { rows } = await sql<{ openid: string; userId: string }>`select openid, ${sql.ref('userId')}
    from ${sql.table('dengluIdentity')}`.execute(tables);
  const users = new Map(rows.map(({ openid, userId }) => [openid, userId]));
  return acknowledged
    .filter(({ openid, userId }) => users.get(openid) !== userId)
    .map(({ openid, userId }) => `${openid} was acknowledged as ${userId} and is ${users.get(openid)}`);
}

/** Every token that was given out still tells whose it is. */
async function strangers(url: string, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { token, userId } of acknowledged) {
    const headers = { authorization: `Bearer ${token}` };
    const answer: { user?: { id: string } } = await (await fetch(`${url}/api/auth/denglu/user`, { headers })).json();
    if (answer.user?.id !== userId) problems.push(`a token of ${userId} is one of ${answer.user?.id}`);
  }
  return problems;
}
