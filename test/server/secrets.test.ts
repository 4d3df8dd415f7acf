import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../server/database/open.js';
import type { Server } from '../../server/index.js';
import { seal } from './support/open-api.js';
import { type Servers, SIGN_IN, serversUnderTest, USER } from './support/server.js';

const at = (path: string) => `/api/auth/denglu/${path}`;

describe('whoever reads every table', () => {
  let servers: Servers;
  let read: string[];
  /** What stands beside passwords, and what was sent to people. */
  let ofSecrets: string[];

  function textsOf(rows: Record<string, unknown>[]): string[] {
    const values = rows.flatMap((row) => Object.values(row).map(String));
    return [...new Set(values.flatMap((value) => [value, ...value.split(' ')]))].filter((text) => text.length > 3);
  }

  beforeAll(async () => {
    servers = await serversUnderTest({ baasClientId: 'client', limits: { perAddress: 100_000, perSecret: 100_000 } });
    const { openApi } = servers;
    const phone = servers.newPhone();
    const code = openApi.codeFor({ openid: 'o-read', unionid: 'u-read' });
    const proof = { phoneCode: openApi.phoneCodeFor(phone) };
    const { token } = (await servers.ask(at('wechat/phone-sign-in'), { body: { code, ...proof } })).json;
    const account = { email: 'read@example.test', password: servers.newPassword() };
    await servers.ask(at('account'), { method: 'PUT', token, body: account });
    await servers.ask(at('email-token'), { token, body: { email: 'other@example.test' } });
    await servers.ask(at('password-reset'), { body: { email: account.email } });
    await servers.ask(at('sms-code'), { body: { phone } });
    await vi.waitFor(() => expect(servers.mails).toHaveLength(3), { timeout: 10_000 });

    const database = await openDatabase(servers.config.databaseUrl);
    const tables = (await database.tables.introspection.getTables()).map(({ name }) => name);
    await database.tables.destroy();
    const rows = new Map<string, Record<string, unknown>[]>();
    for (const table of tables) rows.set(table, await servers.rows(`select * from ${table}`));
    const filled = ['user', 'session', 'account', 'verification', 'dengluIdentity', 'dengluHostToken'];
    expect(filled.filter((table) => !rows.get(table)?.length)).toEqual([]);
    read = textsOf([...rows.values()].flat());
    ofSecrets = textsOf([...(rows.get('account') ?? []), ...(rows.get('verification') ?? [])]);
  });
  afterAll(() => servers.stop());

  it('finds much, and nothing that was given to a person, a client or this server', () => {
    expect(read.length).toBeGreaterThan(30);
    const given = [
      ...servers.openApi.sessionKeys,
      ...servers.openApi.accessTokens,
      ...servers.openApi.codesSeen,
      ...servers.sms.map(({ smsCode }) => smsCode),
      ...servers.mails.flatMap(({ emailToken = 'none', resetToken = 'none' }) => [emailToken, resetToken]),
    ];
    expect(given.length).toBeGreaterThan(6);
    expect(given.filter((secret) => read.some((text) => text.includes(secret)))).toEqual([]);
  });

  it('gets in with none of it as a token, alone or signed with anything else of it', async () => {
    const [sessionToken] = (await servers.rows('select token from session')).map((row) => String(row.token));
    const tokens = [...read, ...read.map((text) => `${sessionToken}.${text}`)];
    for (const token of tokens) {
      const headers = { authorization: `Bearer ${encodeURIComponent(token)}` };
      expect([token, (await servers.ask(USER, { headers })).status]).toEqual([token, 401]);
    }
  });

  it('nor as a code, a password or a token out of a mail', { timeout: 240_000 }, async () => {
    const statuses = new Set<number>();
    const phone = servers.sms[0]?.phone;
    const keep = async (answer: Promise<{ status: number }>) => statuses.add((await answer).status);
    for (const text of read) {
      await keep(servers.ask(SIGN_IN, { body: { code: text } }));
      await keep(servers.ask(at('sms-sign-in'), { body: { phone, smsCode: text } }));
    }
    for (const text of ofSecrets) {
      const password = servers.newPassword();
      await keep(servers.ask(at('password-reset/confirm'), { body: { resetToken: text, password } }));
      await keep(servers.ask(at('password-sign-in'), { body: { email: 'read@example.test', password: text } }));
    }
    expect(ofSecrets.length).toBeGreaterThan(5);
    expect([...statuses]).toEqual([400]);
  });
});

