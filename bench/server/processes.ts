import { databaseCpu } from './database-cpu.js';
import type { Database } from './databases.js';
import type { Load } from './load.js';
import { inTurn } from './rounds.js';
import { openSite, type Served } from './site.js';
import { type Figure, figure, ratio } from './statistics.js';

const MANY = 4;
/** Of each process. */
const WARM_UP = { lasts: 15_000, most: 2500 };
const ROUND = 2500;
const ROUNDS = 5;
/** Sign-ins on their way in all, so that one process and several have the same to do. */
const AT_ONCE = 16;
/** Of what one process answers at most: as many as leave the machine's processors room. */
const SHARE = 0.25;

/** What sign-ins cost with so many processes. */
export interface Processes {
  count: number;
  /** Sign-ins at once, or begun in a second; the same for one process and several. */
  pace: Load['pace'];
  perSecond: Figure;
  /** Milliseconds of all server processes together for each sign-in. */
  cpu: Figure;
  /** The same of the database, where it can be told. */
  databaseCpu: Figure | undefined;
  /** Of {@link cpu} to that of one process at the same pace, round by round. */
  ratio: Figure;
}

/** First logins at one process, and at several of the same server on the same database: with room, and without. */
export async function measureProcesses({ url }: Database): Promise<Processes[]> {
  const site = await openSite(url);
  try {
    const servers: Served[] = [];
    while (servers.length < MANY + 1) servers.push(await site.serve('denglu'));
    // None is part of both, so that each has warmed up on what it does.
    const layouts = [servers.slice(0, 1), servers.slice(1)];
    const spent = await databaseCpu(url);

    const send = async (asked: readonly Served[], load: Pick<Load, 'lasts' | 'most' | 'pace'>) => {
      const before = spent?.();
      const came = await site.load(asked, { crowd: 'new', ...load });
      return { ...came, database: spent && before !== undefined ? spent() - before : undefined };
    };
    for (const layout of layouts) {
      const { lasts, most } = WARM_UP;
      await send(layout, { lasts: lasts * layout.length, most: most * layout.length, pace: { atOnce: AT_ONCE } });
    }

    const measured = async (pace: Load['pace']): Promise<Processes[]> => {
      const came = await inTurn(
        ROUNDS,
        layouts.map((layout) => () => send(layout, { lasts: ROUND, pace })),
      );
      const costs = came.map((rounds) => rounds.map(({ cpu, ok }) => cpu / ok));
      return layouts.map((layout, index) => {
        const rounds = came[index] ?? [];
        const database = rounds.flatMap(({ database, ok }) => (database === undefined ? [] : [database / ok]));
        return {
          count: layout.length,
          pace,
          perSecond: figure(rounds.map(({ ok, took }) => (ok / took) * 1000)),
          cpu: figure(costs[index] ?? []),
          databaseCpu: database.length > 0 ? figure(database) : undefined,
          ratio: ratio(costs[index] ?? [], costs[0] ?? []),
        };
      });
    };

    const crowded = await measured({ atOnce: AT_ONCE });
    const most = crowded[0]?.perSecond.median ?? 0;
    return [...(await measured({ perSecond: most * SHARE })), ...crowded];
  } finally {
    await site.end();
  }
}
