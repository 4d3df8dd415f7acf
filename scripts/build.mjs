import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, extname, join } from 'node:path';
import { bundleNative } from './bundle.mjs';
import { run } from './children.mjs';
import { withoutDescriptions } from './descriptions.mjs';
import { buildCommand } from './inspector.mjs';
import { root } from './install.mjs';
import { main, Problem } from './speech.mjs';
import { checkComponents, convertTemplates } from './swan/build.mjs';

const STAGES = join(root, '.cache');
const TEMPLATES = ['.wxml', '.wxss', '.wxs', '.json'];

await main(async () => {
  mkdirSync(STAGES, { recursive: true });
  const stage = mkdtempSync(join(STAGES, 'build-'));
  try {
    const parts = await Promise.allSettled([
      compile('tsconfig.client.json', join(stage, 'dist')),
      compile('tsconfig.simulator.json', join(stage, 'simulator')),
      compile('tsconfig.kbone.json', join(stage, 'kbone')),
      compile('server/tsconfig.json', join(stage, 'server/dist')),
      buildCommand(join(stage, 'cli')),
      bundleNative(join(stage, 'miniprogram_dist'), 'wx'),
      bundleNative(join(stage, 'swan_dist'), 'swan'),
      convertTemplates(join(stage, 'swan_dist/components'), stage),
    ]);
    for (const part of parts) if (part.status === 'rejected') throw part.reason;
    checkComponents(join(stage, 'swan_dist'));
    stripCharts(join(stage, 'dist/machines'));
    renameSync(join(stage, 'simulator/simulator'), join(stage, 'dist/simulator'));
    renameSync(join(stage, 'simulator/testing'), join(stage, 'dist/testing'));
    renameSync(join(stage, 'kbone/kbone'), join(stage, 'dist/kbone'));
    renameSync(join(stage, 'cli'), join(stage, 'dist/cli'));
    writeFileSync(join(stage, 'dist/kbone/kbone.css'), kboneStyles());
    copyTemplates(join(stage, 'miniprogram_dist'));
    for (const name of ['miniprogram_dist', 'swan_dist']) {
      cpSync(join(root, 'node_modules/xstate/LICENSE'), join(stage, name, 'shared/xstate.LICENSE.txt'));
    }
    put(stage, 'dist');
    put(stage, 'miniprogram_dist');
    put(stage, 'swan_dist');
    put(stage, 'server/dist');
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
});

/**
 * @param {string} project
 * @param {string} folder
 */
async function compile(project, folder) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { code, output } = await run(process.execPath, [tsc, '-p', join(root, project), '--outDir', folder]);
  if (code !== 0) throw new Problem(`${project} does not compile:\n${output}`, `${project} 编译失败,原因见上`);
}

/** @param {string} folder */
function stripCharts(folder) {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (extname(name) === '.js') writeFileSync(file, withoutDescriptions(readFileSync(file, 'utf8')));
  }
}

/** @param {string} folder */
function copyTemplates(folder) {
  cpSync(join(root, 'components'), join(folder, 'components'), {
    recursive: true,
    filter: (source) => statSync(source).isDirectory() || TEMPLATES.includes(extname(source)),
  });
}

/** The styles of the native components, and what kbone's DOM wants beside them. */
function kboneStyles() {
  const shown = readdirSync(join(root, 'kbone')).map((file) => `components/${basename(file, '.ts')}/index.wxss`);
  const sheets = shown.filter((sheet) => existsSync(join(root, sheet)));
  return ['components/button.wxss', ...sheets, 'kbone/kbone.css']
    .map((sheet) =>
      readFileSync(join(root, sheet), 'utf8')
        .replace(/^@import .*;\n/gm, '')
        .trim(),
    )
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}

/**
 * By two renames, so that who watches or reads the folder never meets a half-written one.
 *
 * @param {string} stage
 * @param {string} name
 */
function put(stage, name) {
  const place = join(root, name);
  if (existsSync(place)) renameSync(place, join(stage, `${name}-before`));
  renameSync(join(stage, name), place);
}
