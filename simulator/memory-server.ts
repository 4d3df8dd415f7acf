import { type Clock, systemClock } from '../ports/clock.js';
import type { BaiduApp } from './baidu/accounts.js';
import { createAnswers } from './memory-server/answers.js';
import { createBaiduHost } from './memory-server/baidu-host.js';
import { createStore, type ServerUser } from './memory-server/store.js';
import { createWechatHost } from './memory-server/wechat-host.js';

export type { ServerUser } from './memory-server/store.js';

export interface MemoryServerOptions {
  /** Where codes are exchanged: `world.fetch`. */
  openApi: (url: string, init?: RequestInit) => Promise<Response>;
  /** The app's mini-program on WeChat, and its secret. */
  appId?: string;
  appSecret?: string;
  /** The app's mini-program on Baidu. */
  baidu?: BaiduApp;
  /** Default: real time. */
  clock?: Clock;
  /** How long a token lives, in milliseconds; default seven days. */
  tokenLifetime?: number;
  /** Whether clients may write the profile of their user. Default true, as flows that write it want to be tried. */
  profileUpdates?: boolean;
}

/** What goes wrong with one request: a refusal with its code, another status, no answer, or a late one. */
export type ServerFault =
  | { status: number; code?: string; retryAfter?: number }
  | { hang: true }
  | { delay: number }
  /** The work is done, and the answer lost on its way. */
  | { lost: true };

/** One request as the server saw it. */
export interface ServerCall {
  readonly path: string;
  readonly at: number;
  /** What came as JSON, or the fields of a form. */
  readonly body: unknown;
  /** The bearer token, as it came. */
  readonly token: string;
  /** `null` while unanswered. */
  status: number | null;
}

/**
 * denglu's server in memory, with the same addresses and answers: for tests and stories that want no process. It sends
 * no messages, so what is about SMS codes and mails is not there; and it limits nobody's rate.
 */
export interface MemoryServer {
  /** Give it to a device as its `fetch`. What is not a sign-in endpoint answers `{ ok: true }` to a good token. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  readonly calls: readonly ServerCall[];
  readonly users: readonly ServerUser[];
  /** The next request whose path ends so goes wrong. */
  failNext(path: string, fault: ServerFault): void;
  /** No token issued so far is accepted any more. */
  revokeTokens(): void;
  /** Forgets the user of this account, and its tokens. */
  removeUser(openid: string): void;
}

const DAY = 24 * 60 * 60 * 1000;

/** Makes a server without users. */
export function createMemoryServer(options: MemoryServerOptions): MemoryServer {
  const {
    openApi,
    appId,
    appSecret = '',
    baidu,
    clock = systemClock,
    tokenLifetime = 7 * DAY,
    profileUpdates = true,
  } = options;
  const calls: ServerCall[] = [];
  const faults: { path: string; fault: ServerFault }[] = [];
  const store = createStore(clock, tokenLifetime);
  const hosts = [
    appId !== undefined && createWechatHost({ openApi, appId, appSecret, clock }),
    baidu && createBaiduHost({ openApi, ...baidu }),
  ].filter((host) => typeof host === 'object');
  const answer = createAnswers({ store, hosts, clock, profileUpdates });

  const takeFault = (path: string): Partial<Record<string, unknown>> => {
    const index = faults.findIndex((entry) => path.endsWith(entry.path));
    return index < 0 ? {} : (faults.splice(index, 1)[0]?.fault ?? {});
  };

  return {
    calls,
    get users() {
      return store.users;
    },
    async fetch(input, init) {
      const request = input instanceof Request ? input : new Request(input, init);
      const { body, size } = await read(request);
      const call: ServerCall = {
        path: new URL(request.url).pathname,
        at: clock.now(),
        body,
        token: request.headers.get('authorization')?.replace('Bearer ', '') ?? '',
        status: null,
      };
      calls.push(call);
      const { status, code, retryAfter, hang, delay, lost } = takeFault(call.path);
      if (hang) return new Promise(() => {});
      if (typeof delay === 'number') await new Promise<void>((resolve) => clock.setTimeout(resolve, delay));
      const response =
        typeof status === 'number'
          ? Response.json({ code, message: `simulated: ${code}`, retryAfter }, { status })
          : await answer({ request, body, size, token: call.token });
      if (lost) throw new TypeError('the connection was lost');
      call.status = response.status;
      return response;
    },
    failNext(path, fault) {
      faults.push({ path, fault });
    },
    revokeTokens: store.endSessions,
    removeUser: store.removeUser,
  };
}

async function read(request: Request): Promise<{ body: unknown; size: number }> {
  const bytes = await request.arrayBuffer();
  const type = request.headers.get('content-type') ?? '';
  const size = bytes.byteLength;
  try {
    if (!type.startsWith('multipart/form-data')) return { body: JSON.parse(new TextDecoder().decode(bytes)), size };
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    return { body: Object.fromEntries(form), size };
  } catch {
    return { body: undefined, size };
  }
}
