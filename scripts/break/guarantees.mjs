import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../speech.mjs';

/**
 * @typedef {object} Guarantee
 * @property {string} id `G-01`
 * @property {string | null} tests the file of its tests, from the project's folder on
 * @property {string | null} patch the patch that breaks it, likewise
 * @property {string} breaks what the patch breaks, by its own first line
 */

/** How many guarantees the issue asks for; a file that bears a higher number is found all the same. */
const COUNT = 23;

const TESTS = 'test/guarantees';
const PATCHES = 'test/guarantees/breaks';

/**
 * Every guarantee, in order, with its tests and its break as far as they are there.
 *
 * @param {string} root the project's folder
 * @returns {Guarantee[]}
 * @throws {Problem} where two files are for one guarantee
 */
export function readGuarantees(root) {
  const tests = byId(root, TESTS, /^g-\d\d-[a-z0-9-]+\.test\.ts$/);
  const patches = byId(root, PATCHES, /^G-\d\d\.patch$/);
  const asked = Array.from({ length: COUNT }, (_, index) => `G-${String(index + 1).padStart(2, '0')}`);
  return [...new Set([...asked, ...tests.keys(), ...patches.keys()])].sort().map((id) => {
    const patch = patches.get(id) ?? null;
    return {
      id,
      tests: tests.get(id) ?? null,
      patch,
      breaks: patch ? (readFileSync(join(root, patch), 'utf8').split('\n')[0] ?? '') : '',
    };
  });
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {RegExp} shape
 */
function byId(root, folder, shape) {
  /** @type {Map<string, string>} */
  const files = new Map();
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  for (const name of names.filter((name) => shape.test(name))) {
    const id = name.slice(0, 'G-00'.length).toUpperCase();
    const other = files.get(id);
    if (other)
      throw new Problem(
        `${id} has two files: ${other} and ${folder}/${name}.`,
        `${id} 有两个文件:${other} 和 ${folder}/${name}。`,
      );
    files.set(id, `${folder}/${name}`);
  }
  return files;
}
