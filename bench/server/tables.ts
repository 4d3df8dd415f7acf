import { table } from '../markdown.js';
import { aimsOf, isReached, paceOf } from './aims.js';
import type { ServerMeasured } from './measure.js';
import type { Figure } from './statistics.js';

/** As many digits as a figure of this size is worth. */
const digits = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

const spread = ({ median, least, most }: Figure) => `${digits(median)} (${digits(least)} – ${digits(most)})`;
const times = ({ median, least, most }: Figure) =>
  `**${median.toFixed(2)}** (${least.toFixed(2)} – ${most.toFixed(2)})`;

/** The head of each table, by which a reader and the tests know it. */
export const HEADS = {
  signIns: ['database', 'sign-in', 'a second', 'to anonymous', 'ms of the processor each'],
  latency: ['database', 'sign-in', 'begun a second', 'p50, ms', 'p99, ms'],
  processes: [
    'processes',
    'sign-ins',
    'a second',
    'ms of their processors each',
    'to one process',
    'ms of PostgreSQL’s each',
  ],
  aims: ['aim', 'wanted', 'measured', 'reached'],
  decryptions: ['decryption of one phone number', 'a second', 'to `node:crypto`'],
};

/** The server's measurements, in Markdown: the median of all rounds, and the least and the most of one. */
export function serverTables(measured: ServerMeasured): string {
  const { signIns, decryptions, processes } = measured;
  const rows = signIns.flatMap(({ database, rows }) =>
    rows.map((each, index) => ({ ...each, database: index === 0 ? database : '' })),
  );
  const aims = aimsOf(measured).map((aim) => [
    aim.what,
    'atLeast' in aim.wanted ? `≥ ${aim.wanted.atLeast.toFixed(2)}` : `≤ ${aim.wanted.atMost.toFixed(2)}`,
    aim.measured.toFixed(2),
    isReached(aim) ? 'yes' : '**no**',
  ]);
  const tables = [
    table(HEADS.aims, aims),
    table(
      HEADS.signIns,
      rows.map(({ database, measuring, perSecond, ratio, cpu }) => [
        database,
        measuring.name,
        spread(perSecond),
        times(ratio),
        spread(cpu),
      ]),
    ),
    table(
      HEADS.latency,
      rows.map(({ database, measuring, latency }) => [
        database,
        measuring.name,
        digits(latency.rate),
        spread(latency.p50),
        spread(latency.p99),
      ]),
    ),
    processes.length === 0
      ? 'The processes on PostgreSQL were not measured: there was none. `apt-get install postgresql` brings it.'
      : table(
          HEADS.processes,
          processes.map(({ count, pace, perSecond, cpu, ratio, databaseCpu }) => [
            count,
            paceOf(pace),
            spread(perSecond),
            spread(cpu),
            times(ratio),
            databaseCpu ? spread(databaseCpu) : 'not told here',
          ]),
        ),
    table(
      HEADS.decryptions,
      decryptions.map(({ name, perSecond, ratio }) => [name, spread(perSecond), times(ratio)]),
    ),
  ];
  return `${tables.join('\n\n')}\n`;
}
