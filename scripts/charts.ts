/** Writes docs/charts.md, the charts of all flows drawn from the machines themselves. `test/docs` fails when it is stale. */
import { writeFileSync } from 'node:fs';
import { chartsPage } from './charts/page.js';

writeFileSync(new URL('../docs/charts.md', import.meta.url), chartsPage());
