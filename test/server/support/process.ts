import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { secretOf } from './open-api.js';
import { APP_ID } from './server.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What a server of real users is started with. */
export const settings = (databaseUrl: string, apiUrl: string) => ({
  DENGLU_SECRET: 'a secret of the environment, long enough',
  WECHAT_APP_ID: APP_ID,
  WECHAT_APP_SECRET: secretOf(APP_ID),
  WECHAT_API_URL: apiUrl,
  DATABASE_URL: databaseUrl,
  PORT_SERVER: '0',
});

/** A program that Node runs in some folder. */
export interface Program {
  args: readonly string[];
  folder: string;
}

const source: Program = { args: ['--import', 'tsx', 'server/main.ts'], folder: root };

/** The server as a process of its own, with these variables and no others. */
export function startProcess(variables: Record<string, string>, { args, folder }: Program = source) {
  const child: ChildProcess = spawn(process.execPath, args, { cwd: folder, env: variables });
  let output = '';
  let errors = '';
  child.stdout?.on('data', (data) => {
    output += data;
  });
  child.stderr?.on('data', (data) => {
    errors += data;
  });
  const exit = once(child, 'close');

  return {
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    output: () => output,

    /** Its address, once it listens. */
    listening: () =>
      new Promise<string>((resolve, reject) => {
        const look = () => {
          const [, url] = /"url":"([^"]+)"/.exec(output) ?? [];
          if (url) resolve(url);
        };
        child.stdout?.on('data', look);
        exit.then(() => reject(new Error(`It ended instead: ${errors}${output}`)));
        look();
      }),

    /** How it ended, and what it said. */
    async ended() {
      const [code] = await exit;
      return { code, errors, output };
    },
  };
}

/** Processes that are ended by force after the test that started them, so that none outlives it. */
export function processesOfEachTest() {
  const running: ReturnType<typeof startProcess>[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) {
      server.kill('SIGKILL');
      await server.ended();
    }
  });
  return {
    running,
    start(...how: Parameters<typeof startProcess>) {
      const server = startProcess(...how);
      running.push(server);
      return server;
    },
  };
}
