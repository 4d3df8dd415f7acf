import { join } from 'node:path';
import { run } from './children.mjs';
import { buildExamples } from './examples/build.mjs';
import { ensureInstalled, npm, root } from './install.mjs';
import { main, Problem, say } from './speech.mjs';

/** Builds the examples that need tools of their own, and tests them as apps. */

await main(async () => {
  await ensureInstalled();
  say('Building', '正在构建');
  for (const step of [() => npm(['run', '--silent', 'build']), buildExamples]) {
    const { code, output } = await step();
    if (code !== 0) throw new Problem(`The examples could not be built:\n${output.trim()}`, '示例构建失败,原因见上');
  }
  const config = join(root, 'scripts/examples/vitest.config.mjs');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const options = ['--root', root, '--config', config, ...process.argv.slice(2)];
  const { code } = await run(process.execPath, [vitest, 'run', ...options], { shown: true });
  process.exitCode = code;
});
