import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { run } from './children.mjs';
import { engines, isInstalled } from './databases/engines.mjs';
import { buildExamples } from './examples/build.mjs';
import { ensureInstalled, npm, root } from './install.mjs';
import { added, runCounting, runTests, told } from './run-tests.mjs';
import { main, say } from './speech.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */

/**
 * What was counted: tests that passed, tests that failed, tests that were left out. Beside tests, each step that did not
 * get through counts as one failed; until the tests have run, that is the preparation.
 *
 * @type {Tally}
 */
let tally = { passed: 0, failed: 1, skipped: 0 };

/** The options of our own, each for a further command to run, by its script; all others are vitest's. */
const FURTHER = {
  // A hundred kills on each database take long; npm run durability has them.
  '--durability': ['durability.ts', '20'],
  '--official': ['official.mjs'],
  '--explore': ['explore.mjs'],
  '--break': ['break.mjs'],
};
/** The same for those whose tests are counted. */
const [EXAMPLES, DATABASES] = ['--examples', '--databases'];
const options = process.argv.slice(2);

await main(async () => {
  await ensureInstalled();
  const browser = await ensureBrowser();
  if (!(await succeeds('Building', '正在构建', () => npm(['run', '--silent', 'build'])))) return;
  const checked = await succeeds('Checking style and types', '正在检查代码', () => npm(['run', '--silent', 'check']));
  tellDatabases();
  const env = { CHROME_PATH: browser, STORYBOOK_DISABLE_TELEMETRY: '1' };
  const isOurs = (/** @type {string} */ option) => option in FURTHER || [EXAMPLES, DATABASES].includes(option);
  tally = await runTests(
    options.filter((option) => !isOurs(option)),
    env,
  );
  if (!checked) {
    tally.failed += 1;
    console.error('npm run check failed: see above; it counts as one failed');
  }
  if (options.includes(EXAMPLES)) await testExamples(env);
  if (options.includes(DATABASES)) await testDatabases();
  for (const [option, script] of Object.entries(FURTHER)) {
    if (!options.includes(option) || (await succeedsAlone(script))) continue;
    tally.failed += 1;
    console.error(`npm run ${option.slice(2)} failed: see above; it counts as one failed`);
  }
});

if (tally.failed > 0) process.exitCode = 1;
console.log(told(tally));

/** The server's tests run on its embedded database here; what else they could run on is told. */
function tellDatabases() {
  if (options.includes(DATABASES)) return;
  const found = engines.filter(isInstalled).map(({ name }) => name);
  if (found.length === 0) return;
  const names = found.join(', ');
  say(
    `The server is tested on libsql; npm run databases also tests it on ${names}`,
    `服务器在 libsql 上测试;npm run databases 还会在 ${names} 上测试`,
  );
}

/**
 * @param {string} en
 * @param {string} zh
 * @param {() => Promise<{ code: number, output: string }>} step
 */
async function succeeds(en, zh, step) {
  say(en, zh);
  const { code, output } = await step();
  if (code !== 0) console.error(output);
  return code === 0;
}

/** @param {NodeJS.ProcessEnv} env */
async function testExamples(env) {
  if (!(await succeeds('Building the examples', '正在构建示例', buildExamples))) {
    tally.failed += 1;
    return;
  }
  tally = added(tally, await runTests(['--config', 'scripts/examples/vitest.config.mjs'], env));
}

async function testDatabases() {
  const found = await runCounting([join(root, 'scripts/databases.mjs')]);
  tally = added(tally, found.tally);
  if (found.code === 0 || found.tally.failed > 0) return;
  tally.failed += 1;
  console.error('npm run databases failed: see above; it counts as one failed');
}

/** @param {readonly string[]} command a script and its arguments */
async function succeedsAlone([script = '', ...args]) {
  const options = ['--import', import.meta.resolve('tsx'), join(root, 'scripts', script), ...args];
  const { code } = await run(process.execPath, options, { shown: true });
  return code === 0;
}
