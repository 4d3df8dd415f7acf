import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** `npx denglu inspect`, as it was built, while it runs. */
export interface Command {
  /** The page, with the token. */
  readonly page: string;
  readonly port: number;
  readonly token: string;
  readonly printed: string;
  stop(): Promise<void>;
}

export const TOKEN = 'a-token-for-tests';

/** @param port default: any that is free */
export async function startCommand({ port = 0, args = ['--token', TOKEN] } = {}): Promise<Command> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['dist/cli/denglu.js', 'inspect', '--port', String(port), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk;
      if (printed.includes('Ctrl-C')) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(`denglu inspect ended: ${printed}`)));
  });
  const [page = ''] = /http:\S+/.exec(printed) ?? [];
  return {
    page,
    port: Number(new URL(page).port),
    token: new URL(page).hash.slice(1),
    printed,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
