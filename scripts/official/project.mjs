import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { npm, root } from '../install.mjs';
import { Problem } from '../speech.mjs';

/**
 * The sample app as it stands on a developer's disk before "build npm", and a twin of the package for the packer to read.
 *
 * @typedef {object} Project
 * @property {string} folder what the developer tools open
 * @property {string} app the app's own root in it
 * @property {string} installed the package as npm installs it
 */

const SAMPLE = join(root, 'examples/wechat');

/**
 * Builds and packs the package, and installs it in a copy of the sample app.
 *
 * @param {string} folder an empty one
 * @returns {Promise<Project>}
 * @throws {Problem} where the package cannot be built or packed
 */
export async function installInSample(folder) {
  const { code, output } = await npm(['pack', root, '--json', '--pack-destination', folder]);
  if (code !== 0) throw new Problem(`npm pack failed:\n${output.trim()}`, 'npm pack 失败,原因见上');
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';

  const project = projectIn(join(folder, 'sample'));
  cpSync(SAMPLE, project.folder, {
    recursive: true,
    filter: (path) => !/\/(node_modules|miniprogram_npm)$/.test(path),
  });
  mkdirSync(project.installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', project.installed, '--strip-components=1']);
  // npm installs what the package names as its peer, and "build npm" is to leave it out.
  cpSync(join(root, 'node_modules/xstate'), join(project.app, 'node_modules/xstate'), { recursive: true });
  return project;
}

/**
 * @param {string} folder
 * @returns {Project}
 */
export function projectIn(folder) {
  /** @type {{ miniprogramRoot: string }} */
  const { miniprogramRoot } = JSON.parse(readFileSync(join(SAMPLE, 'project.config.json'), 'utf8'));
  const app = join(folder, miniprogramRoot);
  return { folder, app, installed: join(app, 'node_modules/denglu') };
}

/**
 * A package that only requires each script of the native package. "Build npm" copies a package with `miniprogram_dist`
 * unread; of this one it parses every script.
 *
 * @param {Project} project
 * @param {string} folder an empty one
 * @returns {string} the `package.json` of an app that depends on it
 */
export function packageToRead({ installed }, folder) {
  const twin = join(folder, 'node_modules/denglu');
  cpSync(join(installed, 'miniprogram_dist'), twin, { recursive: true });
  const scripts = filesIn(twin).filter((file) => file.endsWith('.js'));
  writeFileSync(join(twin, 'all.js'), scripts.map((file) => `require('./${file}');\n`).join(''));
  writeFileSync(join(twin, 'package.json'), JSON.stringify({ name: 'denglu', version: '0.0.0', main: 'all.js' }));
  const manifest = join(folder, 'package.json');
  writeFileSync(manifest, JSON.stringify({ dependencies: { denglu: '*' } }));
  return manifest;
}

/**
 * The files of a folder, by their path in it.
 *
 * @param {string} folder
 */
export function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
