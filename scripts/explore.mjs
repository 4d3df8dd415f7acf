import { join } from 'node:path';
import { run } from './children.mjs';
import { ensureInstalled, root } from './install.mjs';
import { main, Problem, say } from './speech.mjs';

/** Explores every flow as far as it is ever explored: alone to closure, two at a time to their bound. */

/** Each explores on one core, and keeps its states in memory. */
const AT_A_TIME = 2;

await main(async () => {
  await ensureInstalled();
  say('Exploring every interleaving of every flow', '正在遍历每个流程的所有交错');
  const wanted = process.argv.slice(2);
  const together = await namesTogether();
  const known = together.flatMap(namesIn);
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const names = known.join(', ');
    throw new Problem(
      `There is no ${unknown.join(', ')}; there are: ${names}`,
      `没有 ${unknown.join('、')};可选:${names}`,
    );
  }
  const jobs = wanted.length > 0 ? wanted : together;
  const failed = await exploreAll(jobs, wanted.length > 0 ? ['--coverage'] : []);
  if (failed.length > 0) {
    process.exitCode = 1;
    console.error(`failed: ${failed.join(', ')}`);
    return;
  }
  console.log(`${jobs.flatMap(namesIn).length} explorations found nothing wrong`);
});

/** In one text, with spaces between, what is explored in one process: what no cast of a chart takes, it tells at the end. */
async function namesTogether() {
  const { code, output } = await explorer(['--list']);
  if (code !== 0) throw new Problem(output, output);
  return output.split('\n').filter((line) => /^\w+( \w+)*$/.test(line));
}

/** @param {string} job */
function namesIn(job) {
  return job.split(' ');
}

/**
 * Prints what each has found in the order of the jobs, whichever ends first.
 *
 * @param {readonly string[]} jobs
 * @param {readonly string[]} options
 * @returns {Promise<string[]>} those in which something is wrong
 */
async function exploreAll(jobs, options) {
  const left = [...jobs];
  /** @type {Map<string, { code: number, output: string }>} */
  const ended = new Map();
  let told = 0;
  const work = async () => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) {
      ended.set(job, await explorer([...namesIn(job), ...options]));
      for (let next = ended.get(jobs[told] ?? ''); next; next = ended.get(jobs[told] ?? '')) {
        process.stdout.write(next.output);
        told += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return jobs.filter((job) => ended.get(job)?.code !== 0);
}

/** @param {readonly string[]} words */
function explorer(words) {
  return run(
    process.execPath,
    [
      '--max-old-space-size=4096',
      '--max-semi-space-size=64',
      '--import',
      'tsx',
      join(root, 'test/explore/main.ts'),
      ...words,
    ],
    // The production build of XState makes no notes for developers.
    { env: { NODE_ENV: 'production' } },
  );
}
