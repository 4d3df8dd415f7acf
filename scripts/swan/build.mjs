import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { run } from '../children.mjs';
import { root } from '../install.mjs';
import { Problem } from '../speech.mjs';
import { findingsIn } from './check.mjs';
import { fixed } from './fixes.mjs';
import { attributesOf, foreignInScript } from './script.mjs';

const TEMPLATES = ['.wxml', '.wxss', '.json'];

/**
 * Makes Baidu's templates, styles and settings of the components of WeChat's.
 *
 * @param {string} folder where to write the components
 * @param {string} stage where to work; it is the caller's to remove
 */
export async function convertTemplates(folder, stage) {
  const [from, to, log] = ['from', 'to', 'log'].map((name) => join(stage, `swan-${name}`));
  if (!from || !to || !log) return;
  mkdirSync(log);
  cpSync(join(root, 'components'), from, {
    recursive: true,
    filter: (source) => statSync(source).isDirectory() || TEMPLATES.includes(extname(source)),
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
}

/**
 * Checks what was built of the components, templates and scripts.
 *
 * @param {string} folder the package's
 * @throws Problem where there is anything that Baidu does not document (B-10)
 */
export function checkComponents(folder) {
  const components = join(folder, 'components');
  for (const name of readdirSync(components)) {
    if (extname(name)) continue;
    const { usingComponents } = JSON.parse(readFileSync(join(components, name, 'index.json'), 'utf8'));
    const template = readFileSync(join(components, name, 'index.swan'), 'utf8');
    refuse(`${name}/index.swan`, findingsIn(template, attributesOf(folder, usingComponents)));
    refuse(`${name}/index.js`, foreignInScript(folder, `components/${name}/index.js`));
  }
}

/**
 * @param {string} file
 * @param {readonly string[]} findings
 */
function refuse(file, findings) {
  if (findings.length === 0) return;
  throw new Problem(
    `${file} has what Baidu does not know: ${findings.join(', ')}`,
    `${file} 含有百度不支持的内容:${findings.join('、')}`,
  );
}
