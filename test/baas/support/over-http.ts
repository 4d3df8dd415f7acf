import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import { baidu } from '../../../adapters/baidu.js';
import { server as serverAdapter } from '../../../adapters/server.js';
import { wechat } from '../../../adapters/wechat.js';
import { type BaaS, createBaaS } from '../../../baas.js';
import { createServer, type Sender, type Server, type ServerConfig } from '../../../server/index.js';
import {
  type BaiduDevice,
  createBaiduDevice,
  createWechatDevice,
  createWorld,
  type NewPerson,
  type Person,
  type WechatDevice,
  type WechatDeviceOptions,
} from '../../../simulator/index.js';
import { newDatabase } from '../../server/support/server.js';

// Names and numbers are as the app's developer would have them; between app and server is HTTP over loopback.

const WECHAT = { appId: 'wx-baas', appSecret: 'secret-baas', openPlatform: 'platform-baas' };
const BAIDU = { appKey: 'key-baas', appSecret: 'secret-baas' };
const LOOPBACK = '127.0.0.1';
export const PASSWORD = 'correct horse battery';
export const newName = () => `u${randomUUID().slice(0, 8)}`;

/** An app that was published when hosts still told who people are (W-08). */
const LONG_AGO = Date.parse('2021-01-01');

/** The app as it runs on a phone with WeChat: `wx` has the BaaS. */
export type OnWechat = { device: WechatDevice; wx: WechatDevice['wx'] & { BaaS: BaaS } };
export type OnBaidu = { device: BaiduDevice; swan: BaiduDevice['swan'] & { BaaS: BaaS } };

/** A world with WeChat and Baidu, and denglu's own server on a database, each behind a port of its own. */
export async function baasOverHttp() {
  const file = await newDatabase();
  const world = createWorld();
  world.addApp(WECHAT);
  world.addBaiduApp(BAIDU);
  const apps: BaaS[] = [];
  const servers: Server[] = [];
  const { url: apiUrl, close: closeWorld } = await listen((request) => world.fetch(request));
  const sms: { phone: string; smsCode: string }[] = [];
  const resets: { email: string; resetToken: string }[] = [];
  const sender: Sender = {
    sendSmsCode: async (phone, smsCode) => void sms.push({ phone, smsCode }),
    sendEmailVerification: async () => {},
    sendPasswordReset: async (email, resetToken) => void resets.push({ email, resetToken }),
  };

  async function startServer(changes: Partial<ServerConfig> = {}) {
    const server = await createServer(
      {
        secret: 'a secret for tests, long enough to sign tokens',
        wechat: { ...WECHAT, apiUrl },
        baidu: { ...BAIDU, apiUrl },
        host: LOOPBACK,
        port: 0,
        databaseUrl: file.url,
        dataFolder: file.folder,
        allowedOrigins: [],
        trustedProxies: [],
        limits: { perAddress: 100_000, perAccount: 100_000 },
        profileUpdates: true,
        ...changes,
      },
      { log: pino({ level: 'silent' }), sender },
    );
    servers.push(server);
    return { server, url: await server.listen() };
  }
  const { server, url } = await startServer();
  const begin = (app: BaaS): BaaS => {
    apps.push(app);
    app.init('a client id');
    return app;
  };

  return {
    world,
    server,
    startServer,
    sms,
    resets,

    newPerson: (more: Partial<NewPerson> = {}) =>
      world.addPerson({
        nickname: '小明',
        phoneNumber: `139${randomUUID().replace(/\D/g, '').padEnd(8, '7').slice(0, 8)}`,
        ...more,
      }),

    onWechat(person: Person, phone: Partial<WechatDeviceOptions> = {}, baseUrl = url): OnWechat {
      const device = createWechatDevice({
        cloud: world.wechat,
        appId: WECHAT.appId,
        person,
        publishedAt: LONG_AGO,
        ...phone,
      });
      const backend = serverAdapter({ baseUrl });
      const wx = Object.assign(device.wx, {
        BaaS: begin(createBaaS({ platform: wechat({ wx: device.wx }), backend })),
      });
      return { device, wx };
    },

    onBaidu(person: Person, baseUrl = url): OnBaidu {
      const device = createBaiduDevice({ cloud: world.baidu, appKey: BAIDU.appKey, person });
      const backend = serverAdapter({ baseUrl });
      const swan = Object.assign(device.swan, {
        BaaS: begin(createBaaS({ platform: baidu({ swan: device.swan }), backend })),
      });
      return { device, swan };
    },

    /** Somebody's WeChat logs in on another phone: it puts another key in force (W-04). */
    loginElsewhere: (person: Person) => world.wechat.issueCode({ appId: WECHAT.appId, personId: person.id }),

    /** The same of their Baidu. */
    loginToBaiduElsewhere: (person: Person) => world.baidu.issueCode({ appKey: BAIDU.appKey, personId: person.id }),

    /** Sends a code to a number. */
    async sendSms(phone: string): Promise<string> {
      await fetch(`${url}/api/auth/denglu/sms-code`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ phone }),
      });
      return sms.at(-1)?.smsCode ?? '';
    },

    async stop(): Promise<void> {
      for (const { flows } of apps) flows.stop();
      for (const each of servers) await each.close(1000);
      closeWorld();
      await file.remove();
    },
  };
}

export type BaasOverHttp = Awaited<ReturnType<typeof baasOverHttp>>;

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
