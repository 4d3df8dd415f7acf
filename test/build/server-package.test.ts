import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/install.mjs';
import { fakeOpenApi } from '../server/support/open-api.js';
import { tryOwnServer } from '../server/support/own-server.js';
import { type Program, processesOfEachTest, settings } from '../server/support/process.js';
import { type Body, SIGN_IN, toRequest, USER } from '../server/support/server.js';
import { type PackedPackage, pack, type UserProject } from './support/user-project.js';

interface Manifest {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  bin: Record<string, string>;
}

/** What databases and Redis are spoken to with; the tests have none. */
const ENGINES = ['pg', 'mysql2', 'ioredis'];
const EXAMPLE = join(root, 'examples/mounting/server');
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

let packed: PackedPackage;
let project: UserProject;
let manifest: Manifest;
let openApi: ReturnType<typeof fakeOpenApi>;
let api: Awaited<ReturnType<ReturnType<typeof fakeOpenApi>['listen']>>;
const { start } = processesOfEachTest();

beforeAll(async () => {
  packed = await pack(join(root, 'server'));
  manifest = JSON.parse(readFileSync(join(root, 'server/package.json'), 'utf8'));
  const needed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const there = needed.filter((name) => !ENGINES.includes(name));
  project = packed.install([...there, 'express', '@types/express', '@types/node']);
  cpSync(EXAMPLE, project.folder, { recursive: true });
  openApi = fakeOpenApi();
  api = await openApi.listen();
});

afterAll(() => {
  api.close();
  project.remove();
  packed.remove();
});

test('holds what was built and its papers, and no source, test or data', () => {
  const papers = /^(package\.json|LICENSE|README(\.zh-CN)?\.md)$/;
  const others = packed.files.filter((path) => !papers.test(path) && !/^dist\/.+(\.js|\.d\.ts)$/.test(path));
  expect(others).toEqual([]);
  expect(packed.files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'README.zh-CN.md',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/main.js',
    ]),
  );
});

test('has no fault that a linter of packages knows', async () => {
  const tarball = readFileSync(packed.tarball);
  const { messages } = await publint({
    pack: { tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) },
    strict: true,
  });
  expect(messages).toEqual([]);
});

