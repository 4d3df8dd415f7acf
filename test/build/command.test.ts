import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { statesOf } from '../../inspect/chart.js';
import { flows } from '../../inspect/charts/flows.js';
import { run } from '../../scripts/children.mjs';
import { root } from '../../scripts/install.mjs';

/** The command where nothing else of the project is. */
let folder: string;
let program: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'denglu-command-'));
  cpSync(join(root, 'dist/cli'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  program = join(folder, 'denglu.js');
});

afterAll(() => rmSync(folder, { recursive: true }));

const denglu = (...args: string[]) => run(process.execPath, [program, ...args]);

describe('npx denglu', () => {
  it('needs nothing but Node: every import of it is inside, or Node’s own', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const scripts = files.filter((file) => file.endsWith('.js') && !file.startsWith('page'));
    expect(scripts).toContain('denglu.js');
    const imported = scripts.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/^(?:import|export) .*?from ?"([^"]+)";?$/gm)].map(
        ([, from = '']) => from,
      ),
    );
    const own = (name: string) => builtinModules.includes(name.replace(/^node:/, ''));
    expect(imported.filter((name) => !name.startsWith('./') && !own(name))).toEqual([]);
  });

  it('brings the licences of all that is bundled', () => {
    const text = readFileSync(join(folder, 'LICENSES.txt'), 'utf8');
    for (const name of ['ws', 'xstate', 'state-machine-cat', '@hpcc-js/wasm-graphviz', 'Graphviz']) {
      expect(text).toMatch(new RegExp(`^${name}\\b.*\\(.+\\)$`, 'm'));
    }
    expect(text).toContain('Permission is hereby granted');
    expect(text).toContain('Apache License');
  });

  it('says which version it is', async () => {
    const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(await denglu('--version')).toMatchObject({ code: 0, output: `${version}\n` });
  });

  it('says what it can do, in both languages', async () => {
    const { code, output } = await denglu();
    expect(code).toBe(0);
    expect(output).toMatch(/denglu inspect[\s\S]*查看[\s\S]*denglu charts[\s\S]*状态图/);
    expect(await denglu('nonsense')).toMatchObject({
      code: 1,
      output: expect.stringMatching(/no command "nonsense"[\s\S]*denglu charts/),
    });
    for (const name of ['inspect', 'charts']) {
      expect(await denglu(name, '--help')).toMatchObject({
        code: 0,
        output: expect.stringContaining('denglu inspect'),
      });
    }
  });
});

describe('npx denglu charts', () => {
  it.each([
    ['mermaid', /^stateDiagram-v2\n[\s\S]*signedIn/],
    ['svg', /<svg [\s\S]*>signedIn<\/text>[\s\S]*<\/svg>/],
    ['json', /^\{\n {2}"id": "session",/],
  ])('draws a flow as %s', async (format, expected) => {
    const { code, output } = await denglu('charts', 'session', '--format', format);
    expect([code, output]).toEqual([0, expect.stringMatching(expected)]);
  });

  it('writes all flows to a folder, as JSON that makes the same charts again', async () => {
    const out = join(folder, 'charts');
    expect((await denglu('charts', '--format', 'json', '--out', out)).code).toBe(0);
    const files = readdirSync(out);
    expect(files.sort()).toEqual(flows.map(({ id }) => `${id}.json`).sort());
    for (const machine of flows) {
      const json: object = JSON.parse(readFileSync(join(out, `${machine.id}.json`), 'utf8'));
      expect(statesOf(createMachine(json))).toEqual(statesOf(machine));
    }
  });

  it('draws the machines that a module of the app exports', async () => {
    const file = join(folder, 'mine.js');
    const xstate = JSON.stringify(import.meta.resolve('xstate'));
    writeFileSync(
      file,
      `import { createMachine } from ${xstate};
       export const mine = createMachine({ id: 'mine', initial: 'here', states: { here: {} } });
       export const other = 1;`,
    );
    const { code, output } = await denglu('charts', '--from', file);
    expect([code, output]).toEqual([0, expect.stringContaining('mine_here: here')]);
  });

  it('writes a file for each machine, whatever their ids', async () => {
    const [file, out] = [join(folder, 'many.js'), join(folder, 'many')];
    writeFileSync(
      file,
      `import { createMachine } from ${JSON.stringify(import.meta.resolve('xstate'))};
       const of = (id) => createMachine({ ...(id && { id }), initial: 'here', states: { here: {} } });
       export const [a, b, c, d, e] = [of(), of(), of('购物车'), of('../up'), of('con')];`,
    );
    expect((await denglu('charts', '--from', file, '--out', out)).code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(
      ['(machine).mmd', '(machine)~2.mmd', '_con.mmd', '__up.mmd', '购物车.mmd'].sort(),
    );
  });

  it.each([
    [['charts', 'nowhere'], '没有名为'],
    [['charts'], '请指定'],
    [['charts', 'session', '--format', 'pdf'], 'mermaid, svg, json'],
    [['charts', '--nonsense'], '参数'],
    [['charts', 'session', '--format', 'toString'], 'mermaid, svg, json'],
    [['charts', '--from', './missing.js'], '无法加载'],
    [['charts', '--from', 'LICENSE'], '无法加载'],
    [['charts', '--out', 'package.json'], '无法写入'],
    [['inspect', '--port', 'x'], '端口'],
    [['inspect', '--port', ''], '端口'],
    [['inspect', '--port', '0x10'], '端口'],
    [['inspect', '--port', '1e3'], '端口'],
    [['inspect', '--port', '65536'], '端口'],
    [['inspect', '--host', ''], '为空'],
    [['inspect', '--token', 'short'], '令牌'],
    [['inspect', '--host', '203.0.113.1'], '无法监听'],
  ])('says what is wrong with %j', async (args, expected) => {
    const { code, output } = await denglu(...args);
    expect([code, output]).toEqual([1, expect.stringContaining(expected)]);
    expect(output).not.toContain('    at ');
  });
});
