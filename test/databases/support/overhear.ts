import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { LOOPBACK } from '../../../scripts/ports.mjs';

/** What lies between a server and a database that is spoken to over HTTP: it hears each question, and may hold it back. */
export async function overhear(url: string) {
  let asked = 0;
  let before = async (_count: number): Promise<void> => {};

  const listener = createServer(async (question, response) => {
    asked += 1;
    await before(asked);
    const { method, headers } = question;
    const onward = request(new URL(question.url ?? '/', url), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    question.pipe(onward);
  }).listen(0, LOOPBACK);
  await once(listener, 'listening');
  const address = listener.address();

  return {
    url: `http://${LOOPBACK}:${typeof address === 'object' && address?.port}`,
    /** How many questions there were. */
    asked: () => asked,
    /** @param work what is waited for before a question goes on, told how many there were */
    beforeEach(work: typeof before): void {
      before = work;
    },
    close(): void {
      listener.closeAllConnections();
      listener.close();
    },
  };
}