test('imports its own files and what it says that it needs, and no part of the client', () => {
  const imported = packed.files
    .filter((path) => /\.(js|d\.ts)$/.test(path))
    .flatMap((path) =>
      [...readFileSync(join(project.installed, path), 'utf8').matchAll(/(?:\bfrom |\bimport\()["']([^"']+)["']/g)].map(
        ([, name = '']) => ({ path, name }),
      ),
    );
  const own = imported.filter(({ name }) => name.startsWith('.'));
  expect(own.length).toBeGreaterThan(100);
  expect(own.filter(({ path, name }) => !existsSync(join(project.installed, path, '..', name)))).toEqual([]);
  const needed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const packages = new Set(imported.flatMap(({ name }) => /^(?!node:)(@[^/]+\/)?[^./][^/]*/.exec(name)?.[0] ?? []));
  expect([...packages].sort()).toEqual(needed.sort());
});

describe('its command', { timeout: 120_000 }, () => {
  const command = (folder: string): Program => ({
    args: [join(project.installed, manifest.bin['denglu-server'] ?? '')],
    folder,
  });

  test('starts in an empty folder, keeps its data there, and signs in', async () => {
    const folder = join(project.folder, 'empty');
    mkdirSync(folder);
    const { DATABASE_URL: _, ...variables } = settings('', api.url);
    const server = start(variables, command(folder));
    const url = await server.listening();
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ok' });
    const code = openApi.codeFor({ openid: 'o-packed' });
    const response = await fetch(toRequest(`${url}${SIGN_IN}`, { body: { code } }));
    const { token, user }: Body = await response.json();
    expect([response.status, user.openid]).toEqual([200, 'o-packed']);
    expect(existsSync(join(folder, '.data/denglu.db'))).toBe(true);

    server.kill('SIGTERM');
    expect(await server.ended()).toMatchObject({ code: 0, errors: '' });
    const again = await start(variables, command(folder)).listening();
    expect(await (await fetch(toRequest(`${again}${USER}`, { token }))).json()).toEqual({ user });
  });

  test('says what is missing', async () => {
    const { code, errors } = await start({}, command(project.folder)).ended();
    expect(code).toBe(1);
    expect(errors).toContain('- DENGLU_SECRET is missing');
  });

  test.each([
    ['pg', { DATABASE_URL: 'postgres://127.0.0.1:1/none' }],
    ['mysql2', { DATABASE_URL: 'mysql://127.0.0.1:1/none' }],
    ['ioredis', { REDIS_URL: 'redis://127.0.0.1:1' }],
  ])('needs %s only where an address names it: so far it was not there', async (engine, more) => {
    const file = pathToFileURL(join(project.folder, 'engines.db')).href;
    const { code, errors } = await start({ ...settings(file, api.url), ...more }, command(project.folder)).ended();
    expect([code, errors]).toEqual([1, expect.stringContaining(`Cannot find package '${engine}'`)]);
  });
});

describe('its plugin', { timeout: 120_000 }, () => {
  const main = (imported: string, listener: string) =>
    `import { createServer } from 'node:http';
     import { createAuth } from './auth.js';
     ${imported}
     const auth = await createAuth({
       secret: 'the secret of somebody’s own server',
       baseURL: 'http://127.0.0.1',
       databaseUrl: String(process.env.DATABASE_URL),
       wechat: {
         appId: String(process.env.WECHAT_APP_ID),
         appSecret: String(process.env.WECHAT_APP_SECRET),
         apiUrl: String(process.env.WECHAT_API_URL),
       },
     });
     const server = createServer(${listener}).listen(0, '127.0.0.1', () => {
       const address = server.address();
       const port = typeof address === 'object' && address ? address.port : 0;
       console.log(JSON.stringify({ url: \`http://127.0.0.1:\${port}\` }));
     });`;
  const mains = {
    hono: main(
      `import { getRequestListener } from '@hono/node-server'; import { honoApp } from './hono.js';`,
      'getRequestListener(honoApp(auth).fetch)',
    ),
    express: main(`import { expressApp } from './express.js';`, 'expressApp(auth)'),
  };

  test.each(Object.entries(mains))(
    'signs in on an app of %s, tells it who it is, and signs out',
    async (name, program) => {
      writeFileSync(join(project.folder, `${name}-main.ts`), program);
      const variables = settings(pathToFileURL(join(project.folder, `${name}.db`)).href, api.url);
      const server = start(variables, { args: ['--import', tsx, `${name}-main.ts`], folder: project.folder });
      await tryOwnServer(await server.listening(), openApi);
    },
  );

  const typed = `
    import { denglu, type DengluOptions, type Server } from 'denglu-server';
    import type { OwnAuth } from './auth.js';
    export * from './express.js';
    export * from './hono.js';
    export const id: 'denglu' = denglu({ wechat: { appId: 'wx', appSecret: 'secret' } }).id;
    export const answer = (server: Server): Promise<Response> => server.fetch(new Request('http://127.0.0.1/healthz'));
    export const userId = async (auth: OwnAuth, headers: Headers): Promise<string | undefined> =>
      (await auth.api.getSession({ headers }))?.user.id;
    // @ts-expect-error a mini-program has a secret
    export const options: DengluOptions = { wechat: { appId: 'wx' } };
  `;

  test.each([
    ['node16', ['--module', 'node16', '--moduleResolution', 'node16']],
    ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
  ])('has types where modules are resolved as %s', (_, options) => {
    expect(project.faults(typed, [...options, '--skipLibCheck', '--types', 'node'])).toEqual([]);
  });
});
