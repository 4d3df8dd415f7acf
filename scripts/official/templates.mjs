import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TmplGroup } from 'glass-easel-template-compiler';
import { tagsOf } from './tags.mjs';

const BINARIES = { darwin: ['mac', ''], linux: ['linux', ''], win32: ['windows', '.exe'] };

/**
 * The native elements and the tags of the template language itself. The compilers take an unknown tag for an element
 * that shows nothing, and say nothing either.
 */
const NATIVE = new Set(
  `block slot template import include wxs page-meta navigation-bar
   view scroll-view swiper swiper-item movable-view cover-view page-container root-portal text rich-text icon progress
   button checkbox checkbox-group form input label picker picker-view radio radio-group slider switch textarea navigator
   image video audio camera canvas map web-view open-data`.split(/\s+/),
);

/**
 * What WeChat's compilers find wrong in templates: the one of the developer tools, and the one of glass-easel, which
 * also warns.
 *
 * @param {string} tools where the tools are installed
 * @param {string} folder the app's root
 * @param {readonly string[]} files the `.wxml` files, by their path in it
 * @returns {string[]}
 */
export function problemsOfTemplates(tools, folder, files) {
  const group = new TmplGroup();
  return files.flatMap((file) => {
    const source = readFileSync(join(folder, file), 'utf8');
    /** @type {{ level: string, message: string, startLine: number }[]} */
    const found = group.addTmpl(file.replace(/\.wxml$/, ''), source);
    const warnings = found.map(
      ({ level, message, startLine }) => `glass-easel: ${file}:${startLine + 1}: ${level}: ${message}`,
    );
    return [
      ...compile(tools, 'wcc', folder, ['-d', file]),
      ...warnings,
      ...undeclaredIn(folder, file, source).map((tag) => `${file}: <${tag}> is declared nowhere`),
    ];
  });
}

/**
 * What the developer tools' compiler finds wrong in style sheets.
 *
 * @param {string} tools where the tools are installed
 * @param {string} folder the app's root
 * @param {readonly string[]} files the `.wxss` files, by their path in it
 * @returns {string[]}
 */
export function problemsOfStyles(tools, folder, files) {
  // What a style sheet imports is looked for among those that are compiled with it.
  return compile(tools, 'wcsc', folder, ['-lc', '-db', '-pc', '0', ...files]);
}

/**
 * @param {string} tools
 * @param {'wcc' | 'wcsc'} name
 * @param {string} cwd
 * @param {readonly string[]} args
 */
function compile(tools, name, cwd, args) {
  const [folder = '', ending = ''] = Reflect.get(BINARIES, process.platform) ?? BINARIES.linux;
  const binary = join(tools, 'node_modules/miniprogram-compiler/bin', folder, `${name}${ending}`);
  // The package ships them so that nobody may run them.
  chmodSync(binary, 0o755);
  const { status, stderr, error } = spawnSync(binary, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error) return [`${name} does not run: ${error.message}`];
  const said = stderr.trim();
  return status === 0 && said === '' ? [] : [`${name}: ${said || `ended with ${status}`}`];
}

/**
 * @param {string} folder
 * @param {string} file
 * @param {string} source
 */
function undeclaredIn(folder, file, source) {
  const declared = [file.replace(/\.wxml$/, '.json'), 'app.json'].flatMap((settings) =>
    Object.keys(JSON.parse(readFileSync(join(folder, settings), 'utf8')).usingComponents ?? {}),
  );
  return tagsOf(source).filter((tag) => !NATIVE.has(tag) && !declared.includes(tag));
}
