import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { nativeTarget } from '../bundle.mjs';
import { root } from '../install.mjs';
import { measure } from './measure.mjs';

/** @typedef {import('./measure.mjs').Size} Size */

const app = `
  import { createAuth } from './dist/index.js';
  import { server } from './dist/adapters/server.js';
  import { wechat } from './dist/adapters/wechat.js';
  export const auth = createAuth({ platform: wechat(), backend: server({ baseUrl: 'https://api.example.com' }) });
`;
const texts = `export { failureText } from './dist/index.js';`;
const engine = `export { assign, createActor, setup } from 'xstate';`;

/**
 * What an app that bundles ships, and what it could ship instead.
 *
 * @returns {Promise<Size[]>}
 */
export async function bundleSizes() {
  return [
    measure('app, with xstate', await bundle(app)),
    measure('app, without xstate', await bundle(app, ['xstate'])),
    measure('the app with failureText', await bundle(app + texts)),
    measure('xstate alone {setup, createActor, assign}', await bundle(engine)),
    // The build for WeChat, which is minified as it comes.
    measure('minapp-sdk 3.22.0 as shipped', readFileSync(join(root, 'node_modules/minapp-sdk/lib/index.js'), 'utf8')),
  ];
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
