import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Tables } from '../../server/database/open.js';
import { type Servers, SIGN_OUT, serversUnderTest, USER } from './support/server.js';

let servers: Servers;
let nobody = 0;

beforeAll(async () => {
  servers = await serversUnderTest();
});
afterAll(() => servers.stop());

async function newToken(): Promise<string> {
  nobody += 1;
  return (await servers.signIn({ code: servers.openApi.codeFor({ openid: `o-${nobody}` }) })).json.token;
}

const inTable = (token: string) => token.slice(0, token.lastIndexOf('.'));

const signed = (text: string, secret: string) =>
  `${text}.${createHmac('sha256', secret).update(text).digest('base64')}`;

const who = (token: string) => servers.ask(USER, { token });

async function expectRejected(token: string) {
  const answer = await who(token);
  expect(answer.status).toBe(401);
  expect(answer.json).toEqual({ code: 'TOKEN_REJECTED', message: expect.any(String), baasCode: 401 });
  expect((await servers.ask(SIGN_OUT, { method: 'POST', token })).status).toBe(401);
}

describe('a token', () => {
  it('tells who is signed in, however the scheme is written', async () => {
    const token = await newToken();
    expect((await who(token)).status).toBe(200);
    expect((await servers.ask(USER, { headers: { authorization: `bearer ${token}` } })).status).toBe(200);
  });

  it('is rejected once its session has ended', async () => {
    const token = await newToken();
    const past = new Date(Date.now() - 1000);
    await servers.rows('update session set expiresAt = ? where token = ?', past, inTable(token));
    await expectRejected(token);
  });

  it('is rejected once its session was taken from the table', async () => {
    const token = await newToken();
    await servers.rows('delete from session where token = ?', inTable(token));
    await expectRejected(token);
  });

  it('is rejected once its user is gone, and the identity goes with the user', async () => {
    const token = await newToken();
    const { user } = (await who(token)).json;
    await servers.rows('delete from user where id = ?', user.id);
    await expectRejected(token);
    expect(await servers.rows('select * from dengluIdentity where userId = ?', user.id)).toEqual([]);
  });

  it('is of somebody: the database refuses a session of a user who is not there', async () => {
    const text = inTable(await newToken());
    const database = await openDatabase(servers.config.databaseUrl);
    const give = (to: Tables) =>
      sql`update session set ${sql.ref('userId')} = 'nobody' where token = ${text}`.execute(to);
    await expect(give(database.tables)).rejects.toThrow(/foreign key/i);
    await expect(database.tables.transaction().execute(give)).rejects.toThrow(/foreign key/i);
    await database.tables.destroy();
  });

  it('is not what stands in the table: whoever reads that gets in nowhere', async () => {
    await expectRejected(inTable(await newToken()));
  });

  it('signed with another secret is rejected', async () => {
    const text = inTable(await newToken());
    await expectRejected(signed(text, 'another secret, as long as the one of the server'));
  });

  it('signed rightly for a session that never was is rejected', async () => {
    await expectRejected(signed('no-such-session', servers.config.secret));
  });

  it.each([
    ['nothing', ''],
    ['no signature', 'abc.'],
    ['no text', '.abc'],
    ['only a dot', '.'],
    ['too many dots', 'a.b.c.d'],
    ['broken escapes', '%E0%A4%A.%ZZ'],
    ['no base64', 'abc.!!!!'],
    ['a cookie within', 'abc; better-auth.session_token=abc'],
    ['a kilobyte', 'x'.repeat(1024)],
  ])('that is forged is rejected: %s', (_, token) => expectRejected(token));

  it('changed in one letter is rejected', async () => {
    const token = await newToken();
    await expectRejected(token.startsWith('a') ? `b${token.slice(1)}` : `a${token.slice(1)}`);
    await expectRejected(`${token.slice(0, -2)}${token.at(-2) === 'A' ? 'E' : 'A'}=`);
  });

  it('is wanted: without one, and with another scheme, nobody is signed in', async () => {
    const token = await newToken();
    expect(await servers.ask(USER)).toMatchObject({ status: 401, json: { code: 'NOT_SIGNED_IN', baasCode: 604 } });
    expect((await servers.ask(USER, { headers: { authorization: `Basic ${token}` } })).status).toBe(401);
    expect((await servers.ask(USER, { headers: { authorization: token } })).status).toBe(401);
  });

  it('is not taken from a cookie, and none is ever set', async () => {
    const token = encodeURIComponent(await newToken());
    const answer = await servers.ask(USER, { headers: { cookie: `better-auth.session_token=${token}` } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('never reaches a cache', async () => {
    expect((await who(await newToken())).headers.get('cache-control')).toBe('no-store');
    expect((await who('')).headers.get('cache-control')).toBe('no-store');
  });
});

describe('a session that has ended', () => {
  it('is swept out when its user signs in again, and no other one is', async () => {
    const enter = async (openid: string) => {
      const { json } = await servers.signIn({ code: servers.openApi.codeFor({ openid }) });
      return inTable(json.token);
    };
    const end = (token: string, ends: number) =>
      servers.rows('update session set expiresAt = ? where token = ?', new Date(ends), token);
    const ended = [await enter('o-swept'), await enter('o-swept')];
    const [live, another] = [await enter('o-swept'), await enter('o-unswept')];
    for (const token of [...ended, another]) await end(token, Date.now());
    await end(live, Date.now() + 60_000);
    const fresh = await enter('o-swept');
    const left = (await servers.rows('select token from session')).map(({ token }) => String(token));
    expect([...ended, live, another, fresh].filter((token) => left.includes(token))).toEqual([live, another, fresh]);
  });
});

describe('signing out', () => {
  it('ends this session and no other of the same user', async () => {
    const enter = async () => (await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-two' }) })).json.token;
    const [one, other] = [await enter(), await enter()];
    const answer = await servers.ask(SIGN_OUT, { method: 'POST', token: one });
    expect([answer.status, answer.json]).toEqual([200, { success: true }]);
    await expectRejected(one);
    expect((await who(other)).status).toBe(200);
  });

  it.each([
    ['JSON', '{}', 'application/json'],
    ['broken JSON', '{', 'application/json'],
    ['a form', 'a=b', 'application/x-www-form-urlencoded'],
  ])('does not mind a body: %s', async (_, body, type) => {
    const token = await newToken();
    const answer = await servers.ask(SIGN_OUT, { body, token, headers: { 'content-type': type } });
    expect(answer.status).toBe(200);
  });

  it('is not done by asking with GET', async () => {
    const token = await newToken();
    expect((await servers.ask(SIGN_OUT, { token })).json.code).toBe('NOT_FOUND');
    expect((await who(token)).status).toBe(200);
  });
});
