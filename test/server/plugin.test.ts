import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { symmetricDecrypt } from 'better-auth/crypto';
import { bearer } from 'better-auth/plugins/bearer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialectOf } from '../../server/database/open.js';
import { denglu } from '../../server/index.js';
import { BASE_URL, mountedDenglu, optionsWithDenglu, SECRET } from './support/mounted.js';
import { fakeOpenApi } from './support/open-api.js';
import { APP_ID, type Body, newDatabase, type Question, toRequest, USER } from './support/server.js';

const file = await newDatabase();
const openApi = fakeOpenApi();
const dialect = () => dialectOf(file.url);

afterAll(file.remove);

describe('mounted in somebody else’s better-auth', () => {
  let mounted: Awaited<ReturnType<typeof mountedDenglu>>;
  let token: string;
  let email: string;
  const said: string[] = [];

  async function ask(path: string, question: Question = {}) {
    const response = await mounted.ask(path, question);
    const text = await response.text();
    said.push(text, JSON.stringify([...response.headers]));
    const { status, headers } = response;
    return { status, text, cookies: headers.getSetCookie().map((cookie) => String(cookie.split(';')[0])) };
  }

  beforeAll(async () => {
    mounted = await mountedDenglu(dialect(), openApi, {
      emailAndPassword: { enabled: true },
      session: { cookieCache: { enabled: true } },
    });
    ({ token } = await (await mounted.signIn({ openid: 'o-here' })).json());
    const [user] = await mounted.rows('user');
    email = String(user?.email);
  });
  afterAll(() => mounted.close());

  it('its tokens tell better-auth’s own endpoints who is signed in', async () => {
    const { status, text } = await ask('/api/auth/get-session', { token });
    expect([status, JSON.parse(text).session.token]).toEqual([200, token.slice(0, token.lastIndexOf('.'))]);
  });

  it('what stands in the session table is no token there either', async () => {
    const { text } = await ask('/api/auth/get-session', { token: token.slice(0, token.lastIndexOf('.')) });
    expect(text).toBe('null');
  });

  it('the reserved address of a user is shown by none of them', async () => {
    expect(email).toMatch(/^[\w-]+@denglu\.invalid$/);
    const { text, cookies } = await ask('/api/auth/get-session', { token });
    expect(JSON.parse(text).user.email).toBe('');
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      const value = decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1));
      expect(Buffer.from(value, 'base64').toString()).not.toContain('denglu.invalid');
    }
    await ask('/api/auth/list-sessions', { token });
    await ask('/api/auth/list-accounts', { token });
    await ask('/api/auth/update-user', { token, body: { name: '小明' } });
    await ask('/api/auth/get-session', { token });
    expect(said.filter((text) => text.includes('denglu.invalid'))).toEqual([]);
  });

  it.each([
    ['/api/auth/sign-up/email', (address: string) => ({ email: address, password: 'a long password', name: 'A' })],
    ['/api/auth/sign-in/email', (address: string) => ({ email: address, password: 'a long password' })],
    ['/api/auth/request-password-reset', (address: string) => ({ email: address })],
    ['/api/auth/change-email', (address: string) => ({ newEmail: address })],
  ])('the reserved address matches nobody: %s', async (path, body) => {
    for (const address of [email, email.toUpperCase(), 'new@denglu.invalid']) {
      const { status, text } = await ask(path, { token, body: body(address) });
      expect([status, JSON.parse(text).code]).toEqual([400, 'INVALID_REQUEST']);
    }
  });

  it('users with an address of their own are as they were', async () => {
    const person = { email: 'a@example.test', password: 'a long password', name: 'A' };
    const { status, text } = await ask('/api/auth/sign-up/email', { body: person });
    expect([status, JSON.parse(text).user.email]).toEqual([200, person.email]);
    const entered = await ask('/api/auth/sign-in/email', { body: person });
    expect([entered.status, JSON.parse(entered.text).user.email]).toEqual([200, person.email]);
  });

  it('none of them writes a name or a number that is denglu’s to check', async () => {
    const columns = [{ username: 'admin' }, { phoneNumber: '+8613800138000' }, { phoneNumberVerified: true }];
    for (const [index, column] of columns.entries()) {
      const person = { email: `b${index}@example.test`, password: 'a long password', name: 'B' };
      await ask('/api/auth/update-user', { token, body: { name: '小明', ...column } });
      await ask('/api/auth/sign-up/email', { body: { ...person, ...column } });
    }
    for (const user of await mounted.rows('user')) {
      expect(user).toMatchObject({ username: null, phoneNumber: null, phoneNumberVerified: null });
    }
  });

  it('the session key is in the identity’s row, encrypted, and nowhere else (S-06)', async () => {
    const [identity] = await mounted.rows('dengluIdentity');
    expect(await symmetricDecrypt({ key: SECRET, data: String(identity?.sessionKey) })).toBe(openApi.sessionKeys[0]);
    const tables = [
      'user',
      'session',
      'account',
      'verification',
      'dengluIdentity',
      'dengluRateWindow',
      'dengluSpentCode',
    ];
    const everything = JSON.stringify(await Promise.all(tables.map(mounted.rows)));
    for (const key of openApi.sessionKeys) expect(everything + said.join()).not.toContain(key);
  });

  it('each sign-in replaces the session key (W-04)', async () => {
    await mounted.signIn({ openid: 'o-here' });
    const rows = await mounted.rows('dengluIdentity');
    expect(rows).toHaveLength(1);
    expect(await symmetricDecrypt({ key: SECRET, data: String(rows[0]?.sessionKey) })).toBe(openApi.sessionKeys.at(-1));
  });
});

