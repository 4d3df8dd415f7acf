import { writeFileSync } from 'node:fs';
import { main, Problem } from '../scripts/speech.mjs';
import { measure } from './measure.js';
import { page } from './page.js';
import { machine } from './server/machine.js';
import { measureServer } from './server/measure.js';
import { serverPage } from './server/page.js';
import { serverTables } from './server/tables.js';
import { tables } from './tables.js';

/** Without any, prints all tables; `--sdk` or `--server`: of one part; `--write`: all, to bench/README.md too. */
const OPTIONS = ['--sdk', '--server', '--write'];
const has = (option: string) => process.argv.includes(option);
const today = new Date().toISOString().slice(0, 10);

const print = (text: string) => {
  console.log(text);
  return text;
};
const measureSdk = async () => print(tables(await measure()));
const tell = (next: string) => console.error(`Measuring ${next} …`);
const measureTheServer = async () => print(serverTables(await measureServer(tell)));

await main(async () => {
  const odd = process.argv.slice(2).filter((option) => !OPTIONS.includes(option));
  if (odd.length > 0) throw new Problem(`There is no option ${odd.join(', ')}`, `没有选项 ${odd.join('、')}`);
  if (has('--write') && (has('--sdk') || has('--server'))) {
    throw new Problem('The page is written as a whole: --write goes alone', '页面只能整体写入:--write 须单独使用');
  }
  if (has('--sdk')) await measureSdk();
  else if (has('--server')) await measureTheServer();
  else {
    const size = machine();
    const sdk = await measureSdk();
    const server = serverPage(await measureTheServer(), today, 'npm run bench -- --write', size);
    if (has('--write')) writeFileSync(new URL('README.md', import.meta.url), page(sdk, today, server));
  }
});
