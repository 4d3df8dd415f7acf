import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { type SharedState, WINDOW } from '../plugin/shared-state.js';
import type { Database } from './open.js';
import { together } from './together.js';

/** How often one process sweeps out what is over, in milliseconds. */
const SWEEP = 1000;

const windows = sql.table('dengluRateWindow');
const spentCodes = sql.table('dengluSpentCode');
const hostTokens = sql.table('dengluHostToken');

const [id, key, count, endsAt] = ['id', 'key', 'count', 'endsAt'].map((name) => sql.id(name));
const [hash, value, leasedUntil, leasedBy] = ['hash', 'value', 'leasedUntil', 'leasedBy'].map((name) => sql.id(name));

/** Rows are locked one after the other: in one order, so that no two processes wait for each other. */
const inOrder = <Value>(rows: readonly (readonly [string, Value])[]) =>
  [...rows].sort(([one], [other]) => (one < other ? -1 : 1));

/**
 * The shared state in the tables that better-auth's adapter would keep it in, with one statement for each question, or for
 * all that were asked meanwhile. What the adapter cannot say, it has to ask first and write later.
 *
 * @returns `undefined` where the database cannot say it either: MySQL answers no rows that it has written
 */
export function sqlState({ tables, type }: Database): SharedState | undefined {
  if (type === 'mysql') return undefined;
  const sweepWindows = sweeper(windows);
  const sweepCodes = sweeper(spentCodes);

  function sweeper(table: RawBuilder<unknown>): (now: number) => Promise<void> {
    let last = 0;
    return async (now) => {
      if (Math.abs(now - last) < SWEEP) return;
      last = now;
      const isOver = sql`${endsAt} <= ${now}`;
      // Who waits for one row while they hold another may be waited for: what somebody else holds is left alone.
      const isFree = sql`${id} in (select ${id} from ${table} where ${isOver} for update skip locked)`;
      // The next one sweeps what this one left; by now the request has counted, or its code is spent.
      await sql`delete from ${table} where ${type === 'postgres' ? isFree : isOver}`.execute(tables).catch(() => {});
    };
  }

  /** Which row a lease may change, as long as it holds. */
  const held = (asked: string, lease: string) =>
    sql`${key} = ${asked} and ${leasedBy} = ${lease} and ${leasedUntil} > ${Date.now()}`;

  /**
   * Counts all of them, the same key for each time that it is there.
   *
   * @returns what tells of each, in turn: `undefined` where it was counted, or how long until its window ends; nothing is
   * left where that has ended meanwhile
   */
  async function countAll(asked: readonly string[], max: number): Promise<(asked: string) => number | undefined> {
    const now = Date.now();
    const times = new Map<string, number>();
    for (const each of asked) times.set(each, (times.get(each) ?? 0) + 1);
    const isOver = sql`${windows}.${endsAt} <= ${now}`;
    const rows = inOrder([...times]).map(([each, n]) => sql`(${randomUUID()}, ${each}, ${n}, ${now + WINDOW})`);
    const counted = await sql<{ key: string; count: number }>`
      insert into ${windows} (${id}, ${key}, ${count}, ${endsAt})
      values ${sql.join(rows)}
      on conflict (${key}) do update set
        ${count} = case when ${isOver} then excluded.${count} else ${windows}.${count} + excluded.${count} end,
        ${endsAt} = case when ${isOver} then excluded.${endsAt} else ${windows}.${endsAt} end
      where ${isOver} or ${windows}.${count} < ${max}
      returning ${key}, ${count}`.execute(tables);

    const room = new Map(counted.rows.map((row) => [row.key, max - Number(row.count) + (times.get(row.key) ?? 0)]));
    const hasNewWindow = [...room.values()].includes(max);
    if (hasNewWindow) await sweepWindows(now);
    const left = await timeLeft([...times].filter(([each, n]) => n > (room.get(each) ?? 0)).map(([each]) => each));
    return (each) => {
      const free = room.get(each) ?? 0;
      room.set(each, free - 1);
      return free > 0 ? undefined : (left.get(each) ?? 0);
    };
  }

  async function timeLeft(asked: readonly string[]): Promise<Map<string, number>> {
    if (asked.length === 0) return new Map();
    const { rows } = await sql<{ key: string; endsAt: number | string }>`
      select ${key}, ${endsAt} from ${windows} where ${key} in (${sql.join(asked)})`.execute(tables);
    const now = Date.now();
    return new Map(rows.map((row) => [row.key, Math.max(0, Number(row.endsAt) - now)]));
  }

  const counters = new Map<number, (asked: string) => Promise<number | undefined>>();
  function counter(max: number) {
    const known = counters.get(max) ?? together((asked: readonly string[]) => countAll(asked, max));
    counters.set(max, known);
    return known;
  }

  const spend = together(async (asked: readonly { spent: string; kept: number }[]) => {
    const now = Date.now();
    const rows = inOrder(asked.map(({ spent, kept }) => [spent, now + kept] as const));
    const values = rows.map(([spent, ends]) => sql`(${randomUUID()}, ${spent}, ${ends})`);
    const written = await sql<{ hash: string }>`
      insert into ${spentCodes} (${id}, ${hash}, ${endsAt}) values ${sql.join(values)}
      on conflict (${hash}) do nothing returning ${hash}`.execute(tables);
    await sweepCodes(now);
    // What is there twice is fresh once.
    const fresh = new Set(written.rows.map((row) => row.hash));
    return ({ spent }: { spent: string }) => fresh.delete(spent);
  });

  return {
    async count(asked, max) {
      for (;;) {
        const left = await counter(max)(asked);
        if (left !== 0) return left;
      }
    },

    spend: (spent, kept) => spend({ spent, kept }),

    async read(asked) {
      const { rows } = await sql<{ value: string; endsAt: number | string }>`
        select ${value}, ${endsAt} from ${hostTokens} where ${key} = ${asked}`.execute(tables);
      const ends = Number(rows[0]?.endsAt ?? 0);
      return rows[0] && ends > Date.now() ? { value: rows[0].value, endsAt: ends } : undefined;
    },

    async lease(asked, lasts) {
      const now = Date.now();
      const lease = randomUUID();
      const { numAffectedRows } = await sql`
        insert into ${hostTokens} (${id}, ${key}, ${value}, ${endsAt}, ${leasedUntil}, ${leasedBy})
        values (${randomUUID()}, ${asked}, '', 0, ${now + lasts}, ${lease})
        on conflict (${key}) do update set ${leasedUntil} = excluded.${leasedUntil}, ${leasedBy} = excluded.${leasedBy}
        where ${hostTokens}.${leasedUntil} <= ${now}`.execute(tables);
      return numAffectedRows === 1n ? lease : undefined;
    },

    async write(asked, kept, lease) {
      await sql`update ${hostTokens} set ${value} = ${kept.value}, ${endsAt} = ${kept.endsAt}, ${leasedUntil} = 0
        where ${held(asked, lease)}`.execute(tables);
    },

    async giveUp(asked, lease) {
      await sql`update ${hostTokens} set ${leasedUntil} = 0 where ${held(asked, lease)}`.execute(tables);
    },
  };
}
