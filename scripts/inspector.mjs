import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { build } from 'vite';
import { root } from './install.mjs';

/** The layout of charts: one file without imports, the same for the page and for the command. */
const LAYOUT = '@hpcc-js/wasm-graphviz';
const LAYOUT_FILE = 'graphviz.js';

/**
 * Builds what `npx denglu` runs, with all that it needs inside: the command, the inspector's page, and the licences of what
 * is bundled.
 *
 * @param {string} folder where to write
 */
export async function buildCommand(folder) {
  /** @type {Set<string>} */
  const bundled = new Set([LAYOUT]);
  await Promise.all([buildPage(join(folder, 'page'), bundled), buildProgram(folder, bundled)]);
  cpSync(join(root, 'node_modules', LAYOUT, 'dist/index.js'), join(folder, 'page/assets', LAYOUT_FILE));
  writeFileSync(join(folder, 'LICENSES.txt'), licencesOf([...bundled].sort()));
}

/**
 * @param {string} folder
 * @param {Set<string>} bundled takes the names of the packages
 */
async function buildPage(folder, bundled) {
  mkdirSync(folder, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(root, 'inspect/page'),
    base: './',
    publicDir: false,
    plugins: [namesOf(bundled)],
    // What lays charts out runs beside the page.
    worker: { format: 'es', plugins: () => [layoutAt(`./${LAYOUT_FILE}`), namesOf(bundled)] },
    build: {
      outDir: folder,
      target: 'es2022',
      modulePreload: { polyfill: false },
      // The page may have no picture or style within its address.
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
  });
}

/**
 * @param {string} folder
 * @param {Set<string>} bundled
 */
async function buildProgram(folder, bundled) {
  const bundle = await rolldown({
    cwd: root,
    input: { denglu: join(root, 'inspect/server/main.ts') },
    platform: 'node',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    // Faster parts in native code, which nobody has here.
    transform: { define: { 'process.env.WS_NO_BUFFER_UTIL': '"1"', 'process.env.WS_NO_UTF_8_VALIDATE': '"1"' } },
    plugins: [layoutAt(`./page/assets/${LAYOUT_FILE}`), namesOf(bundled)],
  });
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js' });
  await bundle.close();
}

/**
 * The layout is some 800 kB, so it is there once, where both find it.
 *
 * @param {string} path from who imports it
 */
function layoutAt(path) {
  return {
    name: 'layout-at',
    enforce: /** @type {const} */ ('pre'),
    /** @param {string} id */
    resolveId: (id) => (id === LAYOUT ? { id: path, external: /** @type {const} */ ('absolute') } : null),
  };
}

/** @param {Set<string>} bundled */
function namesOf(bundled) {
  return {
    name: 'names-of',
    /** @param {{ id: string }} module */
    moduleParsed({ id }) {
      const name = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
      if (name) bundled.add(name);
    },
  };
}

/** @param {readonly string[]} names */
function licencesOf(names) {
  const parts = names.map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = existsSync(folder) && readdirSync(folder).find((file) => /^licen[cs]e(\.(md|txt))?$/i.test(file));
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '';
    return `${name} ${version} (${license})\n\n${text}`;
  });
  return `${[...parts, GRAPHVIZ].join(`\n\n${'-'.repeat(78)}\n\n`)}\n`;
}

/** Inside the layout's package, whose own licence does not speak of it. */
const GRAPHVIZ = `Graphviz, in ${LAYOUT_FILE} as WebAssembly (Eclipse Public License)

Its source, and its licence: https://gitlab.com/graphviz/graphviz
How it was compiled: https://github.com/hpcc-systems/hpcc-js-wasm`;
