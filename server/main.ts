#!/usr/bin/env node
import { readConfig } from './config.js';
import { createServer, type Server } from './server.js';
import { StartError } from './start-error.js';

let server: Server | undefined;
// Before it starts: the first process of a container is ended by no signal that it does not listen to.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await server?.close();
    process.exit(0);
  });
}
try {
  server = await createServer(readConfig(process.env));
  await server.listen();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exit(1);
}
