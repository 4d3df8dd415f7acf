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
  const known = await namesOfAll();
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const names = known.join(', ');
    throw new Problem(
      `There is no ${unknown.join(', ')}; there are: ${names}`,
      `没有 ${unknown.join('、')};可选:${names}`,
    );
  }
  const names = wanted.length > 0 ? wanted : known;
  const failed = await exploreAll(names, wanted.length > 0 ? ['--coverage'] : []);
  if (failed.length > 0) {
    process.exitCode = 1;
    console.error(`failed: ${failed.join(', ')}`);
  }
  console.log(`${names.length - failed.length} of ${names.length} explorations found nothing wrong`);
});

async function namesOfAll() {
  const { code, output } = await explorer(['--list']);
  if (code !== 0) throw new Problem(output, output);
  return output.split('\n').filter((line) => /^\w+$/.test(line));
}

/**
 * Prints what each has found in the order of the names, whichever ends first.
 *
 * @param {readonly string[]} names
 * @param {readonly string[]} options
 * @returns {Promise<string[]>} the names of those in which something is wrong
 */
async function exploreAll(names, options) {
  const left = [...names];
  /** @type {Map<string, { code: number, output: string }>} */
  const ended = new Map();
  let told = 0;
  const work = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      ended.set(name, await explorer([name, ...options]));
      for (let next = ended.get(names[told] ?? ''); next; next = ended.get(names[told] ?? '')) {
        process.stdout.write(next.output);
        told += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return names.filter((name) => ended.get(name)?.code !== 0);
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
