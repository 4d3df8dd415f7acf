import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../../scripts/children.mjs';
import { root } from '../../scripts/install.mjs';

const start = (env: NodeJS.ProcessEnv) => run(process.execPath, [`${root}scripts/start.mjs`], { env });

async function listenSomewhere() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: String((server.address() as AddressInfo).port), close: () => server.close() };
}

async function freePort() {
  const { port, close } = await listenSomewhere();
  close();
  return port;
}

describe('npm start', () => {
  test.each(['PORT_SERVER', 'PORT_STORYBOOK'])(
    'says in two languages that the port of %s is taken',
    async (variable) => {
      const { port, close } = await listenSomewhere();
      onTestFinished(() => void close());
      const { code, output } = await start({
        PORT_SERVER: await freePort(),
        PORT_STORYBOOK: await freePort(),
        [variable]: port,
      });
      expect(code).toBe(1);
      expect(output.split('\n').slice(0, -1)).toEqual([
        `Port ${port} is taken: stop what uses it, or set ${variable} to another one.`,
        `端口 ${port} 已被占用:请停止占用它的程序,或用 ${variable} 换一个端口。`,
      ]);
    },
  );

  test.each(['http', '0', '65536', '80.5'])('takes no %j for a port', async (text) => {
    const { code, output } = await start({ PORT_SERVER: text });
    expect(code).toBe(1);
    expect(output).toBe(`PORT_SERVER is "${text}", which is no port.\nPORT_SERVER 的值 "${text}" 不是有效端口。\n`);
  });
});
