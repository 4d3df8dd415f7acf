import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { posix } from 'node:path';
import vm from 'node:vm';
import type { Clock } from '../../../ports/clock.js';

export interface DeviceContextOptions {
  /** Promise is a polyfill on timers, and microtasks are not ordered before them, as on iOS up to 15 (W-10). */
  timerPromise?: boolean;
  /** The engine lacks what Baidu's lack: `flatMap` and `fromEntries` (B-12). */
  isBaidu?: boolean;
}

/** A device, by its clock and its host object. */
export type HostDevice = { readonly clock: Clock } & ({ readonly wx: unknown } | { readonly swan: unknown });

/** Where a mini-program's code runs on a device. */
export interface DeviceContext {
  /**
   * Runs CommonJS modules.
   *
   * @param files code by path; modules require each other by relative path, or by the path itself
   * @param entry the path of the module to begin with
   * @returns its exports
   */
  run(files: Readonly<Record<string, string>>, entry: string): unknown;
}

/**
 * Makes a context that has the language's own built-ins, timers, Promise, console and `wx` or `swan`, and nothing else: no
 * `globalThis`, no `AbortController`, no `eval` (W-21). The timers are those of the device's clock. A device that was
 * restarted wants a new context.
 */
export function createDeviceContext(device: HostDevice, options: DeviceContextOptions = {}): DeviceContext {
  const host = 'wx' in device ? { wx: device.wx } : { swan: device.swan };
  const globals: Record<string, unknown> = { ...host, console, ...timersOf(device) };
  const context = vm.createContext(globals, { codeGeneration: { strings: false, wasm: false } });
  if (options.isBaidu) vm.runInContext('delete Array.prototype.flatMap; delete Object.fromEntries', context);
  vm.runInContext('delete globalThis.WebAssembly; delete globalThis.globalThis', context);

  const run: DeviceContext['run'] = (files, entry) => {
    const modules = new Map<string, { exports: unknown }>();
    const load = (path: string): unknown => {
      const loaded = modules.get(path);
      if (loaded) return loaded.exports;
      const code = files[path];
      if (code === undefined) throw new Error(`there is no module ${path}`);
      const module = { exports: {} };
      modules.set(path, module);
      const body = vm.compileFunction(code, ['module', 'exports', 'require'], {
        parsingContext: context,
        filename: path,
      });
      body.call(module.exports, module, module.exports, (name: string) => load(resolve(files, path, name)));
      return module.exports;
    };
    return load(entry);
  };

  if (options.timerPromise) {
    const path = createRequire(import.meta.url).resolve('promise-polyfill/lib/index.js');
    globals.Promise = run({ [path]: readFileSync(path, 'utf8') }, path);
  }
  return { run };
}

function resolve(files: Readonly<Record<string, string>>, from: string, name: string): string {
  const path = name.startsWith('.') ? posix.join(posix.dirname(from), name) : name;
  return [path, `${path}.js`, posix.join(path, 'index.js')].find((candidate) => candidate in files) ?? path;
}

type Callback = (...args: unknown[]) => void;

function timersOf({ clock }: HostDevice) {
  const intervals = new Map<number, unknown>();
  let lastInterval = 0;
  return {
    setTimeout: (callback: Callback, delay = 0, ...args: unknown[]) => clock.setTimeout(() => callback(...args), delay),
    clearTimeout: (timer: unknown) => clock.clearTimeout(timer),
    setInterval(callback: Callback, delay = 0, ...args: unknown[]) {
      lastInterval += 1;
      const id = lastInterval;
      const again = () => {
        intervals.set(id, clock.setTimeout(again, delay));
        callback(...args);
      };
      intervals.set(id, clock.setTimeout(again, delay));
      return id;
    },
    clearInterval(id: number) {
      clock.clearTimeout(intervals.get(id));
      intervals.delete(id);
    },
  };
}
