import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureText } from '../../ports/failure.js';
import { npm, root } from '../../scripts/install.mjs';

/** A project of a user: the package as it would come from the registry, and xstate beside it. */
const project = mkdtempSync(join(tmpdir(), 'denglu-'));
const installed = join(project, 'node_modules/denglu');
let packed: string[] = [];

beforeAll(async () => {
  const { code, output } = await npm(['pack', root, '--ignore-scripts', '--json', '--pack-destination', project]);
  if (code !== 0) throw new Error(output);
  const [tarball]: { filename: string; files: { path: string }[] }[] = JSON.parse(output.slice(output.indexOf('[')));
  packed = tarball?.files.map(({ path }) => path) ?? [];
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(project, tarball?.filename ?? ''), '-C', installed, '--strip-components=1']);
  for (const peer of ['xstate', 'miniprogram-api-typings']) {
    symlinkSync(join(root, 'node_modules', peer), join(project, 'node_modules', peer));
  }
});

afterAll(() => rmSync(project, { recursive: true }));

test('holds the two builds and its papers, and nothing of a server, a test or a tool', () => {
  const papers = /^(package\.json|LICENSE|README(\.zh-CN)?\.md)$/;
  const builds = /^(dist\/(index|adapters|components|machines|ports|simulator)\b|miniprogram_dist\/)/;
  expect(packed.filter((path) => !papers.test(path) && !builds.test(path))).toEqual([]);
  expect(packed).toEqual(
    expect.arrayContaining(['package.json', 'LICENSE', 'dist/index.js', 'miniprogram_dist/index.js']),
  );
});

test('depends on nothing: what it needs is a peer or inside', () => {
  const manifest: object = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(Object.keys(manifest)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(dependencies|optionalDependencies|bundle(d)?Dependencies)$/)]),
  );
});

describe('its doors', () => {
  const { exports }: { exports: Record<string, string | { types: string; default: string }> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const doors = Object.entries(exports).flatMap(([door, files]) =>
    typeof files === 'string' ? [] : [{ door, files }],
  );

  test.each(doors)('$door has its code and its types', ({ files }) => {
    expect(packed).toEqual(expect.arrayContaining([files.types.slice(2), files.default.slice(2)]));
  });

  test.each(doors)('$door opens in a project that has xstate and the package, and nothing else', ({ door }) => {
    const program = `console.log(Object.keys(await import(${JSON.stringify(door.replace('.', 'denglu'))})).length)`;
    const names = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: project });
    expect(Number(names)).toBeGreaterThan(0);
  });
});

describe('a bundle of an app', () => {
  async function bundle(program: string): Promise<string> {
    const input = join(project, 'app.js');
    writeFileSync(input, program);
    const build = await rolldown({ input, platform: 'neutral' });
    const { output } = await build.generate();
    await build.close();
    return output[0].code;
  }
  const app = `import { createAuth } from 'denglu'; globalThis.make = createAuth;`;

  test('has the texts of failures only where the app shows them', async () => {
    expect(await bundle(app)).not.toContain(failureText('quota-exhausted', 'zh'));
    const showing = await bundle(`${app} import { failureText } from 'denglu'; globalThis.say = failureText;`);
    expect(showing).toContain(failureText('quota-exhausted', 'zh'));
  });
});

describe('its types', () => {
  /** What the compiler finds wrong in the program or in the package; xstate's own types want `AbortSignal` declared. */
  function faults(program: string, options: readonly string[]) {
    writeFileSync(join(project, 'program.ts'), program);
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const strict = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022'];
    const { stdout } = spawnSync(process.execPath, [tsc, ...strict, ...options, 'program.ts'], { cwd: project });
    return stdout
      .toString()
      .split('\n')
      .filter((line) => /^(program\.ts|node_modules\/denglu\/)/.test(line));
  }

  test('serve a strict mini-program that checks its libraries too', () => {
    const found = faults(
      `import { type Auth, createAuth } from 'denglu';
       import { server } from 'denglu/adapters/server';
       import { wechat } from 'denglu/adapters/wechat';
       const backend = server({ baseUrl: 'https://api.example.com' });
       export const auth: Auth = createAuth({ platform: wechat(), backend });
       // @ts-expect-error a host's name is no host
       createAuth({ platform: 'wechat', backend });
      `,
      ['--lib', 'es2022', '--types', 'miniprogram-api-typings'],
    );
    expect(found).toEqual([]);
  });

  test("serve a user's tests in Node", () => {
    const found = faults(
      `import { createWorld } from 'denglu/simulator';
       const world = createWorld();
       export const answer: Promise<Response> = world.fetch('https://api.example.com/');
       // @ts-expect-error there is no such member
       world.nonsense;
      `,
      ['--skipLibCheck', '--types', 'miniprogram-api-typings'],
    );
    expect(found).toEqual([]);
  });
});
