import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';

/**
 * As much of a JavaScript engine as a mini-program may rely on: the standard's own built-ins without `globalThis`
 * (W-21), timers, a console, and `require` for the package's own files; it makes no code of text.
 *
 * @param folder where the package's files are
 * @param host what the host adds, such as `Component`
 * @param packages the folders of what is required by the name of a package
 */
export function createEngine(
  folder: string,
  host: Readonly<Record<string, unknown>>,
  packages: Readonly<Record<string, string>> = {},
) {
  const context = createContext(
    { console, setTimeout, clearTimeout, ...host },
    { codeGeneration: { strings: false, wasm: false } },
  );
  runInContext('delete this.WebAssembly; delete this.globalThis', context);
  const modules = new Map<string, { exports: object }>();

  function load(file: string): object {
    const known = modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(file, module);
    const run: (...names: unknown[]) => void = runInContext(
      `(function (exports, module, require) { 'use strict'; ${readFileSync(file, 'utf8')}\n})`,
      context,
      { filename: file },
    );
    run(module.exports, module, (path: string) => load(resolve(file, path)));
    return module.exports;
  }

  function resolve(file: string, path: string): string {
    const [name = '', ...rest] = path.split('/');
    const place = packages[name];
    return place === undefined ? join(dirname(file), path) : join(place, ...rest);
  }

  return { require: (path: string) => load(join(folder, path)) };
}
