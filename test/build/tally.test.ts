import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../../scripts/children.mjs';
import { root } from '../../scripts/install.mjs';

async function tallyOf(files: Readonly<Record<string, string>>, options: readonly string[] = []) {
  const cache = join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'tally-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, source] of Object.entries(files)) {
    writeFileSync(
      join(folder, `${name}.test.ts`),
      `import { beforeAll, describe, expect, test } from 'vitest';\n${source}`,
    );
  }
  writeFileSync(join(folder, 'vitest.config.ts'), 'export default {};');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporter = `--reporter=${join(root, 'scripts/tally.mjs')}`;
  const file = join(folder, 'tally.json');
  const { code } = await run(process.execPath, [vitest, 'run', '--root', folder, reporter, ...options], {
    env: { TALLY_FILE: file },
  });
  const tally: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return { code, tally };
}

test('the closing line of npm test counts tests that passed, failed and were left out', async () => {
  const { code, tally } = await tallyOf({
    tests: `test('a', () => {}); test('b', () => {}); test('c', () => expect(1).toBe(2)); test.skip('d'); test.todo('e');`,
  });
  expect(tally).toEqual({ passed: 2, failed: 1, skipped: 2 });
  expect(code).toBe(1);
});

test('what breaks outside of a test counts as failed, each once', async () => {
  const { code, tally } = await tallyOf({
    'broken-file': `import './missing.js';`,
    'broken-hook': `describe('x', () => { beforeAll(() => { throw new Error() }); test('a', () => {}); });`,
    'loose-error': `test('a', () => { Promise.reject(new Error()); });`,
  });
  expect(tally).toEqual({ passed: 1, failed: 3, skipped: 1 });
  expect(code).toBe(1);
});
