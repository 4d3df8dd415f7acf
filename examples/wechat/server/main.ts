// The sample's own server: denglu's sign-in, and orders for whoever is signed in, at one address.
import { serve } from '@hono/node-server';
import { createServer, readConfig } from 'denglu-server';
import { createApp } from './app.js';

const config = readConfig(process.env);
const signIn = await createServer(config);
serve({ fetch: createApp(signIn).fetch, hostname: config.host, port: config.port }, ({ port }) => {
  console.log(`http://${config.host}:${port}`);
});
