import { randomInt, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { expect } from 'vitest';
import { openDatabase } from '../../../server/database/open.js';
import { createServer, type Sender, type Server, type ServerConfig, type Surroundings } from '../../../server/index.js';
import { newDatabase, rowsOf, type Value } from './database.js';
import { APP_ID, fakeOpenApi, secretOf } from './open-api.js';

export { newDatabase, temporaryDatabase } from './database.js';
export { APP_ID } from './open-api.js';

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
    username: string | null;
    email: string | null;
    emailVerified: boolean;
    phone: string | null;
    phoneVerified: boolean;
  };
  success: boolean;
  avatarUrl: string;
  status: string;
  code: string;
  message: string;
  baasCode: number;
  retryAfter: number;
}

export interface Question {
  method?: string;
  /** An object goes as JSON, a form as one, a text as it is. */
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

const SECRET = 'a secret for tests, long enough to sign tokens';

export const wechatApp = (appId: string): NonNullable<ServerConfig['wechat']> => ({
  appId,
  appSecret: secretOf(appId),
  apiUrl: 'https://open-api.invalid',
});

/** Servers on one new database and one open API. What they say and log is watched for secrets until the end. */
export async function serversUnderTest(overrides: Partial<ServerConfig> = {}) {
  const file = await newDatabase();
  const openApi = fakeOpenApi();
  const servers: Server[] = [];
  const said: string[] = [];
  const logged: string[] = [];
  const tokens: string[] = [];
  const codes: string[] = [];
  const numbers: string[] = [];
  const passwords: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });

  /** What was sent, the last one last. */
  const sms: { phone: string; smsCode: string }[] = [];
  const mails: { email: string; emailToken?: string; resetToken?: string }[] = [];
  const sender: Sender = {
    sendSmsCode: async (phone, smsCode) => void sms.push({ phone, smsCode }),
    sendEmailVerification: async (email, emailToken) => void mails.push({ email, emailToken }),
    sendPasswordReset: async (email, resetToken) => void mails.push({ email, resetToken }),
  };

  const { wechat = wechatApp(APP_ID), ...others } = overrides;
  const config = {
    secret: SECRET,
    wechat,
    host: '127.0.0.1',
    port: 0,
    databaseUrl: file.url,
    dataFolder: file.folder,
    messages: 'off',
    allowedOrigins: [],
    trustedProxies: [],
    limits: { perAddress: 100_000, perAccount: 100_000 },
    profileUpdates: true,
    ...others,
  } satisfies ServerConfig;

  async function start(changes: Partial<ServerConfig> = {}, surroundings: Surroundings = {}): Promise<Server> {
    const server = await createServer(
      { ...config, ...changes },
      { fetch: openApi.fetch, log, sender, ...surroundings },
    );
    servers.push(server);
    return server;
  }

  const first = await start();
  const database = await openDatabase(file.url);

  async function ask(path: string, question: Question = {}, server = first): Promise<Answer> {
    const answer = await read(await server.fetch(toRequest(`http://127.0.0.1${path}`, question)));
    remember(question.body, answer);
    return answer;
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
    const answer = await ask(SIGN_IN, { body }, server);
    return answer;
  }

  /** Keeps what was sent to sign in, and what came of it, to look for it in the log. */
  function remember(body: unknown, { status, text }: Answer): void {
    for (const name of [
      'code',
      'phoneCode',
      'encryptedData',
      'resetToken',
      'emailToken',
      'password',
      'currentPassword',
    ]) {
      const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
      if (typeof value === 'string' && value.length > 8) codes.push(value);
    }
    const [, token] = (status < 300 && /"token":"([^"]+)"/.exec(text)) || [];
    if (token) tokens.push(token);
  }

  return {
    server: first,
    config,
    openApi,
    log,
    sms,
    mails,
    start,
    ask,
    read,
    signIn,

    /** A number that nobody has, as E.164. */
    newPhone(): string {
      const phone = `+861${randomInt(3_000_000_000, 9_999_999_999)}`;
      numbers.push(phone.slice(3));
      return phone;
    },

    /** A password that nobody has. */
    newPassword(): string {
      const password = `secret ${randomUUID()}`;
      passwords.push(password);
      return password;
    },

    /** The lines of the log, parsed. */
    logged: (): Record<string, unknown>[] => logged.map((line) => JSON.parse(line)),

    /** The rows that a statement answers, as {@link rowsOf} has them written. */
    rows: (statement: string, ...values: Value[]) => rowsOf(database, statement, values),

    async count(table: 'user' | 'session' | 'dengluIdentity'): Promise<number> {
      const [row] = await rowsOf(database, `select count(*) as n from ${table}`);
      return Number(row?.n);
    },

    /** Fails if a secret was said or logged. */
    async stop(): Promise<void> {
      for (const server of servers) await server.close();
      const emails = (await rowsOf(database, 'select email from user')).map(({ email }) => String(email));
      await database.tables.destroy();
      await file.remove();
      const neverSaid = [...openApi.sessionKeys, ...openApi.accessTokens, ...passwords];
      neverSaid.push('denglu.invalid', SECRET, 'secret-of-');
      const neverLogged = [...neverSaid, ...emails, ...numbers, ...tokens, ...codes];
      expect(neverSaid.filter((secret) => said.some((text) => text.includes(secret)))).toEqual([]);
      expect(neverLogged.filter((secret) => logged.some((text) => text.includes(secret)))).toEqual([]);
    },
  };
}

export type Servers = Awaited<ReturnType<typeof serversUnderTest>>;

/** A request as a client of ours would send it. */
export function toRequest(url: string, { method, body, token, headers = {} }: Question): Request {
  const sent = new Headers(headers);
  const isForm = body instanceof FormData;
  if (body !== undefined && !isForm && !sent.has('content-type')) sent.set('content-type', 'application/json');
  if (token !== undefined) sent.set('authorization', `Bearer ${token}`);
  return new Request(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: sent,
    ...(body !== undefined && { body: typeof body === 'string' || isForm ? body : JSON.stringify(body) }),
  });
}
