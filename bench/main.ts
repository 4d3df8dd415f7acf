import { writeFileSync } from 'node:fs';
import { measure } from './measure.js';
import { page } from './page.js';
import { tables } from './tables.js';

/** Prints the tables; with `--write`, writes them to bench/README.md too. */
const printed = tables(await measure());
console.log(printed);
if (process.argv.includes('--write')) {
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(new URL('README.md', import.meta.url), page(printed, today));
}
