import { type Clock, systemClock } from '../ports/clock.js';

export interface MemoryServerOptions {
  /** Where codes are exchanged: `world.fetch`. */
  openApi: (url: string) => Promise<Response>;
  appId: string;
  appSecret: string;
  /** Default: real time. */
  clock?: Clock;
  /** How long a token lives, in milliseconds; default seven days. */
  tokenLifetime?: number;
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
  readonly body: unknown;
  /** The bearer token, as it came. */
  readonly token: string;
  /** `null` while unanswered. */
  status: number | null;
}

/** denglu's server in memory, with the same addresses and answers: for tests and stories that want no process. */
export interface MemoryServer {
  /** Give it to a device as its `fetch`. What is not a sign-in endpoint answers `{ ok: true }` to a good token. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  readonly calls: readonly ServerCall[];
  readonly users: readonly { readonly id: string; readonly openid: string }[];
  /** The next request whose path ends so goes wrong. */
  failNext(path: string, fault: ServerFault): void;
  /** No token issued so far is accepted any more. */
  revokeTokens(): void;
  /** Forgets the user of this account, and its tokens. */
  removeUser(openid: string): void;
}

interface Account {
  id: string;
  nickname: null;
  avatarUrl: null;
  openid: string;
  unionid: string | null;
}

interface SignIn {
  code: string;
  createUser: boolean;
  withUnionId: boolean;
  expectedUserId?: string;
}

const DAY = 24 * 60 * 60 * 1000;

/** What the open API's numbers become (S-01), with the status of the answer. */
const REFUSALS: Readonly<Record<number, readonly [status: number, code: string]>> = {
  [-1]: [503, 'HOST_BUSY'],
  40013: [502, 'HOST_MISCONFIGURED'],
  40125: [502, 'HOST_MISCONFIGURED'],
  40029: [400, 'CODE_INVALID'],
  40163: [400, 'CODE_USED'],
  40226: [403, 'ACCOUNT_BLOCKED'],
  45011: [429, 'RATE_LIMITED'],
};

/** Makes a server without users. */
export function createMemoryServer(options: MemoryServerOptions): MemoryServer {
  const { openApi, appId, appSecret, clock = systemClock, tokenLifetime = 7 * DAY } = options;
  const calls: ServerCall[] = [];
  const faults: { path: string; fault: ServerFault }[] = [];
  let accounts: readonly Account[] = [];
  const sessions = new Map<string, Account>();
  let serial = 0;

  const takeFault = (path: string): Partial<Record<string, unknown>> => {
    const index = faults.findIndex((entry) => path.endsWith(entry.path));
    return index < 0 ? {} : (faults.splice(index, 1)[0]?.fault ?? {});
  };

  async function signIn({ code, createUser, withUnionId, expectedUserId }: SignIn): Promise<Response> {
    const query = new URLSearchParams({
      appid: appId,
      secret: appSecret,
      js_code: code,
      grant_type: 'authorization_code',
    });
    const answer = await readJson(await openApi(`https://open-api.invalid/sns/jscode2session?${query}`));
    const openid = answer.openid;
    if (typeof openid !== 'string') {
      const [status, reason] = REFUSALS[Number(answer.errcode)] ?? [502, 'HOST_UNAVAILABLE'];
      return refuse(status, reason);
    }
    const unionid = typeof answer.unionid === 'string' ? answer.unionid : null;
    if (withUnionId && !unionid) return refuse(422, 'UNIONID_MISSING');
    const known =
      accounts.find((account) => account.openid === openid) ??
      accounts.find((account) => withUnionId && account.unionid === unionid);
    if (known && expectedUserId !== undefined && known.id !== expectedUserId) return refuse(409, 'ACCOUNT_CHANGED');
    if (!known && (expectedUserId !== undefined || !createUser)) return refuse(404, 'ACCOUNT_NOT_FOUND');
    serial += 1;
    const user = known ?? { id: `user-${serial}`, nickname: null, avatarUrl: null, openid, unionid };
    if (!known) accounts = [...accounts, user];
    const token = `token-${serial}`;
    sessions.set(token, user);
    return Response.json({ token, expiresAt: clock.now() + tokenLifetime, user });
  }

  async function answer({ path, body, token }: ServerCall): Promise<Response> {
    if (path.endsWith('/denglu/wechat/sign-in')) return signIn(body as SignIn);
    const user = sessions.get(token);
    if (!user) return refuse(401, 'TOKEN_REJECTED');
    if (path.endsWith('/denglu/user')) return Response.json({ user });
    if (path.endsWith('/denglu/sign-out')) sessions.delete(token);
    return Response.json({ ok: true });
  }

  return {
    calls,
    get users() {
      return accounts;
    },
    async fetch(input, init) {
      const request = input instanceof Request ? input : new Request(input, init);
      const text = await request.text();
      const call: ServerCall = {
        path: new URL(request.url).pathname,
        at: clock.now(),
        body: text ? JSON.parse(text) : undefined,
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
          : await answer(call);
      if (lost) throw new TypeError('the connection was lost');
      call.status = response.status;
      return response;
    },
    failNext(path, fault) {
      faults.push({ path, fault });
    },
    revokeTokens: () => sessions.clear(),
    removeUser(openid) {
      accounts = accounts.filter((account) => account.openid !== openid);
      for (const [token, user] of sessions) if (user.openid === openid) sessions.delete(token);
    },
  };
}

function refuse(status: number, code: string): Response {
  return Response.json({ code, message: code }, { status });
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    return await response.json();
  } catch {
    return {};
  }
}
