import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../../scripts/children.mjs';
import { root } from '../../scripts/install.mjs';

it.each([
  ['one that is none', ['--servr'], 'There is no option --servr\n没有选项 --servr\n'],
  ['one part to write a page of', ['--server', '--write'], /^The page is written as a whole/],
])('npm run bench measures nothing where it is given %s', async (_, options, told) => {
  const args = ['--import', import.meta.resolve('tsx'), join(root, 'bench/main.ts'), ...options];
  const { code, output } = await run(process.execPath, args);
  expect(code).toBe(1);
  expect(output).toMatch(told);
});
