import { once } from 'node:events';
import { createServer } from 'node:net';
import { Problem } from './speech.mjs';

/** Where everything listens: reachable from this machine only. */
export const LOOPBACK = '127.0.0.1';

/**
 * The port that a variable names, or its default.
 *
 * @param {string} variable
 * @param {number} usual
 * @throws {Problem} where the variable holds no port, or the port is taken
 */
export async function freePort(variable, usual) {
  const text = process.env[variable] || String(usual);
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Problem(`${variable} is "${text}", which is no port.`, `${variable} 的值 "${text}" 不是有效端口。`);
  }
  const obstacle = await listenOnce(port);
  if (obstacle === undefined) return port;
  const [en, zh] = obstacle === 'EADDRINUSE' ? ['is taken', '已被占用'] : [`cannot be used (${obstacle})`, '无法使用'];
  throw new Problem(
    `Port ${port} ${en}: stop what uses it, or set ${variable} to another one.`,
    `端口 ${port} ${zh}:请停止占用它的程序,或用 ${variable} 换一个端口。`,
  );
}

/**
 * @param {number} port
 * @returns {Promise<string | undefined>} the error's code, if it cannot be listened on
 */
async function listenOnce(port) {
  const server = createServer();
  try {
    server.listen({ port, host: LOOPBACK, exclusive: true });
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return undefined;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code;
  }
}
