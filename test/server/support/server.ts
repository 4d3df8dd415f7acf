import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { pino } from 'pino';
import { expect } from 'vitest';
import { createServer, type Server, type ServerConfig } from '../../../server/index.js';
import { fakeOpenApi, secretOf } from './open-api.js';

export const SIGN_IN = '/api/auth/denglu/wechat/sign-in';
export const USER = '/api/auth/denglu/user';
export const SIGN_OUT = '/api/auth/denglu/sign-out';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; fails where it is not JSON. */
  json: Body;
}

/** What any of the endpoints may answer. */
export interface Body {
  token: string;
  expiresAt: number;
  user: {
    id: string;
    nickname: string | null;
    avatarUrl: string | null;
    openid: string | null;
    unionid: string | null;
  };
  success: boolean;
  code: string;
  message: string;
  retryAfter: number;
}

export interface Question {
  method?: string;
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

export const APP_ID = 'wx0123456789abcdef';
const SECRET = 'a secret for tests, long enough to sign tokens';

export const wechatApp = (appId: string): ServerConfig['wechat'] => ({
  appId,
  appSecret: secretOf(appId),
  apiUrl: 'https://open-api.invalid',
});

/** A folder for one test file's databases, as a `file:` address of a database in it. */
export function temporaryDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'denglu-server-'));
  return {
    url: pathToFileURL(join(folder, 'auth.db')).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Servers on one new database and one open API. What they say and log is watched for secrets until the end. */
export async function serversUnderTest(overrides: Partial<ServerConfig> = {}) {
  const file = temporaryDatabase();
  const openApi = fakeOpenApi();
  const servers: Server[] = [];
  const said: string[] = [];
  const logged: string[] = [];
  const tokens: string[] = [];
  const codes: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });

  const config: ServerConfig = {
    secret: SECRET,
    wechat: wechatApp(APP_ID),
    host: '127.0.0.1',
    port: 0,
    databaseUrl: file.url,
    allowedOrigins: [],
    trustedProxies: [],
    limits: { perAddress: 100_000, perAccount: 100_000 },
    ...overrides,
  };

  async function start(changes: Partial<ServerConfig> = {}): Promise<Server> {
    const server = await createServer({ ...config, ...changes }, { fetch: openApi.fetch, log });
    servers.push(server);
    return server;
  }

  const first = await start();
  const database = createClient({ url: file.url });

  async function ask(path: string, question: Question = {}, server = first): Promise<Answer> {
    return read(await server.fetch(toRequest(`http://127.0.0.1${path}`, question)));
  }

  async function read(response: Response): Promise<Answer> {
    const { status, headers } = response;
    const text = await response.text();
    said.push(JSON.stringify([...headers]), text);
    return {
      status,
      headers,
      text,
      get json(): Body {
        return JSON.parse(text);
      },
    };
  }

  async function signIn(body: Record<string, unknown>, server = first): Promise<Answer> {
    if (typeof body.code === 'string' && body.code.length > 20) codes.push(body.code);
    const answer = await ask(SIGN_IN, { body }, server);
    if (answer.status === 200) tokens.push(answer.json.token);
    return answer;
  }

  return {
    server: first,
    config,
    openApi,
    start,
    ask,
    read,
    signIn,
    /** The lines of the log, parsed. */
    logged: (): Record<string, unknown>[] => logged.map((line) => JSON.parse(line)),

    async rows(query: string, ...args: (string | number)[]) {
      return (await database.execute({ sql: query, args })).rows;
    },

    async count(table: 'user' | 'session' | 'dengluIdentity'): Promise<number> {
      const { rows } = await database.execute(`select count(*) as n from ${table}`);
      return Number(rows[0]?.n);
    },

    /** Fails if a secret was said or logged. */
    async stop(): Promise<void> {
      for (const server of servers) await server.close();
      const emails = (await database.execute('select email from user')).rows.map(({ email }) => String(email));
      database.close();
      file.remove();
      const neverSaid = [...openApi.sessionKeys, ...emails, 'denglu.invalid', SECRET, 'secret-of-'];
      const neverLogged = [...neverSaid, ...tokens, ...codes];
      expect(neverSaid.filter((secret) => said.some((text) => text.includes(secret)))).toEqual([]);
      expect(neverLogged.filter((secret) => logged.some((text) => text.includes(secret)))).toEqual([]);
    },
  };
}

export type Servers = Awaited<ReturnType<typeof serversUnderTest>>;

/** A request as a client of ours would send it: an object goes as JSON, a text as it is. */
export function toRequest(url: string, { method, body, token, headers = {} }: Question): Request {
  const sent = new Headers(headers);
  if (body !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json');
  if (token !== undefined) sent.set('authorization', `Bearer ${token}`);
  return new Request(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: sent,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}
