#!/usr/bin/env node
import { readConfig } from './config.js';
import { createServer } from './server.js';
import { StartError } from './start-error.js';

try {
  const server = await createServer(readConfig(process.env));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      await server.close();
      process.exit(0);
    });
  }
  await server.listen();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exit(1);
}
