import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { endOf, startChild, stopChildren } from './children.mjs';
import './end-with-parent.mjs';
import { ensureInstalled, npm, root } from './install.mjs';
import { freePort, LOOPBACK } from './ports.mjs';
import { main, Problem, say } from './speech.mjs';

/** @typedef {{ child: import('node:child_process').ChildProcess, ended: Promise<never> }} Part */

const START_LIMIT = 120_000;

await main(async () => {
  await ensureInstalled();
  const serverPort = await freePort('PORT_SERVER', 8787);
  const storybookPort = await freePort('PORT_STORYBOOK', 6006);
  if (serverPort === storybookPort) {
    throw new Problem('PORT_SERVER and PORT_STORYBOOK are the same.', 'PORT_SERVER 与 PORT_STORYBOOK 不能相同。');
  }
  say('Starting', '正在启动');
  // Stories of Baidu show what the build makes.
  if (!existsSync(join(root, 'swan_dist'))) {
    const { code, output } = await npm(['run', '--silent', 'build']);
    if (code !== 0) throw new Problem(output.trim(), '构建失败');
  }
  try {
    const playground = startPart('server', ['--import', 'tsx', join(root, 'scripts/playground.ts')], {
      PORT_SERVER: String(serverPort),
      PORT_STORYBOOK: String(storybookPort),
    });
    /** @type {import('./playground.js').PlaygroundAddresses} */
    const { serverUrl, simulatorUrl } = await inTime(playground.ended, (signal) => firstMessage(playground, signal));

    const storybook = startPart('storybook', storybookCommand(storybookPort), {
      STORYBOOK_SERVER_URL: serverUrl,
      STORYBOOK_SIMULATOR_URL: simulatorUrl,
      STORYBOOK_DISABLE_TELEMETRY: '1',
    });
    const storybookUrl = `http://${LOOPBACK}:${storybookPort}`;
    const ended = Promise.race([playground.ended, storybook.ended]);
    await inTime(ended, (signal) =>
      Promise.all([storybookUrl, `${serverUrl}/healthz`].map((url) => answers(url, signal))),
    );

    console.log(`
  Playground  演示页面  ${storybookUrl}/?path=/story/playground--login-button
  Server      服务端    ${serverUrl}
  WeChat      模拟微信  ${simulatorUrl}

  Ctrl-C stops everything · 按 Ctrl-C 全部停止
`);
    await ended;
  } finally {
    await stopChildren();
  }
});

/** @param {number} port */
function storybookCommand(port) {
  const cli = join(root, 'node_modules/storybook/dist/bin/dispatcher.js');
  const quiet = ['--ci', '--no-open', '--quiet', '--loglevel', 'warn', '--disable-telemetry', '--no-version-updates'];
  const where = ['--config-dir', join(root, '.storybook'), '--host', LOOPBACK, '--port', String(port), '--exact-port'];
  return [cli, 'dev', ...quiet, ...where];
}

/**
 * @param {string} name put before each line that it prints
 * @param {readonly string[]} args for Node
 * @param {NodeJS.ProcessEnv} env added to this process's own
 * @returns {Part}
 */
function startPart(name, args, env) {
  const child = startChild(process.execPath, ['--import', join(root, 'scripts/end-with-parent.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      if (line.trim() !== '') console.log(`[${name}] ${line}`);
    });
  }
  const ended = endOf(child).then((end) => {
    throw new Problem(`The ${name} ended by itself (${end}), so everything stops.`, `${name} 意外退出,已全部停止。`);
  });
  return { child, ended };
}

/**
 * @param {Part} part
 * @param {AbortSignal} signal
 */
async function firstMessage({ child }, signal) {
  const [message] = await once(child, 'message', { signal });
  return message;
}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 */
async function answers(url, signal) {
  for (;;) {
    const response = await fetch(url, { signal }).catch(() => undefined);
    if (response?.ok) return;
    await sleep(100, undefined, { signal });
  }
}

/**
 * What is waited for, unless a part ends first or all takes too long.
 *
 * @template T
 * @param {Promise<never>} ended
 * @param {(signal: AbortSignal) => Promise<T>} wait
 */
async function inTime(ended, wait) {
  const giveUp = new AbortController();
  const { signal } = giveUp;
  const tooLong = sleep(START_LIMIT, undefined, { signal }).then(() => {
    throw new Problem(`Nothing answered in ${START_LIMIT / 1000} s.`, `${START_LIMIT / 1000} 秒内没有应答。`);
  });
  try {
    return await Promise.race([wait(signal), ended, tooLong]);
  } finally {
    giveUp.abort();
  }
}
