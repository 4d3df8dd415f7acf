import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { run } from '../children.mjs';
import { isInstalled, npm, root } from '../install.mjs';
import { say } from '../speech.mjs';

/** @typedef {{ code: number, output: string }} End */

/** Each is a project of its own in `examples/`, by its folder there, and where its build puts the app. */
const EXAMPLES = [{ name: 'uni-app', app: 'dist/build/mp-weixin' }];

/**
 * Builds the examples on the package as it would come from the registry, installing their tools where they are missing,
 * and says how large they are. This project has to be built before.
 *
 * @returns {Promise<End>} what the first step that failed has said
 */
export async function buildExamples() {
  for (const { name, app } of EXAMPLES) {
    const folder = join(root, 'examples', name, '/');
    for (const step of [installTools, installPackage, build]) {
      const end = await step(folder);
      if (end.code !== 0) return end;
    }
    tellSize(`examples/${name}`, join(folder, app));
  }
  return { code: 0, output: '' };
}

/** @param {string} folder */
async function installTools(folder) {
  if (isInstalled(folder)) return { code: 0, output: '' };
  say('Installing the tools of an example, once', '正在安装示例的工具,仅首次需要');
  // None of their scripts is needed: they advertise, or check what npm has unpacked.
  const options = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return npm(['ci', ...options], { folder });
}

/** @param {string} folder */
async function installPackage(folder) {
  const place = mkdtempSync(join(tmpdir(), 'denglu-'));
  try {
    const packed = await npm(['pack', root, '--ignore-scripts', '--loglevel=error', '--pack-destination', place]);
    const tarball = readdirSync(place)[0];
    if (packed.code !== 0 || !tarball) return { code: packed.code || 1, output: packed.output };
    const installed = join(folder, 'node_modules/denglu');
    rmSync(installed, { recursive: true, force: true });
    mkdirSync(installed);
    return await run('tar', ['-xzf', join(place, tarball), '-C', installed, '--strip-components=1']);
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** @param {string} folder */
function build(folder) {
  // uni-app tells its makers of each build, unless it is told that this is CI.
  return npm(['run', 'build'], { folder, env: { CI: '1', NODE_ENV: 'production' } });
}

/**
 * @param {string} name
 * @param {string} app the folder of the built app
 */
function tellSize(name, app) {
  const scripts = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  const sources = scripts.map((file) => readFileSync(join(app, file)));
  const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const sum = (/** @type {readonly Buffer[]} */ all) => all.reduce((total, { length }) => total + length, 0);
  console.log(`${name}: ${kB(sum(sources))} of scripts, ${kB(sum(sources.map((source) => gzipSync(source))))} gzipped`);
}
