import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';
import { nativeTarget } from '../../scripts/bundle.mjs';
import { root } from '../../scripts/install.mjs';
import { measure } from '../../scripts/size/measure.mjs';
import { filesIn, native, swan } from './support/built-files.js';

const app = `
  import { createAuth } from './dist/index.js';
  import { server } from './dist/adapters/server.js';
  import { wechat } from './dist/adapters/wechat.js';
  const platform = wechat();
  const backend = server({ baseUrl: 'https://api.example.com' });
`;
const plain = `${app} export const auth = createAuth({ platform, backend });`;
const inspected = `${app}
  import { createInspector } from './dist/inspect/index.js';
  const inspect = createInspector({ platform, url: 'ws://127.0.0.1:6010', token: 'token' });
  export const auth = createAuth({ platform, backend, inspect });
`;

/** An app's own bundle, as hosts get it. */
async function bundle(source: string) {
  const entry = join(root, 'an-app.js');
  const build = await rolldown({
    input: entry,
    platform: 'neutral',
    transform: { target: nativeTarget },
    plugins: [
      { name: 'app', load: (id) => (id === entry ? source : null), resolveId: (id) => (id === entry ? id : null) },
    ],
  });
  const { output } = await build.generate({ format: 'esm', minify: true, comments: false });
  await build.close();
  const [{ code, modules }] = output;
  const own = Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : []));
  return { size: measure('app', code).gzipped, inspector: own.filter((id) => id.includes('/dist/inspect/')) };
}

test('nothing of the inspector is in the bundle of an app that does not import it', async () => {
  const [without, with_] = [await bundle(plain), await bundle(inspected)];
  expect(without.inspector).toEqual([]);
  expect(with_.inspector).not.toEqual([]);
  // Who watches an app brings no page, no chart and no replay into it.
  expect(with_.inspector.filter((id) => /\/(view|page|server|replay|decode)\b/.test(id))).toEqual([]);
  expect(with_.size - without.size).toBeLessThan(8_000);
});

test.each([
  ['WeChat', native],
  ['Baidu', swan],
])('nor is it in what a native app for %s loads without it', (_, folder) => {
  const doors = filesIn(folder).filter((file) => /^(index|baas|adapters\/.*|components\/.*)\.js$/.test(file));
  const loaded = new Set<string>();
  const load = (file: string) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const source = readFileSync(join(folder, file), 'utf8');
    for (const [, path = ''] of source.matchAll(/\brequire\("([^"]+)"\)/g)) load(join(dirname(file), path));
  };
  for (const door of doors) load(door);
  const words = [...loaded].filter((file) => readFileSync(join(folder, file), 'utf8').includes('denglu inspect'));
  expect(doors.length).toBeGreaterThan(5);
  expect([words, loaded.has('inspect.js')]).toEqual([[], false]);
  expect(readFileSync(join(folder, 'inspect.js'), 'utf8')).toContain('denglu inspect');
});
