/**
 * Explores all flows, or those that are named, one after the other, and prints a line for each. `--list` names them all,
 * the longest first; `--coverage` also prints what was missed. `npm run explore` calls it.
 */
import { type Exploration, explore, summaryOf } from '../../testing/index.js';
import { pairs } from './app/pairs.js';
import { flowsAlone } from './flows/all.js';

/** As many as it takes to trust that states which are told to be the same are. */
const MERGES = 1000;

const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const all = [...pairs, ...flowsAlone];
const names = all.map(({ name }) => name);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}; there are: ${names.join(', ')}`);

if (options.includes('--list')) console.log(names.join('\n'));
else
  for (const exploration of all) if (wanted.length === 0 || wanted.includes(exploration.name)) await tell(exploration);

async function tell(exploration: Exploration): Promise<void> {
  const report = await explore(exploration, { merges: MERGES });
  console.log(summaryOf(report));
  for (const { story, test } of report.violations) {
    process.exitCode = 1;
    console.log(`\n${story}\n\n${test}`);
  }
  if (!report.isClosed && !exploration.bound?.moves && report.violations.length === 0) {
    process.exitCode = 1;
    console.log(`${report.name} did not close`);
  }
  if (options.includes('--coverage')) console.log(report.coverage.text());
}
