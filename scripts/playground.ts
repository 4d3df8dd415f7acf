import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { createServer, playgroundConfig, StartError } from 'denglu-server';
import { pino } from 'pino';
import { createWorld, seededRandom } from '../simulator/index.js';
import { playgroundApp, playgroundPeople } from './playground-app.js';
import { LOOPBACK } from './ports.mjs';

/** What the playground tells `npm start` as soon as it answers. */
export interface PlaygroundAddresses {
  serverUrl: string;
  simulatorUrl: string;
}

/** A world with a few people who have the same ids in every run, as the server's database remembers them. */
async function createPlaygroundWorld() {
  let random = seededRandom(1);
  const world = createWorld({ random: () => random() });
  const { appId } = world.addApp(playgroundApp);
  for (const nickname of playgroundPeople) {
    const { id } = world.addPerson({ nickname });
    await world.wechat.issueCode({ appId, personId: id });
  }
  random = Math.random;
  return world;
}

async function startSimulator() {
  const { fetch } = await createPlaygroundWorld();
  return new Promise<string>((resolve) => {
    serve({ fetch, hostname: LOOPBACK, port: 0 }, ({ port }: AddressInfo) => resolve(`http://${LOOPBACK}:${port}`));
  });
}

try {
  const simulatorUrl = await startSimulator();
  const config = playgroundConfig({ ...playgroundApp, apiUrl: simulatorUrl }, { ...process.env, HOST: LOOPBACK });
  const server = await createServer(config, { log: pino({ level: 'warn' }) });
  process.once('SIGTERM', async () => {
    await server.close();
    process.exit();
  });
  const addresses: PlaygroundAddresses = { serverUrl: await server.listen(), simulatorUrl };
  process.send?.(addresses);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exit(1);
}
