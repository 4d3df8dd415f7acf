import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './children.mjs';
import { root } from './install.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */

/**
 * Runs tests, shows them, and counts. A run that fails although no test did counts as one failed.
 *
 * @param {readonly string[]} options of vitest
 * @param {NodeJS.ProcessEnv} [env] variables added to this process's own
 * @returns {Promise<Tally>}
 */
export async function runTests(options, env = {}) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['default', join(root, 'scripts/tally.mjs')].map((reporter) => `--reporter=${reporter}`);
  const args = [vitest, 'run', '--root', root, ...reporters, ...options];
  const { code, tally } = await runCounting(args, env);
  if (code !== 0 && tally.failed === 0) {
    tally.failed = 1;
    console.error(`vitest ended with code ${code}, though no test failed; it counts as one failed`);
  }
  return tally;
}

/**
 * Runs a script that writes what it counted to the file `TALLY_FILE`, shows what it says, and reads that.
 *
 * @param {readonly string[]} args of node
 * @param {NodeJS.ProcessEnv} [env] variables added to this process's own
 * @returns {Promise<{ code: number, tally: Tally }>}
 */
export async function runCounting(args, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'denglu-'));
  const file = join(folder, 'tally.json');
  const { code } = await run(process.execPath, args, { shown: true, env: { ...env, TALLY_FILE: file } });
  /** @type {Tally} */
  const tally = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  rmSync(folder, { recursive: true });
  return { code, tally };
}

/**
 * @param {Tally} one
 * @param {Tally} other
 * @returns {Tally} both together
 */
export const added = (one, other) => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});

/** @param {Tally} tally */
export const told = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
