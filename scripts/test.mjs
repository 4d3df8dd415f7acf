import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { run } from './children.mjs';
import { engines, isInstalled } from './databases/engines.mjs';
import { buildExamples } from './examples/build.mjs';
import { ensureInstalled, npm, root } from './install.mjs';
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
const FURTHER = { '--databases': 'databases', '--official': 'official', '--break': 'break' };
/** The same for the examples, whose tests are counted. */
const EXAMPLES = '--examples';
const options = process.argv.slice(2);

await main(async () => {
  await ensureInstalled();
  const browser = await ensureBrowser();
  if (!(await succeeds('Building', '正在构建', () => npm(['run', '--silent', 'build'])))) return;
  const checked = await succeeds('Checking style and types', '正在检查代码', () => npm(['run', '--silent', 'check']));
  tellDatabases();
  tally = await runTests(
    browser,
    options.filter((option) => !(option in FURTHER) && option !== EXAMPLES),
  );
  if (!checked) {
    tally.failed += 1;
    console.error('npm run check failed: see above; it counts as one failed');
  }
  if (options.includes(EXAMPLES)) await testExamples(browser);
  for (const [option, name] of Object.entries(FURTHER)) {
    if (!options.includes(option) || (await succeedsAlone(name))) continue;
    tally.failed += 1;
    console.error(`npm run ${name} failed: see above; it counts as one failed`);
  }
});

const { passed, failed, skipped } = tally;
if (failed > 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);

/** The server's tests run on its embedded database here; what else they could run on is told. */
function tellDatabases() {
  if (options.includes('--databases')) return;
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

/** @param {string} browser */
async function testExamples(browser) {
  if (!(await succeeds('Building the examples', '正在构建示例', buildExamples))) {
    tally.failed += 1;
    return;
  }
  const { passed, failed, skipped } = await runTests(browser, ['--config', 'scripts/examples/vitest.config.mjs']);
  tally = { passed: tally.passed + passed, failed: tally.failed + failed, skipped: tally.skipped + skipped };
}

/** @param {string} name */
async function succeedsAlone(name) {
  const { code } = await run(process.execPath, [join(root, `scripts/${name}.mjs`)], { shown: true });
  return code === 0;
}

/**
 * @param {string} browser
 * @param {readonly string[]} options
 * @returns {Promise<Tally>}
 */
async function runTests(browser, options) {
  const folder = mkdtempSync(join(tmpdir(), 'denglu-'));
  const file = join(folder, 'tally.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['default', join(root, 'scripts/tally.mjs')].map((reporter) => `--reporter=${reporter}`);
  const { code } = await run(process.execPath, [vitest, 'run', '--root', root, ...reporters, ...options], {
    shown: true,
    env: { CHROME_PATH: browser, TALLY_FILE: file, STORYBOOK_DISABLE_TELEMETRY: '1' },
  });
  /** @type {Tally} */
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  rmSync(folder, { recursive: true });
  if (code !== 0 && counts.failed === 0) {
    counts.failed = 1;
    console.error(`vitest ended with code ${code}, though no test failed; it counts as one failed`);
  }
  return counts;
}
