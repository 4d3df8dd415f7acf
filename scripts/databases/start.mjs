import { startChild } from '../children.mjs';
import { findTool } from './engines.mjs';
import { anyPort, rights } from './place.mjs';

/** How long a database may take until it answers, in milliseconds. */
const PATIENCE = 60_000;

/** What each of them says as soon as it does. */
const READY = /ready (to accept|for) connections|listening for incoming user HTTP connection/i;

/**
 * A database that runs.
 *
 * @typedef {object} Running
 * @property {string} url
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} start again, on the same port, with what it held
 */

/**
 * Starts a database on a free port of this machine, in a folder of its own.
 *
 * @param {import('./engines.mjs').Engine} engine
 * @param {string} folder
 * @returns {Promise<Running>}
 */
export async function startDatabase(engine, folder) {
  const port = await anyPort();
  const tool = (/** @type {string} */ name) => findTool(name) ?? name;
  const { command, url, end } = engine.prepare(tool, folder, port);
  const [first = '', ...args] = command;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;

  /** @returns {Promise<void>} */
  function start() {
    const own = engine.mayBeRoot ? {} : rights;
    const started = startChild(first, args, { ...own, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    let output = '';
    return new Promise((resolve, reject) => {
      const fail = () => {
        clearTimeout(impatience);
        reject(new Error(`${engine.name} did not start:\n${output}`));
      };
      const impatience = setTimeout(fail, PATIENCE);
      started.once('exit', fail);
      for (const stream of [started.stdout, started.stderr]) {
        stream?.setEncoding('utf8').on('data', (text) => {
          output = (output + text).slice(-4000);
          if (!READY.test(output)) return;
          clearTimeout(impatience);
          resolve();
        });
      }
    });
  }

  await start();
  return {
    url,
    start,
    stop: () =>
      new Promise((resolve) => {
        if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill(end);
      }),
  };
}
