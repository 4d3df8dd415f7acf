import { randomUUID } from 'node:crypto';
import { server } from '../adapters/server.js';
import { wechat } from '../adapters/wechat.js';
import { createBaaS } from '../baas.js';
import type { Clock } from '../ports/clock.js';
import type { Person, WechatDevice, WechatDeviceOptions } from '../simulator/index.js';
import type { OverHttp } from '../test/server/support/client.js';
import { loadSdk, type SdkName } from '../test/support/minapp-sdk.js';

export const PASSWORD = 'correct horse battery';
const CLIENT_ID = 'client-of-the-bench';
export const SERVER = { baasClientId: CLIENT_ID };
export const newName = () => `u${randomUUID().slice(0, 8)}`;

type Account = { username: string; password: string };

export interface User {
  readonly id: number;
  linkWechat(): Promise<{ readonly data: { readonly user_id?: unknown } }>;
  setUsername(username: string): Promise<unknown>;
  setAccount(account: { username?: string; password?: string }): Promise<unknown>;
}

/** What both have. */
export interface Calls {
  loginWithWechat(data?: object | null, options?: object): Promise<User>;
  updatePhoneNumber(data: object): Promise<User>;
  login(account: Account): Promise<User>;
  register(account: Account): Promise<User>;
  getCurrentUser(): Promise<User>;
  logout(): Promise<unknown>;
}

/** The app on somebody's phone, as one of the two makes it. */
export interface App {
  readonly person: Person;
  readonly device: WechatDevice;
  readonly auth: Calls;
  /** What its phone has sent, oldest first. */
  readonly sent: readonly Sent[];
  /** Waits until the host has answered all that it was asked: a call may have its answer before its last request has. */
  settled(): Promise<void>;
  /** Ends the session behind its back. */
  revoke(): Promise<void>;
  /** A cold start over the same store. */
  restart(): App;
}

export interface Sent {
  readonly path: string;
  readonly authorization: string | null;
}

export interface AppOptions {
  person?: Person;
  phone?: Partial<WechatDeviceOptions>;
  clock?: Clock;
  /** Whether the SDK renews by itself what the server refuses. denglu has no such setting: it always does. */
  autoLogin?: boolean;
}

export type Open = (options?: AppOptions) => App;

export interface Contender {
  readonly name: string;
  readonly open: Open;
  stop(): void;
}

/** Makes what runs on a phone, and says where it signs out. */
type Start = (device: WechatDevice, options: AppOptions) => Calls;

/** An answer that has come to its end, so that reading it takes no time. */
async function whole(answer: Response): Promise<Response> {
  const body = await answer.arrayBuffer();
  return new Response(body.byteLength > 0 ? body : null, answer);
}

/** The two published SDKs, and denglu last. */
export function contenders(http: OverHttp, url: string): readonly Contender[] {
  const running: (() => void)[] = [];

  function opener(start: Start, signOut: string): Open {
    return (options = {}) => {
      const { person = http.newPerson(), clock } = options;
      const sent: Sent[] = [];
      const asked: Promise<Response>[] = [];
      // Answers come in the order of the requests, once none is on its way, so that each run counts the same.
      const fetch: WechatDeviceOptions['fetch'] = async (input, init) => {
        const request = new Request(input, init);
        const { pathname: path } = new URL(request.url);
        sent.push({ path, authorization: request.headers.get('authorization') });
        const answer = globalThis.fetch(request).then(whole);
        asked.push(answer);
        for (let waited = 0; waited < asked.length; ) {
          waited = asked.length;
          await Promise.allSettled(asked);
        }
        return answer;
      };
      const device = http.phoneOf(person, { latency: 0, fetch, ...(clock && { clock }), ...options.phone });

      const run = (): App => {
        const auth = start(device, options);
        return {
          person,
          device,
          auth,
          sent,
          async settled() {
            const isPending = () => device.calls.some(({ outcome }) => outcome === 'pending');
            do await new Promise((resolve) => setImmediate(resolve));
            while (isPending());
          },
          async revoke() {
            await auth.getCurrentUser();
            const authorization = sent.at(-1)?.authorization ?? '';
            const headers = { authorization, 'x-hydrogen-client-id': CLIENT_ID, 'content-type': 'application/json' };
            const { ok, status } = await globalThis.fetch(url + signOut, { method: 'POST', headers, body: '{}' });
            if (!ok) throw new Error(`${signOut} answered ${status}`);
          },
          restart() {
            device.restart();
            return run();
          },
        };
      };
      return run();
    };
  }

  const sdk = (version: string, installedAs: SdkName): Contender => ({
    name: `minapp-sdk ${version}`,
    open: opener((device, { autoLogin = false }) => {
      const BaaS = loadSdk(installedAs, device.wx);
      BaaS.init(CLIENT_ID, { host: url, autoLogin });
      return BaaS.auth;
    }, '/hserve/v2.0/session/destroy/'),
    stop() {},
  });
  const denglu: Start = (device, { clock }) => {
    const BaaS = createBaaS({
      platform: wechat({ wx: device.wx }),
      backend: server({ baseUrl: url }),
      ...(clock && { clock }),
    });
    running.push(() => BaaS.flows.stop());
    BaaS.init(CLIENT_ID);
    return BaaS.auth;
  };
  return [
    sdk('3.22.0', 'minapp-sdk'),
    sdk('3.23.6', 'minapp-sdk-3-23-6'),
    {
      name: 'denglu/baas',
      open: opener(denglu, '/api/auth/denglu/sign-out'),
      stop() {
        for (const end of running.splice(0)) end();
      },
    },
  ];
}
