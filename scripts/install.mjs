import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from './children.mjs';
import { Problem, say } from './speech.mjs';

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean }} LockedPackage */

/** The folder of the project, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Makes sure that this Node is new enough and that `node_modules` holds what `package-lock.json` says.
 *
 * @throws {Problem} where Node is too old or npm could not install
 */
export async function ensureInstalled() {
  requireNode();
  if (isInstalled()) return;
  say('Installing packages, once', '正在安装依赖,仅首次需要');
  const { code, output } = await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    throw new Problem(`npm ci failed:\n${output.trim()}`, '依赖安装失败,原因见上');
  }
}

/**
 * Runs npm on this project: the one that runs this script, else the one on the path.
 *
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {string} [options.folder] that of another project
 * @param {NodeJS.ProcessEnv} [options.env] variables added to this process's own
 */
export function npm(args, { folder = root, env = {} } = {}) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return run(process.execPath, [cli, '--prefix', folder, ...args], { env });
  return run('npm', ['--prefix', folder, ...args], { env });
}

function requireNode() {
  /** @type {string} */
  const wanted = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).engines.node.replace('>=', '');
  if (isAtLeast(process.versions.node, wanted)) return;
  throw new Problem(
    `Node ${wanted} or later is needed; this is ${process.versions.node}.`,
    `需要 Node ${wanted} 或更高版本,当前为 ${process.versions.node}。`,
  );
}

/**
 * @param {string} version
 * @param {string} wanted
 */
function isAtLeast(version, wanted) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/**
 * Whether a project has what its lock says. npm keeps in `node_modules/.package-lock.json` what it installed; the
 * packages of other systems are not among it. A folder that was removed since is missed where it stood.
 *
 * @param {string} [folder] the project's, with a slash at its end
 */
export function isInstalled(folder = root) {
  const wanted = lockedPackages(`${folder}package-lock.json`);
  const present = lockedPackages(`${folder}node_modules/.package-lock.json`);
  return Object.entries(wanted).every(([path, { version, integrity, optional, link }]) => {
    if (!path.includes('node_modules/')) return true;
    const found = present[path];
    if (!found) return optional === true;
    if (found.version !== version || found.integrity !== integrity || found.link !== link) return false;
    return existsSync(`${folder}${path}/package.json`);
  });
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function lockedPackages(file) {
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
