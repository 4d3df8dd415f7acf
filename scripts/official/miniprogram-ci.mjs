// Runs WeChat's packer and compiler in a process of their own: they talk a lot, and leave the process hanging.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * @typedef {object} CiOrder
 * @property {string} tools where the tools are installed
 * @property {string} project the project to pack and compile
 * @property {string} manifest the `package.json` of an app whose packages are only to be read
 * @property {string} answer the file to write the answer to
 */

/**
 * @typedef {object} CiAnswer
 * @property {string[]} problems errors and warnings, in the tools' own words
 * @property {string[]} compiled the files that the compiler gave
 */

/** @type {CiOrder} */
const { tools, project: projectPath, manifest, answer } = JSON.parse(process.argv[2] ?? '');
const ci = createRequire(join(tools, 'package.json'))('miniprogram-ci');

/** @type {CiAnswer} */
const told = { problems: [], compiled: [] };

// Nothing here needs WeChat's servers. Where they cannot be reached the tools go on without them, so they never are.
ci.proxy('http://127.0.0.1:9');

const project = new ci.Project({
  appid: 'touristappid',
  type: 'miniProgram',
  projectPath,
  privateKey: 'none',
  ignores: ['**/node_modules/**'],
});
project.attr = async () => ci.DefaultProjectAttr;

// Of a script that it cannot parse, the packer says so here, and goes on without it.
console.error = (said) => {
  if (/^parse js file/.test(said)) report('build npm', said);
};

await attempt('build npm', async () => {
  for (const warning of await ci.packNpm(project)) report('build npm', warning);
});
await attempt('build npm', async () => {
  const { warnList } = await ci.packNpmManually({
    packageJsonPath: manifest,
    miniprogramNpmDistDir: join(manifest, '../packed'),
  });
  for (const warning of warnList) report('build npm', warning);
});
await attempt('compiler', async () => {
  project.updateFileAndDirs();
  told.compiled = Object.keys(
    await ci.getCompiledResult({ project, version: '0.0.0', desc: '', setting: { useProjectConfig: true } }),
  );
});

writeFileSync(answer, JSON.stringify(told));
process.exit();

/**
 * @param {string} name
 * @param {() => Promise<void>} step
 */
async function attempt(name, step) {
  try {
    await step();
  } catch (error) {
    report(name, error);
  }
}

/**
 * @param {string} step
 * @param {unknown} problem
 */
function report(step, problem) {
  const text = problem instanceof Error ? problem.message : problem;
  const said = typeof text === 'string' ? text : JSON.stringify(text);
  told.problems.push(`${step}: ${said.replaceAll(`${projectPath}/`, '')}`);
}
