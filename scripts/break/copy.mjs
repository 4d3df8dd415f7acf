import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { run } from '../children.mjs';
import { Problem } from '../speech.mjs';

/**
 * Copies the project to where it may be broken: what git tracks and what it would, as it stands in the working tree.
 *
 * @param {string} root the project's folder
 * @param {string} copy an empty folder
 * @throws {Problem} where git does not know the project
 */
export async function copyProject(root, copy) {
  const listed = await run('git', ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  if (listed.code !== 0) {
    throw new Problem(`git could not list the project's files:\n${listed.output}`, 'git 无法列出项目文件,原因见上');
  }
  for (const file of new Set(listed.output.split('\0').filter(Boolean))) {
    // Tracked, but deleted or a folder of another repository: neither is part of the project as it stands.
    if (!existsSync(join(root, file)) || lstatSync(join(root, file)).isDirectory()) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  linkPackages(join(root, 'node_modules'), join(copy, 'node_modules'));
}

/**
 * Installed packages are linked, each by itself. The project's own workspaces are links that lead from `node_modules`
 * back into the project: copied as they are, they lead into the copy.
 *
 * @param {string} installed
 * @param {string} linked
 */
function linkPackages(installed, linked) {
  mkdirSync(linked);
  for (const name of readdirSync(installed)) {
    if (name.startsWith('.')) continue;
    const path = join(installed, name);
    const target = lstatSync(path).isSymbolicLink() ? readlinkSync(path) : path;
    symlinkSync(target, join(linked, name), isAbsolute(target) ? 'junction' : 'dir');
  }
}
