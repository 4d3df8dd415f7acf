import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { betterAuth } from 'better-auth';
import { anonymous } from 'better-auth/plugins/anonymous';
import { pino } from 'pino';
import { LOOPBACK } from '../../scripts/ports.mjs';
import { openDatabase } from '../../server/database/open.js';
import { createApp } from '../../server/http/app.js';
import { AUTH_ORIGIN, CLIENT_ADDRESS } from '../../server/http/auth-request.js';
import { createServer } from '../../server/index.js';
import { beAsked, setting } from './part.js';

const SECRET = 'a secret for measurements, long enough to sign tokens';
const APP_ID = 'wx-measured';
const ENOUGH = 1_000_000_000;

/** What one server process is told. */
export interface Serving {
  kind: 'denglu' | 'anonymous';
  databaseUrl: string;
  apiUrl: string;
}

/** What this process has used of its processor's time, in microseconds. */
export type Cpu = NodeJS.CpuUsage;

async function serveDenglu({ databaseUrl, apiUrl }: Serving): Promise<string> {
  const server = await createServer({
    secret: SECRET,
    wechat: { appId: APP_ID, appSecret: 'secret', apiUrl },
    host: LOOPBACK,
    port: 0,
    databaseUrl,
    messages: 'off',
    allowedOrigins: [],
    trustedProxies: [],
    limits: { perAddress: ENOUGH, perAccount: ENOUGH },
    profileUpdates: false,
  });
  return server.listen();
}

async function serveAnonymous({ databaseUrl }: Serving): Promise<string> {
  const database = await openDatabase(databaseUrl);
  const auth = betterAuth({
    secret: SECRET,
    baseURL: AUTH_ORIGIN,
    basePath: '/api/auth/denglu',
    database: { db: database.tables, type: database.type },
    plugins: [anonymous()],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
  });
  const app = createApp({
    auth: auth.handler,
    addresses: [],
    count: async () => {},
    checkReady: async () => {},
    isClosing: () => false,
    allowedOrigins: [],
    behindProxy: false,
    baasClientId: undefined,
    readAvatar: async () => undefined,
    log: pino(),
    metrics: undefined,
    showsMetrics: false,
  });
  const sockets = createHttpServer(
    { requestTimeout: 30_000 },
    getRequestListener((request, env) => app.fetch(request, env), { overrideGlobalObjects: false }),
  );
  sockets.listen(0, LOOPBACK);
  await once(sockets, 'listening');
  const { port } = sockets.address() as AddressInfo;
  return `http://${LOOPBACK}:${port}`;
}

const serving = setting<Serving>();
const url = await { denglu: serveDenglu, anonymous: serveAnonymous }[serving.kind](serving);
beAsked<object>({ url }, (): Cpu => process.cpuUsage());
