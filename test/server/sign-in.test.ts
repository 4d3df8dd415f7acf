import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../server/index.js';
import { type Servers, serversUnderTest, USER, wechatApp } from './support/server.js';

let servers: Servers;
let otherApp: Server;

beforeAll(async () => {
  servers = await serversUnderTest();
  otherApp = await servers.start({ wechat: wechatApp('wxfedcba9876543210') });
});
afterAll(() => servers.stop());

/** Somebody new, with one openid per app and one unionid. */
const somebody = () => ({ openid: `o-${randomUUID()}`, unionid: `u-${randomUUID()}` });

async function enter(account: { openid: string; unionid?: string }, options: object = {}, server = servers.server) {
  const { status, json } = await servers.signIn({ code: servers.openApi.codeFor(account), ...options }, server);
  return { status, code: json.code, user: json.user, token: json.token, expiresAt: json.expiresAt };
}

const identitiesOf = (userId: string) => servers.rows('select * from dengluIdentity where userId = ?', userId);

describe('a sign-in', () => {
  it('answers a token, when it ends, and who it belongs to', async () => {
    const { openid, unionid } = somebody();
    const before = Date.now();
    const { status, json } = await servers.signIn({ code: servers.openApi.codeFor({ openid, unionid }) });
    expect(status).toBe(200);
    expect(Object.keys(json).sort()).toEqual(['expiresAt', 'token', 'user']);
    const nobodyYet = { nickname: null, avatarUrl: null, username: null, email: null, phone: null };
    const nothingTold = { gender: null, country: null, province: null, city: null, language: null };
    const nothingProved = { emailVerified: false, phoneVerified: false };
    expect(json.user).toEqual({
      id: expect.any(String),
      baasId: expect.any(Number),
      openid,
      unionid,
      isAnonymous: false,
      createdAt: expect.any(Number),
      ...nobodyYet,
      ...nothingTold,
      ...nothingProved,
    });
    expect(json.expiresAt).toBeGreaterThan(before + 24 * 3600 * 1000);
    expect((await servers.ask(USER, { token: json.token })).json).toEqual({ user: json.user });
  });

  it('finds the same user again, and opens another session', async () => {
    const account = somebody();
    const first = await enter(account);
    const second = await enter(account);
    expect(second.user).toEqual(first.user);
    expect(second.token).not.toBe(first.token);
  });

  it('shows the name and picture that the user has by now', async () => {
    const { user, token } = await enter(somebody());
    await servers.rows(`update user set name = '小明', image = 'https://a.invalid/1.png' where id = ?`, user.id);
    const { json } = await servers.ask(USER, { token });
    expect(json.user).toMatchObject({ nickname: '小明', avatarUrl: 'https://a.invalid/1.png' });
  });

  it('is not disturbed by a token that has ended long ago', async () => {
    const { status } = await servers.ask('/api/auth/denglu/wechat/sign-in', {
      body: { code: servers.openApi.codeFor(somebody()) },
      token: 'gone.gone',
    });
    expect(status).toBe(200);
  });
});

describe('an openid', () => {
  it('is of one app: in another, the same one is somebody else', async () => {
    const { openid } = somebody();
    const { user: here } = await enter({ openid });
    expect((await enter({ openid }, { createUser: false }, otherApp)).code).toBe('ACCOUNT_NOT_FOUND');
    const { user: there } = await enter({ openid }, {}, otherApp);
    expect(there.id).not.toBe(here.id);
    expect((await enter({ openid })).user.id).toBe(here.id);
    expect((await enter({ openid }, {}, otherApp)).user.id).toBe(there.id);
  });

  it('is of one host: on another, the same one is somebody else', async () => {
    const { openid } = somebody();
    await enter({ openid });
    await servers.rows(`update dengluIdentity set host = 'another' where openid = ?`, openid);
    expect((await enter({ openid }, { createUser: false })).code).toBe('ACCOUNT_NOT_FOUND');
  });

  it('is shown as it is in the app that is asked', async () => {
    const account = somebody();
    await enter(account, { withUnionId: true });
    const there = { openid: `o-${randomUUID()}`, unionid: account.unionid };
    const { token } = await enter(there, { withUnionId: true }, otherApp);
    expect((await servers.ask(USER, { token }, otherApp)).json.user.openid).toBe(there.openid);
    expect((await servers.ask(USER, { token })).json.user.openid).toBe(account.openid);
  });
});

describe('createUser', () => {
  it('false does not make a user: ACCOUNT_NOT_FOUND, and nothing is written (G-18)', async () => {
    const account = somebody();
    const before = await servers.count('user');
    expect(await enter(account, { createUser: false })).toMatchObject({ status: 404, code: 'ACCOUNT_NOT_FOUND' });
    expect(await servers.count('user')).toBe(before);
    expect(await servers.rows('select * from dengluIdentity where openid = ?', account.openid)).toEqual([]);
  });

  it('false signs in whoever is there', async () => {
    const account = somebody();
    const { user } = await enter(account, { createUser: true });
    expect(await enter(account, { createUser: false })).toMatchObject({ status: 200, user });
  });
});

