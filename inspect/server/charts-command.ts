import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { AnyStateMachine } from 'xstate';
import { flows } from '../charts/flows.js';
import { mermaid } from '../charts/mermaid.js';
import { statelyJson } from '../charts/stately.js';
import { svg } from '../charts/svg.js';
import { Problem, reasonOf } from './problem.js';

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
  const name = values.format ?? 'mermaid';
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
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
  const names = fileNames(chosen);
  for (const [index, machine] of chosen.entries()) {
    const file = join(values.out, `${names[index]}${format.ending}`);
    const text = `${(await format.write(machine)).trim()}\n`;
    try {
      mkdirSync(values.out, { recursive: true });
      writeFileSync(file, text);
    } catch (error) {
      throw new Problem(`Cannot write ${file}: ${reasonOf(error)}.`, `无法写入 ${file}:${reasonOf(error)}`);
    }
    console.log(file);
  }
}

/** A name that any system can have for each chart, the same for no two of them. */
function fileNames(machines: readonly AnyStateMachine[]): readonly string[] {
  const taken = new Set<string>();
  return machines.map(({ id }) => {
    const plain =
      id
        .replace(/[^\p{L}\p{N}.()-]/gu, '_')
        .replace(/^\.+/, '_')
        .slice(0, LONGEST_FILE) || '_';
    let name = RESERVED.test(plain) ? `_${plain}` : plain;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${plain}~${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

const LONGEST_FILE = 80;
/** What Windows keeps for itself. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: 'string' }, from: { type: 'string' }, out: { type: 'string' } },
    });
  } catch (error) {
    throw new Problem(reasonOf(error), '参数无法识别:可用 --format、--from、--out');
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
  const exported: object = await import(pathToFileURL(resolve(file)).href).catch((error: unknown): never => {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new Problem(`Cannot load ${file}: ${reason}`, `无法加载 ${file}:${reason}`);
  });
  const machines = Object.values(exported).filter(isMachine);
  if (machines.length === 0) throw new Problem(`${file} exports no machine.`, `${file} 没有导出状态机`);
  return machines;
}

function isMachine(value: unknown): value is AnyStateMachine {
  return typeof value === 'object' && value !== null && 'root' in value && 'config' in value;
}