it('hooks of the app hear of a new user, and not the reserved address', async () => {
  const other = await newDatabase();
  const heard: unknown[] = [];
  const hear = async ({ id, email }: { id: string; email: string }) => void heard.push({ id, email });
  const mounted = await mountedDenglu(dialectOf(other.url), openApi, {
    databaseHooks: { user: { create: { after: hear }, update: { after: hear } } },
  });
  const body = { code: openApi.codeFor({ openid: 'o-heard' }), phoneCode: openApi.phoneCodeFor('+8613800000009') };
  const { user } = await (await mounted.ask('/api/auth/denglu/wechat/phone-sign-in', { body })).json();
  expect(heard).toEqual([
    { id: user.id, email: '' },
    { id: user.id, email: '' },
  ]);
  await mounted.close();
  await other.remove();
});

it('signs in where sessions are kept beside the database, which then has no table of them', async () => {
  const other = await newDatabase();
  const kept = new Map<string, string>();
  const mounted = await mountedDenglu(dialectOf(other.url), openApi, {
    secondaryStorage: {
      get: (key) => kept.get(key),
      set: (key, value) => void kept.set(key, value),
      delete: (key) => void kept.delete(key),
      getAndDelete: () => expect.unreachable(),
      increment: () => expect.unreachable(),
    },
  });
  const { token, user } = await (await mounted.signIn({ openid: 'o-beside' })).json();
  await expect(mounted.rows('session')).rejects.toThrow(/no such table|(does not|doesn't) exist/);
  expect(await (await mounted.ask(USER, { token })).json()).toEqual({ user });
  await mounted.close();
  await other.remove();
});

describe('refuses to start', () => {
  const starting = (more: Partial<BetterAuthOptions>) =>
    betterAuth(optionsWithDenglu(dialect(), openApi, more)).$context;

  it('beside a bearer plugin that takes unsigned tokens', async () => {
    await expect(starting({ plugins: [bearer()] })).rejects.toThrow('requireSignature');
    await expect(starting({ plugins: [bearer({ requireSignature: true })] })).resolves.toBeDefined();
  });

  it('on a database adapter without transactions', async () => {
    const { database } = optionsWithDenglu(dialect(), openApi);
    await expect(starting({ database: { ...database, transaction: false } })).rejects.toThrow('transactions');
  });
});

it('counts the requests of an address, and of no other', async () => {
  const mounted = await mountedDenglu(dialect(), openApi);
  const options = optionsWithDenglu(dialect(), openApi);
  const wechat = { appId: APP_ID, appSecret: 'unused', fetch: openApi.fetch };
  const { handler } = betterAuth({ ...options, plugins: [denglu({ wechat, limits: { perAddress: 2 } })] });
  const ask = async (address: string, path = USER) => {
    const headers = { 'x-forwarded-for': address };
    return handler(toRequest(`${BASE_URL}${path}`, { headers }));
  };
  const statuses = [];
  for (let asked = 0; asked < 3; asked += 1) statuses.push((await ask('203.0.113.7')).status);
  expect(statuses).toEqual([401, 401, 429]);
  const refused = await ask('203.0.113.7');
  const body: Body = await refused.json();
  expect([body.code, refused.headers.get('retry-after')]).toEqual(['RATE_LIMITED', String(body.retryAfter)]);
  expect((await ask('203.0.113.8')).status).toBe(401);
  expect((await ask('203.0.113.7', '/api/auth/get-session')).status).toBe(200);
  await options.database.db.destroy();
  await mounted.close();
});
