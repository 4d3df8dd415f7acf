import { spawnSync } from 'node:child_process';
import { run } from './children.mjs';

const SILENCE = 120_000;

/** Whether Debian's packages can be installed here without asking a person for a password. */
export function canUseApt() {
  return (
    process.platform === 'linux' && succeeds('apt-get', ['--version']) && (isRoot() || succeeds('sudo', ['-n', 'true']))
  );
}

/**
 * Installs packages of Debian, after reading which versions there are.
 *
 * @param {readonly string[]} packages
 * @returns {Promise<{ ok: boolean, output: string }>} what apt printed is of interest where it failed
 */
export async function aptInstall(packages) {
  const update = await apt(['update']);
  const install = await apt(['install', '-y', '--no-install-recommends', ...packages]);
  return { ok: install.code === 0, output: update.output + install.output };
}

/** @param {readonly string[]} args */
function apt(args) {
  const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=60', ...args];
  const [first = '', ...rest] = isRoot() ? command : ['sudo', '-n', ...command];
  return run(first, rest, { patience: SILENCE });
}

function isRoot() {
  return process.getuid?.() === 0;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
