import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { type SharedState, WINDOW } from '../plugin/shared-state.js';
import type { Database } from './open.js';

/** How often one process sweeps out what is over, in milliseconds. */
const SWEEP = 1000;

const windows = sql.table('dengluRateWindow');
const spentCodes = sql.table('dengluSpentCode');
const hostTokens = sql.table('dengluHostToken');

const [id, key, count, endsAt] = ['id', 'key', 'count', 'endsAt'].map((name) => sql.id(name));
const [hash, value, leasedUntil, leasedBy] = ['hash', 'value', 'leasedUntil', 'leasedBy'].map((name) => sql.id(name));

/**
 * The shared state in the tables that better-auth's adapter would keep it in, with one statement for each question. What the
 * adapter cannot say, it has to ask first and write later.
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
      // The next one sweeps what this one left; by now the request has counted, or its code is spent.
      await sql`delete from ${table} where ${endsAt} <= ${now}`.execute(tables).catch(() => {});
    };
  }

  /** Which row a lease may change, as long as it holds. */
  const held = (asked: string, lease: string) =>
    sql`${key} = ${asked} and ${leasedBy} = ${lease} and ${leasedUntil} > ${Date.now()}`;

  return {
    async count(asked, max) {
      for (;;) {
        const now = Date.now();
        const isOver = sql`${windows}.${endsAt} <= ${now}`;
        const counted = await sql<{ count: number }>`
          insert into ${windows} (${id}, ${key}, ${count}, ${endsAt})
          values (${randomUUID()}, ${asked}, 1, ${now + WINDOW})
          on conflict (${key}) do update set
            ${count} = case when ${isOver} then 1 else ${windows}.${count} + 1 end,
            ${endsAt} = case when ${isOver} then excluded.${endsAt} else ${windows}.${endsAt} end
          where ${isOver} or ${windows}.${count} < ${max}
          returning ${count}`.execute(tables);
        if (counted.rows[0]) {
          if (Number(counted.rows[0].count) === 1) await sweepWindows(now);
          return undefined;
        }
        const full = await sql<{ endsAt: number | string }>`
          select ${endsAt} from ${windows} where ${key} = ${asked}`.execute(tables);
        const left = Number(full.rows[0]?.endsAt ?? 0) - now;
        if (left > 0) return left;
      }
    },

    async spend(spent, kept) {
      const now = Date.now();
      const { numAffectedRows } = await sql`
        insert into ${spentCodes} (${id}, ${hash}, ${endsAt}) values (${randomUUID()}, ${spent}, ${now + kept})
        on conflict (${hash}) do nothing`.execute(tables);
      await sweepCodes(now);
      return numAffectedRows === 1n;
    },

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
