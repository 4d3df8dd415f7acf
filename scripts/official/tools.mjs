import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from '../install.mjs';
import { Problem, say } from '../speech.mjs';

const HERE = join(root, 'scripts/official');
const PAPERS = ['package.json', 'package-lock.json'];

/**
 * WeChat's own tools, as `scripts/official/package-lock.json` has them. They are large, so they are installed when they
 * are wanted, in a folder that git ignores.
 *
 * @returns {Promise<string>} the folder whose `node_modules` holds them
 * @throws {Problem} where npm could not install
 */
export async function ensureTools() {
  const lock = createHash('sha256').update(readFileSync(join(HERE, 'package-lock.json')));
  const cache = join(root, '.cache');
  const folder = join(cache, `official-tools-${lock.digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  say("Installing WeChat's own tools, once (280 MB)", '正在安装微信官方工具,仅首次需要(280 MB)');
  mkdirSync(cache, { recursive: true });
  const stage = mkdtempSync(join(cache, 'official-tools-'));
  try {
    for (const paper of PAPERS) cpSync(join(HERE, paper), join(stage, paper));
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code, output } = await npm(['ci', ...options], { folder: stage });
    if (code !== 0) throw new Problem(`npm ci failed:\n${output.trim()}`, '官方工具安装失败,原因见上');
    // By a rename, so that half an installation is never taken for a whole one.
    if (!existsSync(folder)) renameSync(stage, folder);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  return folder;
}
