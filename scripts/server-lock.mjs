import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from './install.mjs';
import { main, Problem } from './speech.mjs';

/**
 * Writes the lock of the server alone, which its image is made of: the project's lock, without what only the project needs.
 * The versions stay.
 */
await main(async () => {
  const folder = join(root, 'server');
  copyFileSync(join(root, 'package-lock.json'), join(folder, 'package-lock.json'));
  const { code, output } = await npm(['install', '--package-lock-only', '--no-audit', '--no-fund'], { folder });
  if (code !== 0) throw new Problem(`npm could not write the lock:\n${output.trim()}`, 'npm 无法写入锁文件,原因见上');
});
