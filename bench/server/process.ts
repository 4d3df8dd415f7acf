import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of its own that does one part of a measurement, and is asked for it. */
export interface Part<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  end(): Promise<void>;
}

/**
 * Starts one.
 *
 * @param file of this folder, which calls {@link beAsked}
 * @param setting what it is to be
 * @returns once it is ready, what it answered first
 */
export async function startPart<Question extends object, Answer, Ready = Answer>(
  file: string,
  setting: object,
): Promise<{ part: Part<Question, Answer>; ready: Ready }> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(setting)], {
    execArgv: ['--import', 'tsx'],
    // As on a server of real users; better-auth looks at it.
    env: { ...process.env, NODE_ENV: 'production' },
    // Servers log each request: the lines are written, and nobody reads them.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = once(child, 'exit');
  const answer = <T>() => Promise.race([nextMessage<T>(child), gone.then(() => failed(file))]);
  const ready = await answer<Ready>();
  return {
    ready,
    part: {
      async ask(question) {
        const said = answer<Answer>();
        child.send(question);
        return said;
      },
      async end() {
        child.kill();
        await gone;
      },
    },
  };
}

async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const [message]: T[] = await once(child, 'message');
  if (message === undefined) throw new Error('An empty message came.');
  return message;
}

function failed(file: string): never {
  throw new Error(`${file} ended in the middle of a measurement.`);
}
