import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A mistake that the tools have to notice.
 *
 * @typedef {object} Fault
 * @property {string} name
 * @property {(project: import('./project.mjs').Project) => void} make
 * @property {RegExp} noticed what a problem then says
 */

const SIGN_IN = 'pages/sign-in/index';
const HOME = 'pages/home/index';
const PHONE = 'miniprogram_dist/components/phone-button/index';

/** @type {readonly Fault[]} */
const inOneGo = [
  {
    name: 'a tag of the sample that is not closed',
    make: ({ app }) => edit(join(app, `${HOME}.wxml`), '<view class="page">', '<view class="page"><view>'),
    noticed: /^wcc: pages\/home\/index\.wxml:.* end tag missing/m,
  },
  {
    name: 'a tag of a component that is not closed',
    make: ({ installed }) => edit(join(installed, `${PHONE}.wxml`), '<text wx:else>{{view.label}}</text>', '<text>'),
    noticed: /^wcc: miniprogram_npm\/denglu\/components\/phone-button\/index\.wxml:/m,
  },
  {
    name: 'a loop in a syntax of its own',
    make: ({ app }) => edit(join(app, 'pages/orders/index.wxml'), '{{orders}}', '{{order of orders}}'),
    noticed: /^wcc: pages\/orders\/index\.wxml:.*wx:for/m,
  },
  {
    name: 'a loop by a word of its own',
    make: ({ app }) => edit(join(app, `${SIGN_IN}.wxml`), '<login-button', '<login-button wx:each="{{a}}"'),
    noticed: /^glass-easel: pages\/sign-in\/index\.wxml:\d+: Warn/m,
  },
  {
    name: 'a component that no page declares',
    make: ({ app }) => edit(join(app, `${SIGN_IN}.json`), '"login-button"', '"another-button"'),
    noticed: /^pages\/sign-in\/index\.wxml: <login-button> is declared nowhere/m,
  },
  {
    name: 'a component of the package without its style',
    make: ({ installed }) => rmSync(join(installed, `${PHONE}.wxss`)),
    noticed: /^build npm: the file components\/phone-button\/index\.wxss is missing/m,
  },
  {
    name: 'a style that does not end',
    make: ({ app }) => append(join(app, 'app.wxss'), '\n.page { color: '),
    noticed: /^wcsc: ERR: app\.wxss/m,
  },
  {
    name: 'an operator of ES2020 in the package',
    make: ({ installed }) => append(join(installed, `${PHONE}.js`), '\nexports.a = exports.b ?? exports.c?.d;\n'),
    noticed: /^build npm: parse js file .*phone-button\/index\.js.* failed/m,
  },
  {
    name: 'a script of the sample that is none',
    make: ({ app }) => append(join(app, 'app.js'), '\nconst = 1;\n'),
    noticed: /^compiler: .*app\.js/m,
  },
  {
    name: 'a dependency of the package, which is packed too',
    make({ app, installed }) {
      const other = join(app, 'node_modules/other');
      mkdirSync(other);
      writeFileSync(join(other, 'index.js'), 'exports.other = true;\n');
      writeFileSync(join(other, 'package.json'), JSON.stringify({ name: 'other', version: '1.0.0', main: 'index.js' }));
      edit(join(installed, 'package.json'), '"license"', '"dependencies": { "other": "1.0.0" }, "license"');
    },
    noticed: /^build npm: the package other is not wanted/m,
  },
];

/** @type {Fault} */
const alone = {
  name: 'a component that is not there',
  make: ({ app }) => edit(join(app, `${HOME}.json`), 'denglu/components/login-button', 'denglu/components/logon'),
  noticed: /^compiler: .*component not found/m,
};

/** Copies of the sample to make, and the mistakes in each: the compiler ends at the first that it meets. */
export const rounds = [inOneGo, [alone]];

/**
 * @param {string} file
 * @param {string} before
 * @param {string} after
 */
function edit(file, before, after) {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(before)) throw new Error(`${file} has no ${before} to break`);
  writeFileSync(file, text.replace(before, after));
}

/**
 * @param {string} file
 * @param {string} text
 */
function append(file, text) {
  writeFileSync(file, readFileSync(file, 'utf8') + text);
}
