import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { componentsWithout } from '../bundle.mjs';
import { run } from '../children.mjs';
import { root } from '../install.mjs';
import { Problem } from '../speech.mjs';
import { findingsIn } from './check.mjs';
import { fixed } from './fixes.mjs';

const TEMPLATES = ['.wxml', '.wxss', '.json'];

/**
 * Makes Baidu's templates, styles and settings of the components of WeChat's, and checks what came of it.
 *
 * @param {string} folder where to write the components
 * @param {string} stage where to work; it is the caller's to remove
 */
export async function convertTemplates(folder, stage) {
  const [from, to, log] = ['from', 'to', 'log'].map((name) => join(stage, `swan-${name}`));
  if (!from || !to || !log) return;
  const left = componentsWithout.swan.map((name) => join(root, 'components', name));
  mkdirSync(log);
  cpSync(join(root, 'components'), from, {
    recursive: true,
    filter: (source) => (statSync(source).isDirectory() ? !left.includes(source) : TEMPLATES.includes(extname(source))),
  });
  const { code, output } = await run(process.execPath, [join(root, 'scripts/swan/convert.mjs'), from, to, log]);
  const told =
    code === 0 ? ['error', 'warning'].map((kind) => readFileSync(join(log, `log/${kind}.json`), 'utf8')) : [];
  if (code !== 0 || told.some((text) => text.trim() !== '[]')) {
    throw new Problem(`wx2swan failed:\n${[output, ...told].join('\n')}`, 'wx2swan 转换失败,原因见上');
  }
  for (const file of readdirSync(to, { recursive: true, encoding: 'utf8' })) {
    if (!['.swan', '.css', '.json'].includes(extname(file))) continue;
    const place = join(folder, file);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, fixed(file, readFileSync(join(to, file), 'utf8')));
  }
  check(folder);
}

/** @param {string} folder */
function check(folder) {
  for (const name of readdirSync(folder)) {
    if (extname(name)) continue;
    const { usingComponents } = JSON.parse(readFileSync(join(folder, name, 'index.json'), 'utf8'));
    const findings = findingsIn(readFileSync(join(folder, name, 'index.swan'), 'utf8'), usingComponents);
    if (findings.length > 0) {
      throw new Problem(
        `${name}/index.swan has what Baidu does not know: ${findings.join(', ')}`,
        `${name}/index.swan 含有百度不支持的内容:${findings.join('、')}`,
      );
    }
  }
}
