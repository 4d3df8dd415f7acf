/** What `npm run explore` does: all flows, or those that are named. Prints a line for each, and what was missed. */
import { explore, summaryOf } from '../../testing/index.js';
import { pairs } from './app/pairs.js';
import { flowsAlone } from './flows/all.js';

/** As many as it takes to trust that states which are told to be the same are. */
const MERGES = 1000;

const wanted = process.argv.slice(2);
const all = [...flowsAlone, ...pairs];
const chosen = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (chosen.length === 0) throw new Error(`There are: ${all.map(({ name }) => name).join(', ')}`);

for (const exploration of chosen) {
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
  if (wanted.length > 0) console.log(report.coverage.text());
}
