#!/usr/bin/env node
import { version } from '../../package.json' with { type: 'json' };
import { chartsCommand } from './charts-command.js';
import { inspectCommand } from './inspect-command.js';
import { Problem } from './problem.js';

const USAGE = `denglu inspect [--host 127.0.0.1] [--port 6010] [--token …]
  Serves a page that shows what the flows of a running app do. 打开一个页面,查看运行中应用的流程。

denglu charts [name …] [--format svg|mermaid|json] [--from module.js] [--out folder]
  Draws the flows. 输出流程的状态图。

denglu --version
  Says which denglu this is. 显示版本号。
`;

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  inspect: inspectCommand,
  charts: chartsCommand,
};

const [name = '', ...args] = process.argv.slice(2);
const isAsked = ['', 'help', '--help', '-h'].includes(name) || args.includes('--help') || args.includes('-h');
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (name === '--version') {
  console.log(version);
} else if (command && !isAsked) {
  await command(args).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  });
} else {
  if (!isAsked) console.error(`There is no command "${name}". 没有命令“${name}”。\n`);
  console.error(USAGE);
  process.exitCode = isAsked ? 0 : 1;
}
