import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../../scripts/children.mjs';
import { root } from '../../scripts/install.mjs';

it('npm run durability of a database that is not here kills nothing, and does not say that all went well', async () => {
  const args = ['--import', import.meta.resolve('tsx'), join(root, 'scripts/durability.ts'), '1', 'Oracle'];
  const { code, output } = await run(process.execPath, args);
  expect(code).toBe(1);
  expect(output).toMatch(/^Oracle is not here; there is libsql\b.*\n此处没有 Oracle,只有 libsql\b.*\n$/);
});
