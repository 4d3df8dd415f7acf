import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../scripts/children.mjs';
import { root } from '../../scripts/install.mjs';
import { fakeOpenApi } from '../server/support/open-api.js';
import { settings, startProcess } from '../server/support/process.js';
import { type Body, SIGN_IN, toRequest } from '../server/support/server.js';
import { contextOf, type Image, runSteps } from './support/dockerfile.js';

const file = readFileSync(join(root, 'Dockerfile'), 'utf8');

test('the Dockerfile has no fault that a linter knows', () => {
  expect(validate(file).map(({ message }) => message)).toEqual([]);
});

test('the Dockerfile begins with one Node of a major and a minor version, and ends as a user without rights', () => {
  const bases = [...file.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
  expect(new Set(bases).size).toBe(1);
  expect(bases[0]).toMatch(/^node:\d+\.\d+-slim$/);
  expect(file.lastIndexOf('\nUSER node\n')).toBeGreaterThan(file.lastIndexOf('\nFROM '));
});

test('the context of the image has the source of the server, and nothing that was installed, built or kept', () => {
  const isSent = contextOf(root);
  const sent = ['tsconfig.base.json', 'server/package-lock.json', 'server/main.ts', 'server/plugin/denglu.ts'];
  const left = [
    '.git/config',
    'README.md',
    'node_modules/pg/package.json',
    'package.json',
    'test/build/dockerfile.test.ts',
  ];
  left.push('server/dist/main.js', 'server/.data/denglu.db', 'server/node_modules/x/index.js', 'server/.env');
  expect([...sent, ...left].filter(isSent)).toEqual(sent);
});

describe('what the steps of the Dockerfile make, run as a script', () => {
  const openApi = fakeOpenApi();
  let image: Image;
  let api: Awaited<ReturnType<typeof openApi.listen>>;
  let server: ReturnType<typeof startProcess> | undefined;
  let port: number;
  let url: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    [image, api, port] = await Promise.all([runSteps(root), openApi.listen(), freePort()]);
    const { DATABASE_URL: _, ...variables } = settings('', api.url);
    env = { ...image.env, ...variables, HOST: '127.0.0.1', PORT_SERVER: String(port) };
    const [command, ...args] = image.command;
    expect(command).toBe('node');
    server = startProcess(env, { args, folder: image.folder });
    url = await server.listening();
  }, 300_000);

  afterAll(async () => {
    server?.kill('SIGKILL');
    await server?.ended();
    api?.close();
    image?.remove();
  }, 300_000);

  const health = async () => {
    const [, ...args] = image.healthcheck;
    const { code } = await run(process.execPath, args, { env });
    return code;
  };

  test('listens for others, and keeps its data in the volume', () => {
    expect(image.env).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0', DATA_FOLDER: image.place('/data') });
    expect(existsSync(image.place('/data/denglu.db'))).toBe(true);
  });

  test('holds no tool and no source', () => {
    for (const path of ['typescript', 'tsx', '@types/pg']) {
      expect(existsSync(image.place(`/app/node_modules/${path}`))).toBe(false);
    }
    expect(existsSync(image.place('/app/main.ts'))).toBe(false);
  });

  test('is alive and ready, and signs in', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect(await (await fetch(`${url}${path}`)).json()).toEqual({ status: 'ok' });
    }
    const code = openApi.codeFor({ openid: 'o-image' });
    const response = await fetch(toRequest(`${url}${SIGN_IN}`, { body: { code } }));
    const { user }: Body = await response.json();
    expect([response.status, user.openid]).toEqual([200, 'o-image']);
  });

  test('is healthy until it is told to stop, which it does by itself', async () => {
    expect(await health()).toBe(0);
    server?.kill('SIGTERM');
    expect(await server?.ended()).toMatchObject({ code: 0, errors: '' });
    expect(await health()).toBe(1);
  });
});

/** The command for its health has to know the port before the server listens. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
