import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addressesOf } from './addresses.js';
import { type Listener, listen } from './listener.js';
import { readPageFiles } from './page-files.js';
import { Problem, reasonOf } from './problem.js';
import { newToken } from './token.js';

const PORT = '6010';
const LAST_PORT = 65_535;
const SHORTEST_TOKEN = 12;

/** `denglu inspect`: listens until it is interrupted. */
export async function inspectCommand(args: readonly string[]): Promise<void> {
  const { host, port, token } = readOptions(args);
  const files = readPageFiles(fileURLToPath(new URL('./page/', import.meta.url)));
  const listener = await listen({ host, port, token, files }).catch((error: unknown): never => {
    throw new Problem(
      `Cannot listen on ${host}:${port} (${reasonOf(error)}): choose another --port or --host.`,
      `无法监听 ${host}:${port}(${reasonOf(error)}):请用 --port 或 --host 换一个。`,
    );
  });
  console.log(introductionOf(addressesOf(host), listener, token));
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await listener.close();
}

function readOptions(args: readonly string[]) {
  const { values } = parseOptions(args);
  const { host = '127.0.0.1', token = process.env.DENGLU_INSPECT_TOKEN || newToken() } = values;
  // Node takes none for all networks of this machine.
  if (host.trim() === '') {
    throw new Problem('--host is empty: 127.0.0.1 is this machine alone.', '--host 为空:127.0.0.1 表示仅限本机。');
  }
  const port = /^\d+$/.test(values.port ?? PORT) ? Number(values.port ?? PORT) : Number.NaN;
  if (!(port <= LAST_PORT)) {
    throw new Problem(`--port is "${values.port}", which is no port.`, `--port 的值 "${values.port}" 不是有效端口。`);
  }
  if (!/^[\w.~-]+$/.test(token) || token.length < SHORTEST_TOKEN) {
    throw new Problem(
      `A token has at least ${SHORTEST_TOKEN} letters, digits, dots, hyphens, underscores or tildes.`,
      `令牌至少 ${SHORTEST_TOKEN} 个字符,由字母、数字、点、连字符、下划线或波浪号组成。`,
    );
  }
  return { host, port, token };
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { host: { type: 'string' }, port: { type: 'string' }, token: { type: 'string' } },
    });
  } catch (error) {
    throw new Problem(reasonOf(error), '参数无法识别:可用 --host、--port、--token');
  }
}

function introductionOf(addresses: readonly string[], { port }: Listener, token: string): string {
  const [first = '127.0.0.1'] = addresses;
  const device = addresses.at(-1) ?? first;
  return `
  Page    页面  http://${first}:${port}/#${token}
  Devices 设备  ${addresses.map((address) => `ws://${address}:${port}`).join('  ')}
  Token   令牌  ${token}

  createInspector({ platform, url: 'ws://${device}:${port}', token: '${token}' })

  Ctrl-C stops it · 按 Ctrl-C 停止
`;
}
