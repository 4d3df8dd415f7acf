import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../children.mjs';
import { root } from '../install.mjs';
import { filesIn, packageToRead } from './project.mjs';
import { problemsOfStyles, problemsOfTemplates } from './templates.mjs';

/**
 * @typedef {object} Verdict
 * @property {string[]} problems none where all is well
 * @property {number} templates how many were compiled
 * @property {number} styles how many were compiled
 * @property {number} scripts how many were compiled
 */

/** The longest that the tools may say nothing, in milliseconds. */
const PATIENCE = 120_000;

/** What the compiler adds of its own, and what it leaves out: papers are no part of an app. */
const ADDED = /^@babel\/runtime\/|^project\.config\.json$/;
const LEFT_OUT = /\.txt$|^\.npmrc$/;

/**
 * Runs "build npm" and the compilers on a project, and compares what they give with what is needed.
 *
 * @param {string} tools where the tools are installed
 * @param {import('./project.mjs').Project} project
 * @param {string} desk an empty folder to work in
 * @returns {Promise<Verdict>}
 */
export async function judge(tools, project, desk) {
  const { app, installed } = project;
  const { problems, compiled } = await runTools(tools, project, desk);

  const packed = join(app, 'miniprogram_npm');
  const packages = existsSync(packed) ? readdirSync(packed) : [];
  const files = packages.includes('denglu') ? filesIn(join(packed, 'denglu')) : [];
  problems.push(
    ...differences('build npm: the package', packages, ['denglu']),
    ...differences('build npm: the file', files, neededFiles(join(installed, 'miniprogram_dist'))),
  );

  rmSync(join(app, 'node_modules'), { recursive: true });
  const sources = filesIn(app);
  const templates = sources.filter((file) => file.endsWith('.wxml'));
  const styles = sources.filter((file) => file.endsWith('.wxss'));
  problems.push(...problemsOfTemplates(tools, app, templates), ...problemsOfStyles(tools, app, styles));
  const given = compiled.filter((file) => !ADDED.test(file));
  // A compiler that ended early gives nothing at all.
  if (!problems.some((problem) => problem.startsWith('compiler:'))) {
    const wanted = sources.filter((file) => !LEFT_OUT.test(file));
    problems.push(...differences('compiler: the file', given, wanted));
  }
  const scripts = given.filter((file) => file.endsWith('.js'));
  return { problems, templates: templates.length, styles: styles.length, scripts: scripts.length };
}

/**
 * @param {string} tools
 * @param {import('./project.mjs').Project} project
 * @param {string} desk
 * @returns {Promise<import('./miniprogram-ci.mjs').CiAnswer>}
 */
async function runTools(tools, project, desk) {
  const answer = join(desk, 'answer.json');
  const manifest = packageToRead(project, join(desk, 'to-read'));
  /** @type {import('./miniprogram-ci.mjs').CiOrder} */
  const order = { tools, project: project.folder, manifest, answer };
  const script = join(root, 'scripts/official/miniprogram-ci.mjs');
  const { output } = await run(process.execPath, [script, JSON.stringify(order)], { patience: PATIENCE });
  if (existsSync(answer)) return JSON.parse(readFileSync(answer, 'utf8'));
  return { problems: [`miniprogram-ci gave no answer:\n${output.trim()}`], compiled: [] };
}

/**
 * What is built, and what each component needs, whether it was built or not.
 *
 * @param {string} built
 */
function neededFiles(built) {
  const components = readdirSync(join(root, 'components')).filter((name) =>
    existsSync(join(root, 'components', name, 'index.wxml')),
  );
  const parts = components.flatMap((name) =>
    ['js', 'json', 'wxml', 'wxss'].map((ending) => `components/${name}/index.${ending}`),
  );
  return [...new Set([...filesIn(built), ...parts])];
}

/**
 * @param {string} what
 * @param {readonly string[]} found
 * @param {readonly string[]} wanted
 */
function differences(what, found, wanted) {
  return [
    ...wanted.filter((name) => !found.includes(name)).map((name) => `${what} ${name} is missing`),
    ...found.filter((name) => !wanted.includes(name)).map((name) => `${what} ${name} is not wanted`),
  ];
}
