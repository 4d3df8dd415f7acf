import type { Crowd, Load } from './load.js';
import type { ServerMeasured } from './measure.js';
import type { SignIns } from './sign-ins.js';
import type { Figure } from './statistics.js';

/** What was to be reached, and how far it was. */
export interface Aim {
  readonly what: string;
  /** The ratio, and on which side of it is good. */
  readonly wanted: { readonly atLeast: number } | { readonly atMost: number };
  readonly measured: number;
}

/** The aims of what was measured, each as the median of a ratio. */
export function aimsOf({ signIns, decryptions, processes }: ServerMeasured): Aim[] {
  const aim = (what: string, wanted: Aim['wanted'], ratio: Figure | undefined): Aim[] =>
    ratio ? [{ what, wanted, measured: ratio.median }] : [];
  const rowOf = (rows: readonly SignIns[], crowd: Crowd) =>
    rows.find(({ measuring }) => measuring.crowd === crowd)?.ratio;
  return [
    ...signIns.flatMap(({ database, rows }) => [
      ...aim(`anonymous sign-ins a second, to \`anonymous()\`, on ${database}`, { atLeast: 1 }, rowOf(rows, 'nobody')),
      ...aim(`first logins a second, to \`anonymous()\`, on ${database}`, { atLeast: 1 }, rowOf(rows, 'new')),
    ]),
    ...aim('decryptions a second, to `node:crypto`', { atLeast: 0.9 }, decryptions[1]?.ratio),
    ...processes
      .filter(({ count }) => count > 1)
      .flatMap(({ count, pace, ratio }) =>
        aim(`processor time of a sign-in with ${count} processes, to one, ${paceOf(pace)}`, { atMost: 1.1 }, ratio),
      ),
  ];
}

/** How many sign-ins there were, in words. */
export const paceOf = (pace: Load['pace']) => ('atOnce' in pace ? `${pace.atOnce} at once` : 'with room');

/** Whether an aim was reached, as it is read off the page. */
export function isReached({ wanted, measured }: Aim): boolean {
  const read = Number(measured.toFixed(2));
  return 'atLeast' in wanted ? read >= wanted.atLeast : read <= wanted.atMost;
}
