/**
 * Explores the flows that are named, or all, one after the other, and prints a line for each. `--list` names them all: in a
 * line those that together take every transition of a chart, the longest first; `--coverage` also prints what each has
 * missed. `npm run explore` calls it.
 */
import { type Exploration, explore, type Report, summaryOf } from '../../testing/index.js';
import { pairs } from './app/pairs.js';
import { casts } from './flows/all.js';
import { missedBy } from './flows/missed.js';

/** As many as it takes to trust that states which are told to be the same are. */
const MERGES = 1000;

const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const together = [...pairs.map((pair) => [pair]), ...Object.values(casts)];
const all = together.flat();
const names = all.map(({ name }) => name);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}; there are: ${names.join(', ')}`);

if (options.includes('--list')) {
  for (const explorations of together) console.log(explorations.map(({ name }) => name).join(' '));
} else {
  await tell(all.filter(({ name }) => wanted.length === 0 || wanted.includes(name)));
}

async function tell(explorations: readonly Exploration[]): Promise<void> {
  const reports: Report[] = [];
  for (const exploration of explorations) {
    const report = await explore(exploration, { merges: MERGES });
    reports.push(report);
    console.log(summaryOf(report));
    for (const { story, test } of report.violations) {
      process.exitCode = 1;
      console.log(`\n${story}\n\n${test ?? ''}`);
    }
    if (!report.isClosed && !exploration.bound?.moves && report.violations.length === 0) {
      process.exitCode = 1;
      console.log(`${report.name} did not close`);
    }
    if (options.includes('--coverage')) console.log(report.coverage.text());
  }
  for (const missed of missedBy(reports)) {
    process.exitCode = 1;
    console.log(`nobody reaches: ${missed}`);
  }
}
