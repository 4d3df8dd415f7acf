import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { AnyStateMachine } from 'xstate';
import { flows } from '../charts/flows.js';
import { mermaid } from '../charts/mermaid.js';
import { statelyJson } from '../charts/stately.js';
import { svg } from '../charts/svg.js';
import { Problem } from './problem.js';

interface Format {
  readonly ending: string;
  write(machine: AnyStateMachine): string | Promise<string>;
}

const formats: Readonly<Record<string, Format>> = {
  mermaid: { ending: '.mmd', write: mermaid },
  svg: { ending: '.svg', write: svg },
  json: { ending: '.json', write: (machine) => JSON.stringify(statelyJson(machine), null, 2) },
};

/** `denglu charts`: writes charts to a folder, or one to the terminal. */
export async function chartsCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args);
  const format = formats[values.format ?? 'mermaid'];
  if (!format) {
    const known = Object.keys(formats).join(', ');
    throw new Problem(`--format is one of ${known}.`, `--format 可用:${known}`);
  }
  const known = values.from === undefined ? flows : await machinesIn(values.from);
  const chosen = positionals.length === 0 ? known : positionals.map((name) => machineOf(name, known));
  if (values.out === undefined) {
    if (chosen.length !== 1) throw tooMany(known);
    for (const machine of chosen) console.log(await format.write(machine));
    return;
  }
  mkdirSync(values.out, { recursive: true });
  for (const machine of chosen) {
    const file = join(values.out, `${machine.id.replace(/[^\w.-]/g, '_')}${format.ending}`);
    writeFileSync(file, `${(await format.write(machine)).trim()}\n`);
    console.log(file);
  }
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: 'string' }, from: { type: 'string' }, out: { type: 'string' } },
    });
  } catch (error) {
    throw new Problem(String(error), '参数无法识别:可用 --format、--from、--out');
  }
}

function machineOf(name: string, known: readonly AnyStateMachine[]): AnyStateMachine {
  const machine = known.find(({ id }) => id === name);
  if (machine) return machine;
  const names = known.map(({ id }) => id).join(', ');
  throw new Problem(`There is no chart "${name}"; there are ${names}.`, `没有名为 "${name}" 的状态图,可用:${names}`);
}

function tooMany(known: readonly AnyStateMachine[]): Problem {
  const names = known.map(({ id }) => id).join(', ');
  return new Problem(
    `Say which chart, of ${names}; or --out a folder for all.`,
    `请指定一个状态图:${names};或用 --out 指定文件夹输出全部`,
  );
}

/** All machines that a module exports. */
async function machinesIn(file: string): Promise<AnyStateMachine[]> {
  const exported: object = await import(pathToFileURL(resolve(file)).href);
  const machines = Object.values(exported).filter(isMachine);
  if (machines.length === 0) throw new Problem(`${file} exports no machine.`, `${file} 没有导出状态机`);
  return machines;
}

function isMachine(value: unknown): value is AnyStateMachine {
  return typeof value === 'object' && value !== null && 'root' in value && 'config' in value;
}
