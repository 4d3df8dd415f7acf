import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { minifySync } from 'rolldown/utils';
import { root } from '../install.mjs';
import { measure, sum } from './measure.mjs';

/** @typedef {import('./measure.mjs').Size} Size */

/**
 * The built native package: each component with its script, template, style and settings; what they share, by file; all
 * of it. Scripts are minified, as a host's tools do when an app is uploaded; templates and styles are as they are.
 *
 * @param {'miniprogram_dist' | 'swan_dist'} folder WeChat's package, or Baidu's
 * @returns {{ components: Size[], shared: Size[], native: Size[] }}
 */
export function nativeSizes(folder = 'miniprogram_dist') {
  const files = filesOf(join(root, folder));
  const names = [...new Set(files.map(({ name }) => componentOf(name)))].filter((name) => name !== '');
  return {
    components: names.map((component) =>
      sum(
        component,
        files.filter(({ name }) => componentOf(name) === component),
      ),
    ),
    shared: files.filter(({ name }) => componentOf(name) === ''),
    native: [...files, sum('total', files)],
  };
}

/**
 * @param {string} folder
 * @returns {Size[]}
 */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) !== '.txt')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => {
      const text = readFileSync(file, 'utf8');
      const name = file.slice(folder.length + 1);
      return measure(name, extname(file) === '.js' ? minifySync(name, text, { module: false }).code : text);
    });
}

/** @param {string} file */
function componentOf(file) {
  return /^components\/([^/]+)\//.exec(file)?.[1] ?? '';
}
