import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOOPBACK } from '../ports.mjs';

/** Databases refuse to run as root; Debian's user without rights is there everywhere. */
const NOBODY = 65_534;

const isRoot = process.getuid?.() === 0;

/** With what rights the databases run. */
export const rights = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * A folder that the databases may write to.
 *
 * @returns {{ folder: (name: string) => string, remove: () => void }}
 */
export function makePlace() {
  const place = mkdtempSync(join(tmpdir(), 'denglu-databases-'));
  own(place);
  const remove = () => {
    process.off('exit', remove);
    rmSync(place, { recursive: true, force: true });
  };
  // Whoever is interrupted does not come to remove it.
  process.once('exit', remove);
  return {
    folder(name) {
      const folder = join(place, name);
      mkdirSync(folder);
      own(folder);
      return folder;
    },
    remove,
  };
}

/** @param {string} folder */
function own(folder) {
  chmodSync(folder, 0o700);
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
}

/** A port of this machine that nobody listens on now. */
export async function anyPort() {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('No port');
  return address.port;
}

/**
 * Runs a tool to its end, with the databases' rights.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export function runAsNobody(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { ...rights, cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? `${stdout}${stderr}`}`);
}
