import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import { server as serverAdapter } from '../../../adapters/server.js';
import { wechat } from '../../../adapters/wechat.js';
import type { Auth } from '../../../machines/auth.js';
import { createAuth } from '../../../machines/create-auth.js';
import type { PhoneFlow, PhoneOptions } from '../../../machines/phone-flow.js';
import { createServer, type Server, type ServerConfig, type Surroundings } from '../../../server/index.js';
import {
  createWechatDevice,
  createWorld,
  type NewPerson,
  type Person,
  remoteCloud,
  type WechatDevice,
  type WechatDeviceOptions,
} from '../../../simulator/index.js';
import { newDatabase } from './database.js';

const APP = { appId: 'wx-over-http', appSecret: 'secret-over-http', openPlatform: 'platform-over-http' };
const LOOPBACK = '127.0.0.1';
/** No answer of a machine on this computer takes longer, in milliseconds. */
const PATIENCE = 10_000;

export interface Client {
  auth: Auth;
  device: WechatDevice;
}

/** A simulated WeChat and a real server, each behind a port of its own, the database in a file. */
export async function overHttp() {
  const file = await newDatabase();
  const world = createWorld();
  world.addApp(APP);
  const clients: Client[] = [];
  const servers: Server[] = [];
  const { url: wechatUrl, close: closeWorld } = await listen(world.fetch);

  async function startServer(changes: Partial<ServerConfig> = {}, surroundings: Surroundings = {}) {
    const server = await createServer(
      {
        secret: 'a secret for tests, long enough to sign tokens',
        wechat: { ...APP, apiUrl: wechatUrl },
        host: LOOPBACK,
        port: 0,
        databaseUrl: file.url,
        dataFolder: file.folder,
        messages: 'off',
        allowedOrigins: [],
        trustedProxies: [],
        limits: { perAddress: 100_000, perAccount: 100_000 },
        profileUpdates: true,
        ...changes,
      },
      { log: pino({ level: 'silent' }), ...surroundings },
    );
    servers.push(server);
    return { server, url: await server.listen() };
  }

  const { server, url } = await startServer();

  /** A person's phone. */
  function phoneOf(person: Person, phone: Partial<WechatDeviceOptions> = {}): WechatDevice {
    return createWechatDevice({ cloud: remoteCloud({ baseUrl: wechatUrl }), appId: APP.appId, person, ...phone });
  }

  return {
    server,
    /** Where it listens. */
    url,
    startServer,

    newPerson: (more: Partial<NewPerson> = {}) => world.addPerson({ nickname: '小明', ...more }),

    /** Where somebody's WeChat puts another key in force, as a login on another phone does (W-04). */
    loginElsewhere: (person: Person) => world.wechat.issueCode({ appId: APP.appId, personId: person.id }),

    phoneOf,

    /** The app on a person's phone. */
    open(person: Person, phone: Partial<WechatDeviceOptions> = {}, baseUrl = url): Client {
      const device = phoneOf(person, phone);
      const backend = serverAdapter({ baseUrl });
      const client = { device, auth: createAuth({ platform: wechat({ wx: device.wx }), backend }) };
      clients.push(client);
      return client;
    },

    async stop(): Promise<void> {
      for (const { auth } of clients) auth.stop();
      for (const each of servers) await each.close(1000);
      closeWorld();
      await file.remove();
    },
  };
}

export type OverHttp = Awaited<ReturnType<typeof overHttp>>;

/** Waits until a flow, or an auth, tells of itself what is wanted. */
export function until<Snapshot>(
  teller: { getSnapshot(): Snapshot; subscribe(listener: (snapshot: Snapshot) => void): () => void },
  isWanted: (snapshot: Snapshot) => boolean,
): Promise<Snapshot> {
  return new Promise((resolve, reject) => {
    let stopListening = () => {};
    const impatience = setTimeout(() => {
      stopListening();
      reject(new Error(`It stayed ${JSON.stringify(teller.getSnapshot())}`));
    }, PATIENCE);
    const look = (snapshot: Snapshot) => {
      if (!isWanted(snapshot)) return;
      clearTimeout(impatience);
      stopListening();
      resolve(snapshot);
    };
    stopListening = teller.subscribe(look);
    look(teller.getSnapshot());
  });
}

/** A flow of a phone button, as soon as it may be tapped. */
export async function placed({ auth }: Client, options?: PhoneOptions): Promise<PhoneFlow> {
  const flow = auth.phone(options);
  await until(flow, ({ live }) => live);
  return flow;
}

/** A finger presses the host's phone button. */
export function press({ device }: Client, flow: PhoneFlow) {
  return device.press(
    { openType: 'getPhoneNumber' },
    { tap: () => flow.ask(), getphonenumber: ({ detail }) => flow.answer(detail) },
  );
}

async function listen(fetch: (request: Request) => Promise<Response>) {
  return new Promise<{ url: string; close: () => void }>((resolve) => {
    const server = serve({ fetch, hostname: LOOPBACK, port: 0 }, ({ port }: AddressInfo) =>
      resolve({
        url: `http://${LOOPBACK}:${port}`,
        close() {
          if ('closeAllConnections' in server) server.closeAllConnections();
          server.close();
        },
      }),
    );
  });
}
