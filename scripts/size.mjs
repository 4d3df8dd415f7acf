import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { minifySync } from 'rolldown/utils';
import { nativeTarget } from './bundle.mjs';
import { npm, root } from './install.mjs';
import { main, Problem } from './speech.mjs';

/** @typedef {{ name: string, minified: number, gzipped: number }} Size */

const app = `
  import { createAuth } from './dist/index.js';
  import { server } from './dist/adapters/server.js';
  import { wechat } from './dist/adapters/wechat.js';
  export const auth = createAuth({ platform: wechat(), backend: server({ baseUrl: 'https://api.example.com' }) });
`;
const engine = `export { assign, createActor, setup } from 'xstate';`;

await main(async () => {
  const { code, output } = await npm(['run', '--silent', 'build']);
  if (code !== 0) throw new Problem(output.trim(), '构建失败');

  const files = nativeFiles();
  const sizes = {
    native: [...files, total(files)],
    esm: [
      measure('app, with xstate', await bundle(app)),
      measure('app, without xstate', await bundle(app, ['xstate'])),
      measure('xstate alone {setup, createActor, assign}', await bundle(engine)),
    ],
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify(sizes, null, 2));
  else print(sizes);
});

/** @returns {Size[]} */
function nativeFiles() {
  const folder = join(root, 'miniprogram_dist');
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

/**
 * An app's own bundle at the syntax a host understands, xstate in its production build.
 *
 * @param {string} source
 * @param {string[]} [external] packages to leave out
 */
async function bundle(source, external = []) {
  const entry = join(root, 'size-of-an-app.js');
  const build = await rolldown({
    input: entry,
    external,
    platform: 'neutral',
    resolve: { conditionNames: ['module', 'import', 'default'] },
    transform: { target: nativeTarget },
    plugins: [
      { name: 'app', load: (id) => (id === entry ? source : null), resolveId: (id) => (id === entry ? id : null) },
    ],
  });
  const { output } = await build.generate({ format: 'esm', minify: true, comments: false });
  await build.close();
  return output[0].code;
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {Size}
 */
function measure(name, text) {
  return { name, minified: Buffer.byteLength(text), gzipped: gzipSync(text, { level: 9 }).length };
}

/**
 * @param {readonly Size[]} sizes
 * @returns {Size}
 */
function total(sizes) {
  const sum = (/** @type {'minified' | 'gzipped'} */ column) =>
    sizes.reduce((before, size) => before + size[column], 0);
  return { name: 'total', minified: sum('minified'), gzipped: sum('gzipped') };
}

/** @param {{ native: Size[], esm: Size[] }} sizes */
function print({ native, esm }) {
  for (const [title, rows] of /** @type {const} */ ([
    ['miniprogram_dist (each file compressed by itself)', native],
    ['ESM bundle of an app: createAuth + wechat + server', esm],
  ])) {
    console.log(`\n${title.padEnd(52)}${'minified'.padStart(10)}${'gzipped'.padStart(10)}`);
    for (const { name, minified, gzipped } of rows) {
      console.log(`  ${name.padEnd(50)}${String(minified).padStart(10)}${String(gzipped).padStart(10)}`);
    }
  }
}
