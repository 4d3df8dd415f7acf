import { join } from 'node:path';
import { run } from './children.mjs';
import { ensureInstalled, root } from './install.mjs';
import { main, say } from './speech.mjs';

/** Explores every flow as far as it is ever explored: alone to closure, two at a time to their bound. */

await main(async () => {
  await ensureInstalled();
  say('Exploring every interleaving of every flow', '正在遍历每个流程的所有交错');
  const { code } = await run(
    process.execPath,
    [
      '--max-old-space-size=4096',
      '--max-semi-space-size=64',
      '--import',
      'tsx',
      join(root, 'test/explore/main.ts'),
      ...process.argv.slice(2),
    ],
    // The production build of XState makes no notes for developers.
    { shown: true, env: { NODE_ENV: 'production' } },
  );
  process.exitCode = code;
});
