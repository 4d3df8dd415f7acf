import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { LOOPBACK } from '../../../scripts/ports.mjs';

/** What lies between a server and its store, and may go silent: nobody is told, and nothing arrives. */
export async function wireTo(url: string) {
  const { port } = new URL(url);
  const ends = new Set<Socket>();
  let isSilent = false;

  const listener = createServer((near) => {
    const far = connect(Number(port), LOOPBACK);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        ends.delete(from);
        to.destroy();
      });
      if (isSilent) from.pause();
    }
  }).listen(0, LOOPBACK);
  await once(listener, 'listening');
  const address = listener.address();
  const through = new URL(url);
  through.port = String(typeof address === 'object' && address?.port);

  return {
    url: through.href,
    /** How many ends of connections there are. */
    ends: () => ends.size,
    fallSilent(): void {
      isSilent = true;
      for (const end of ends) end.pause();
    },
    speakAgain(): void {
      isSilent = false;
      for (const end of ends) end.resume();
    },
    close(): void {
      for (const end of ends) end.destroy();
      listener.close();
    },
  };
}
