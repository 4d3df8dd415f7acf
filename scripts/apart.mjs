import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from './install.mjs';
import { Problem } from './speech.mjs';

const CACHE = join(root, '.cache');
const PAPERS = ['package.json', 'package-lock.json'];

/** @param {string} name of a folder below `scripts/` */
const titleOf = (name) => `${name.replaceAll('/', '-')}-tools`;

/**
 * Where {@link ensureApart} installs, whether or not it did.
 *
 * @param {string} name of the folder with the lock, below `scripts/`
 */
export function folderApart(name) {
  const lock = createHash('sha256').update(readFileSync(join(root, 'scripts', name, 'package-lock.json')));
  return join(CACHE, `${titleOf(name)}-${lock.digest('hex').slice(0, 12)}`);
}

/**
 * Tools that are too large for the main install, as the lock of a folder below `scripts/` has them. They are installed when they
 * are wanted, in a folder that git ignores, and run nothing of their own meanwhile.
 *
 * @param {string} name of that folder
 * @param {() => void} tell is called before they are installed, which is once
 * @returns {Promise<string>} the folder whose `node_modules` holds them
 * @throws {Problem} where npm could not install
 */
export async function ensureApart(name, tell) {
  const folder = folderApart(name);
  if (existsSync(folder)) return folder;
  tell();
  mkdirSync(CACHE, { recursive: true });
  const stage = mkdtempSync(join(CACHE, `${titleOf(name)}-`));
  try {
    for (const paper of PAPERS) cpSync(join(root, 'scripts', name, paper), join(stage, paper));
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code, output } = await npm(['ci', ...options], { folder: stage });
    if (code !== 0) throw new Problem(`npm ci failed:\n${output.trim()}`, `${name} 的工具安装失败,原因见上`);
    // By a rename, so that half an installation is never taken for a whole one.
    if (!existsSync(folder)) renameSync(stage, folder);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  return folder;
}
