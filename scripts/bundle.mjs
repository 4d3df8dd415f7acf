import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { withoutDescriptions } from './descriptions.mjs';
import { root } from './install.mjs';

/** The doors for those who bundle: kbone's pages are webpack's. */
const bundled = ['./adapters/kbone', './adapters/kbone.css'];

/** @typedef {'wx' | 'swan'} HostObject the host, by its global object */

/** The adapters that drive one host, and are of no use on another. */
const adapterOf = { wx: './adapters/wechat', swan: './adapters/baidu' };

/**
 * The doors of a native package: those of `package.json` that a mini-program of this host may use, and one per component.
 *
 * @param {HostObject} host
 * @returns {Record<string, string>} the built file, without its ending, to its source
 */
export function nativeEntries(host = 'wx') {
  /** @type {Record<string, string>} */
  const entries = {};
  const others = Object.values(adapterOf).filter((door) => door !== adapterOf[host]);
  for (const door of Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).exports)) {
    if (door === '.') entries.index = join(root, 'index.ts');
    if (door === './baas') entries.baas = join(root, 'baas.ts');
    if (door === './inspect') entries.inspect = join(root, 'inspect/index.ts');
    if (!door.startsWith('./adapters/') || [...bundled, ...others].includes(door)) continue;
    entries[door.slice(2)] = join(root, `${door}.ts`);
  }
  for (const name of readdirSync(join(root, 'components'))) {
    const source = join(root, 'components', name, 'index.ts');
    if (existsSync(source)) entries[`components/${name}/index`] = source;
  }
  return entries;
}

/** What a host's JavaScript engine and its "build npm" step understand (W-21). */
export const nativeTarget = 'es2018';

const describedCharts = {
  name: 'described-charts',
  transform: { filter: { id: /\/machines\/[^/]+\.ts$/ }, handler: withoutDescriptions },
};

/**
 * Bundles for a host without a module system of its own beyond `require`: CommonJS, xstate inside once, in its
 * production build.
 *
 * @param {string} folder where to write
 * @param {HostObject} host
 */
export async function bundleNative(folder, host) {
  const bundle = await rolldown({
    cwd: root,
    input: nativeEntries(host),
    platform: 'neutral',
    resolve: {
      extensionAlias: { '.js': ['.ts', '.js'] },
      conditionNames: ['module', 'import', 'default'],
    },
    tsconfig: join(root, 'tsconfig.client.json'),
    transform: {
      target: nativeTarget,
      // XState looks for its browser extension where there is a window; no host has one. Nor has one the other's object.
      define: { 'typeof window': '"undefined"', [`typeof ${host === 'wx' ? 'swan' : 'wx'}`]: '"undefined"' },
    },
    plugins: [describedCharts],
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message);
    },
  });
  await bundle.write({
    dir: folder,
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
    comments: { jsdoc: false },
    codeSplitting: { groups: [{ name: 'xstate', test: /\/node_modules\/xstate\// }] },
  });
  await bundle.close();
}