describe('a new secret', () => {
  const [old, fresh] = ['an old secret of the server, long enough', 'a fresh secret of the server, long enough'];
  const before = [{ version: 1, value: old }];
  const after = [{ version: 2, value: fresh }, ...before];
  let servers: Servers;
  const start = (secrets: typeof after) => servers.start({ secret: String(secrets[0]?.value), secrets });

  beforeAll(async () => {
    servers = await serversUnderTest();
  });
  afterAll(() => servers.stop());

  async function enter(server: Server, openid: string) {
    const { code, sessionKey } = servers.openApi.codeWithKey({ openid });
    const { token } = (await servers.signIn({ code }, server)).json;
    return { token, sessionKey };
  }

  async function tellPhone(server: Server, { token, sessionKey }: { token: string; sessionKey: string }) {
    const phone = servers.newPhone().slice(3);
    const watermark = { appid: servers.config.wechat.appId, timestamp: Math.floor(Date.now() / 1000) };
    const body = seal(sessionKey, { phoneNumber: phone, purePhoneNumber: phone, countryCode: '86', watermark });
    return servers.ask(at('wechat/phone'), { token, body }, server);
  }

  it('signs nobody out, and reads the session keys of before', async () => {
    const session = await enter(await start(before), 'o-kept');
    const server = await start(after);
    expect((await servers.ask(USER, { token: session.token }, server)).status).toBe(200);
    expect((await tellPhone(server, session)).status).toBe(200);
  });

  it('encrypts from then on, and each sign-in moves its row to it', async () => {
    const [one, other] = [await start(before), await start(after)];
    const version = async () =>
      String((await servers.rows('select sessionKey from dengluIdentity where openid = ?', 'o-moved'))[0]?.sessionKey);
    await enter(one, 'o-moved');
    expect(await version()).toMatch(/^\$ba\$1\$/);
    await enter(other, 'o-moved');
    expect(await version()).toMatch(/^\$ba\$2\$/);
  });

  it('may be made known everywhere before it is used: servers of both kinds take each other’s tokens and codes', async () => {
    const [one, other] = [await start([...before, { version: 2, value: fresh }]), await start(after)];
    for (const [here, there, openid] of [
      [one, other, 'o-here'],
      [other, one, 'o-there'],
    ] as const) {
      const session = await enter(here, openid);
      expect((await servers.ask(USER, { token: session.token }, there)).status).toBe(200);
      expect((await tellPhone(there, session)).status).toBe(200);
      const phone = servers.newPhone();
      await servers.ask(at('sms-code'), { body: { phone } }, here);
      const smsCode = servers.sms.at(-1)?.smsCode;
      expect((await servers.ask(at('sms-sign-in'), { body: { phone, smsCode } }, there)).status).toBe(200);
    }
  });

  it('without the old one ends its sessions, and its session keys are missing until the next sign-in (W-04)', async () => {
    const session = await enter(await start(before), 'o-ended');
    const server = await start([{ version: 2, value: fresh }]);
    expect((await servers.ask(USER, { token: session.token }, server)).json.code).toBe('TOKEN_REJECTED');
    const { rows } = servers;
    const [{ sessionKey } = {}] = await rows('select sessionKey from dengluIdentity where openid = ?', 'o-ended');
    const next = await enter(server, 'o-ended');
    await rows('update dengluIdentity set sessionKey = ? where openid = ?', String(sessionKey), 'o-ended');
    expect((await tellPhone(server, next)).json.code).toBe('SESSION_KEY_MISSING');
  });
});