describe('the unionid', () => {
  it('is stored where it is told, though nobody asked for it', async () => {
    const account = somebody();
    const { user } = await enter(account, { withUnionId: false });
    expect(user.unionid).toBe(account.unionid);
    expect(await identitiesOf(user.id)).toMatchObject([account]);
  });

  it('is bound to an identity that had none', async () => {
    const { openid, unionid } = somebody();
    const { user } = await enter({ openid });
    expect(user.unionid).toBeNull();
    expect((await enter({ openid, unionid }, { withUnionId: true })).user).toEqual({ ...user, unionid });
  });

  it('finds the same person in another app, who then has an identity in each', async () => {
    const account = somebody();
    const { user } = await enter(account, { withUnionId: true });
    const there = { openid: `o-${randomUUID()}`, unionid: account.unionid };
    const again = await enter(there, { withUnionId: true, createUser: false }, otherApp);
    expect(again).toMatchObject({ status: 200, user: { id: user.id, openid: there.openid } });
    expect(await identitiesOf(user.id)).toHaveLength(2);
  });

  it('is of one host: on another, the same one matches nobody', async () => {
    const account = somebody();
    const { user } = await enter(account);
    await servers.rows(`update dengluIdentity set host = 'another' where openid = ?`, account.openid);
    const other = { ...account, openid: `o-${randomUUID()}` };
    expect((await enter(other, { withUnionId: true, createUser: false })).code).toBe('ACCOUNT_NOT_FOUND');
    expect((await enter(other, { withUnionId: true })).user.id).not.toBe(user.id);
  });

  it('matches nobody where it is not asked for', async () => {
    const account = somebody();
    const { user } = await enter(account);
    const there = { openid: `o-${randomUUID()}`, unionid: account.unionid };
    expect((await enter(there, { createUser: false }, otherApp)).code).toBe('ACCOUNT_NOT_FOUND');
    expect((await enter(there, {}, otherApp)).user.id).not.toBe(user.id);
  });

  it('that the host does not tell is UNIONID_MISSING, and nothing is written', async () => {
    const { openid } = somebody();
    const before = await servers.count('user');
    expect(await enter({ openid }, { withUnionId: true })).toMatchObject({ status: 422, code: 'UNIONID_MISSING' });
    expect(await enter({ openid, unionid: '' }, { withUnionId: true })).toMatchObject({ code: 'UNIONID_MISSING' });
    expect(await servers.count('user')).toBe(before);
  });

  it.each([true, false])(
    'that differs from the stored one is ACCOUNT_CONFLICT, with withUnionId %s, and the stored one stays',
    async (withUnionId) => {
      const { openid, unionid } = somebody();
      const { user } = await enter({ openid, unionid });
      const before = await servers.count('session');
      const other = { openid, unionid: `u-${randomUUID()}` };
      expect(await enter(other, { withUnionId })).toMatchObject({ status: 409, code: 'ACCOUNT_CONFLICT' });
      expect(await identitiesOf(user.id)).toMatchObject([{ unionid }]);
      expect(await servers.count('session')).toBe(before);
    },
  );

  it('that the host leaves out this time is no conflict, and the stored one stays', async () => {
    const { openid, unionid } = somebody();
    const { user } = await enter({ openid, unionid });
    expect(await enter({ openid })).toMatchObject({ status: 200, user });
  });

  it('and an openid that belong to two users are ACCOUNT_CONFLICT', async () => {
    const account = somebody();
    const { user: here } = await enter(account);
    const there = { openid: `o-${randomUUID()}` };
    const { user: elsewhere } = await enter(there, {}, otherApp);
    const both = { ...there, unionid: account.unionid };
    expect((await enter(both, { withUnionId: true }, otherApp)).code).toBe('ACCOUNT_CONFLICT');
    expect((await enter(account)).user.id).toBe(here.id);
    expect((await enter(there, {}, otherApp)).user).toMatchObject({ id: elsewhere.id, unionid: null });
  });
});

describe('a renewal for an expected user (G-06)', () => {
  it('signs in that user', async () => {
    const account = somebody();
    const { user } = await enter(account);
    expect(await enter(account, { expectedUserId: user.id })).toMatchObject({ status: 200, user });
  });

  it('is ACCOUNT_CHANGED where the code belongs to somebody else, and opens no session', async () => {
    const { user } = await enter(somebody());
    const account = somebody();
    await enter(account);
    const before = await servers.count('session');
    expect(await enter(account, { expectedUserId: user.id })).toMatchObject({ status: 409, code: 'ACCOUNT_CHANGED' });
    expect(await servers.count('session')).toBe(before);
  });

  it.each([true, false])('makes nobody where the code belongs to nobody, with createUser %s', async (createUser) => {
    const { user } = await enter(somebody());
    const before = await servers.count('user');
    const renewal = await enter(somebody(), { expectedUserId: user.id, createUser });
    expect(renewal).toMatchObject({ status: 404, code: 'ACCOUNT_NOT_FOUND' });
    expect(await servers.count('user')).toBe(before);
  });

  it('does not tie a new identity to somebody else found by unionid', async () => {
    const { user } = await enter(somebody());
    const person = somebody();
    const { user: owner } = await enter(person);
    const there = { openid: `o-${randomUUID()}`, unionid: person.unionid };
    const renewal = await enter(there, { withUnionId: true, expectedUserId: user.id }, otherApp);
    expect(renewal.code).toBe('ACCOUNT_CHANGED');
    expect(await identitiesOf(owner.id)).toHaveLength(1);
  });
});
