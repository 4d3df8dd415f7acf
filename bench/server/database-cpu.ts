import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { openDatabase } from '../../server/database/open.js';

/** Milliseconds of one tick of `/proc`, as Linux has them everywhere. */
const TICK = 10;

/**
 * What reads the time that PostgreSQL has used of this machine's processors.
 *
 * @returns what tells it, in milliseconds; `undefined` where there is no `/proc` to read it from
 */
export async function databaseCpu(url: string): Promise<(() => number) | undefined> {
  if (process.platform !== 'linux') return undefined;
  const { tables } = await openDatabase(url);
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tables);
  const first = rows[0] && stat(rows[0].pid)?.parent;
  await tables.destroy();
  if (first === undefined) return undefined;
  return () => {
    const all = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({ pid: Number(name), ...stat(Number(name)) }))
      .filter(({ pid, parent }) => pid === first || parent === first);
    // The first one also has the time of those that ended.
    return all.reduce((sum, { pid, own = 0, ended = 0 }) => sum + own + (pid === first ? ended : 0), 0) * TICK;
  };
}

/** See proc(5); a name may hold spaces, and ends with the last parenthesis. */
function stat(pid: number): { parent: number; own: number; ended: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, parent = 0, ...rest] = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = rest.slice(9);
    return { parent, own: user + system, ended: endedUser + endedSystem };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}
