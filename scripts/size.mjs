import { npm } from './install.mjs';
import { bundleSizes } from './size/bundles.mjs';
import { nativeSizes } from './size/native.mjs';
import { writeReadmes } from './size/readme.mjs';
import { measureTraffic } from './size/traffic.mjs';
import { main, Problem } from './speech.mjs';

/** @typedef {import('./size/readme.mjs').Sizes} Sizes */

/** `--json`: for programs. `--write`: into the READMEs too. */
const options = process.argv.slice(2);

await main(async () => {
  const { code, output } = await npm(['run', '--silent', 'build']);
  if (code !== 0) throw new Problem(output.trim(), '构建失败');

  const sizes = {
    ...nativeSizes(),
    swan: nativeSizes('swan_dist'),
    esm: await bundleSizes(),
    traffic: await measureTraffic(),
  };
  if (options.includes('--write')) writeReadmes(sizes);
  if (options.includes('--json')) console.log(JSON.stringify(sizes, null, 2));
  else print(sizes);
});

/** @param {Sizes} sizes */
function print({ components, shared, native, swan, esm, traffic }) {
  const rowsOf = (/** @type {Sizes['esm']} */ sizes) =>
    sizes.map(({ name, minified, gzipped }) => [name, minified, gzipped]);
  const size = ['minified', 'gzipped'];
  table('Components: js, wxml, wxss and json', size, rowsOf(components));
  table('What they share', size, rowsOf(shared));
  table('All of miniprogram_dist, each file compressed by itself', size, rowsOf(native.slice(-1)));
  table('Components for Baidu: js, swan, css and json', size, rowsOf([...swan.components, ...swan.native.slice(-1)]));
  table('ESM bundle of an app: createAuth + wechat + server', size, rowsOf(esm));
  table(
    'setData from first paint to settled',
    ['changes', 'calls', 'bytes', 'calls', 'whole view'],
    traffic.map(({ flow, changes, calls, bytes, wholeCalls, wholeBytes }) => [
      flow.replaceAll('`', ''),
      changes,
      calls,
      bytes,
      wholeCalls,
      wholeBytes,
    ]),
  );
}

/**
 * @param {string} title
 * @param {readonly string[]} columns
 * @param {ReadonlyArray<ReadonlyArray<string | number>>} rows
 */
function table(title, columns, rows) {
  const line = (/** @type {ReadonlyArray<string | number>} */ [name = '', ...cells]) =>
    String(name).padEnd(64) + cells.map((cell) => String(cell).padStart(11)).join('');
  console.log(`\n${line([title, ...columns])}`);
  for (const [name, ...cells] of rows) console.log(line([`  ${name}`, ...cells]));
}
