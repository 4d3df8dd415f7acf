import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';

/**
 * As much of a JavaScript engine as a mini-program may rely on: the standard's own built-ins without `globalThis`
 * (W-21), timers, a console, and `require` for the package's own files; it makes no code of text.
 *
 * @param {string} folder where the package's files are
 * @param {Readonly<Record<string, unknown>>} host what the host adds, such as `Component`
 * @param {Readonly<Record<string, string>>} packages the folders of what is required by the name of a package
 */
export function createEngine(folder, host, packages = {}) {
  const context = createContext(
    { console, setTimeout, clearTimeout, ...host },
    { codeGeneration: { strings: false, wasm: false } },
  );
  runInContext('delete this.WebAssembly; delete this.globalThis', context);
  /** @type {Map<string, { exports: object }>} */
  const modules = new Map();

  /**
   * @param {string} file
   * @returns {object}
   */
  function load(file) {
    const known = modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(file, module);
    /** @type {(...names: unknown[]) => void} */
    const run = runInContext(
      `(function (exports, module, require) { 'use strict'; ${readFileSync(file, 'utf8')}\n})`,
      context,
      { filename: file },
    );
    run(module.exports, module, (/** @type {string} */ path) => load(resolve(file, path)));
    return module.exports;
  }

  /**
   * @param {string} file
   * @param {string} path
   */
  function resolve(file, path) {
    const [name = '', ...rest] = path.split('/');
    const place = packages[name];
    return place === undefined ? join(dirname(file), path) : join(place, ...rest);
  }

  return { require: (/** @type {string} */ path) => load(join(folder, path)) };
}
