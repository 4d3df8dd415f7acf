import { sql } from 'kysely';
import { type Database, openDatabase } from '../../server/database/open.js';
import type { Acknowledged } from './rounds.js';

/**
 * What is wrong in a database after many kills; nothing, if all went well. And how many people have an account there who
 * were never told so.
 *
 * @param url of a server on it
 */
export async function judge(databaseUrl: string, url: string, acknowledged: readonly Acknowledged[]) {
  const database = await openDatabase(databaseUrl);
  const users = await usersOf(database);
  const problems = [
    ...(await wrongRows(database)),
    ...lost(users, acknowledged),
    ...(await strangers(url, acknowledged)),
  ];
  await database.tables.destroy();
  const told = new Set(acknowledged.map(({ openid }) => openid));
  return { problems, untold: [...users.keys()].filter((openid) => !told.has(openid)).length };
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

/** Users by their host account. */
async function usersOf({ tables }: Database): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ openid: string; userId: string }>`select openid, ${sql.ref('userId')}
    from ${sql.table('dengluIdentity')}`.execute(tables);
  return new Map(rows.map(({ openid, userId }) => [openid, userId]));
}

/** Every acknowledged sign-in has its user, and all of one host account the same. */
function lost(users: ReadonlyMap<string, string>, acknowledged: readonly Acknowledged[]): string[] {
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
