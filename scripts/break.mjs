import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { copyProject } from './break/copy.mjs';
import { rememberFiles } from './break/files.mjs';
import { readGuarantees } from './break/guarantees.mjs';
import { judge } from './break/judge.mjs';
import { run, stopChildren } from './children.mjs';
import { ensureInstalled, root } from './install.mjs';
import { main, Problem, say } from './speech.mjs';

/** @typedef {ReturnType<typeof judge>} Verdict */

/** Breaks each guarantee on purpose, in a copy, and sees that its tests go red, all of them and no others. */

const LIMIT = 90_000;
const wanted = process.argv.slice(2).map((id) => id.toUpperCase());

await main(async () => {
  await ensureInstalled();
  const known = readGuarantees(root);
  const unknown = wanted.filter((id) => !known.some((guarantee) => guarantee.id === id));
  if (unknown.length > 0)
    throw new Problem(`No such guarantee: ${unknown.join(', ')}`, `没有这条保证:${unknown.join('、')}`);
  const chosen = known.filter(({ id }) => wanted.length === 0 || wanted.includes(id));

  say('Breaking each guarantee on purpose', '逐条故意破坏保证');
  const copy = mkdtempSync(join(tmpdir(), 'denglu-break-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true, maxRetries: 3 }));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(signal, leave);
  await copyProject(root, copy);

  row('', 'red', 'others', '', 'what was broken');
  const unbroken = await runTests(copy, null);
  tell('-', 'nothing', unbroken);
  if (unbroken.deviations.length > 0) {
    throw new Problem('The tests have to be green before anything is broken.', '请先让测试全部通过。');
  }
  let failed = 0;
  for (const guarantee of chosen) {
    const verdict = await breakOne(copy, guarantee);
    if (verdict.deviations.length > 0) failed += 1;
    tell(guarantee.id, guarantee.breaks, verdict);
  }

  const absent = chosen.filter(({ tests, patch }) => !tests || !patch).map(({ id }) => id);
  if (absent.length > 0) console.log(`missing: ${absent.join(', ')}`);
  console.log(`${chosen.length - failed} of ${chosen.length} guarantees are held by their tests`);
  if (failed > 0) process.exitCode = 1;
});

async function leave() {
  await stopChildren();
  process.exit(1);
}

/**
 * @param {string} copy
 * @param {import('./break/guarantees.mjs').Guarantee} guarantee
 * @returns {Promise<Verdict>}
 */
async function breakOne(copy, { id, tests, patch }) {
  if (!tests || !patch) {
    const missing = [...(tests ? [] : ['tests']), ...(patch ? [] : ['patch'])];
    return { own: '-', others: 0, deviations: [`has no ${missing.join(' and no ')}`] };
  }
  const takeBack = rememberFiles(copy, readFileSync(join(root, patch), 'utf8'));
  const refusal = await apply(copy, patch);
  if (refusal) return { own: '-', others: 0, deviations: [`${patch} does not apply: ${refusal}`] };
  const verdict = await runTests(copy, id);
  takeBack();
  return verdict;
}

/**
 * @param {string} copy
 * @param {string} patch
 * @returns {Promise<string | null>} what git has against it
 */
async function apply(copy, patch) {
  // Inside of another repository git would take the copy for a part of it, and skip every file.
  const env = { GIT_CEILING_DIRECTORIES: dirname(copy) };
  const { code, output } = await run('git', ['-C', copy, 'apply', join(root, patch)], { env });
  return code === 0 ? null : output.trim().replaceAll('\n', '; ');
}

/**
 * @param {string} copy
 * @param {string | null} id the guarantee that is broken
 * @returns {Promise<Verdict>}
 */
async function runTests(copy, id) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const config = join(copy, 'scripts/break/vitest.config.mjs');
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const { code, output } = await run(
    process.execPath,
    [vitest, 'run', '--root', copy, '--config', config, '--silent', '--reporter=json', `--outputFile=${report}`],
    { patience: LIMIT },
  );
  if (!existsSync(report)) {
    const end = `the run ended with code ${code} and without a report, after ${LIMIT / 1000} seconds at the most`;
    return { own: '-', others: 0, deviations: [end, ...output.split('\n').filter(Boolean).slice(-5)] };
  }
  const told = judge(JSON.parse(readFileSync(report, 'utf8')).testResults, id);
  if (id === null && code !== 0 && told.deviations.length === 0) {
    told.deviations.push(`vitest ended with code ${code}, though no test failed: ${output.trim().split('\n')[0]}`);
  }
  return told;
}

/**
 * @param {string} id
 * @param {string} breaks
 * @param {Verdict} verdict
 */
function tell(id, breaks, { own, others, deviations }) {
  row(id, own, String(others), deviations.length === 0 ? 'ok' : 'WRONG', breaks);
  for (const deviation of deviations) console.log(`      ${deviation}`);
}

/** @param {[id: string, own: string, others: string, verdict: string, breaks: string]} cells */
function row(...[id, own, others, verdict, breaks]) {
  console.log([id.padEnd(5), own.padStart(5), others.padStart(7), ` ${verdict.padEnd(6)}`, breaks].join(' ').trimEnd());
}
