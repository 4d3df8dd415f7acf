import { randomUUID } from 'node:crypto';
import { symmetricDecrypt } from 'better-auth/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phoneInfo, seal, watermarkNow } from './support/open-api.js';
import { type Servers, serversUnderTest, USER } from './support/server.js';

const PHONE_SIGN_IN = '/api/auth/denglu/wechat/phone-sign-in';
const PHONE = '/api/auth/denglu/wechat/phone';

let servers: Servers;

beforeAll(async () => {
  servers = await serversUnderTest();
});
afterAll(() => servers.stop());

const somebody = () => ({ openid: `o-${randomUUID()}`, unionid: `u-${randomUUID()}` });

type Account = { openid: string; unionid?: string };

async function told(asked: ReturnType<Servers['ask']>) {
  const { status, json } = await asked;
  return { status, code: json.code, user: json.user, token: json.token };
}

/** As base libraries from 2.21.2 on do it (W-13). */
const byCode = (account: Account, phone: string, options: object = {}) =>
  told(
    servers.ask(PHONE_SIGN_IN, {
      body: { code: servers.openApi.codeFor(account), phoneCode: servers.openApi.phoneCodeFor(phone), ...options },
    }),
  );

/** As those before do it. */
function byData(account: Account, phone: string, options: object = {}) {
  const { code, sessionKey } = servers.openApi.codeWithKey(account);
  return told(servers.ask(PHONE_SIGN_IN, { body: { code, ...seal(sessionKey, phoneInfo(phone)), ...options } }));
}

const enter = (account: Account) => told(servers.signIn({ code: servers.openApi.codeFor(account) }));

const setPhone = (token: string, phone: string, options: object = {}) =>
  told(servers.ask(PHONE, { token, body: { phoneCode: servers.openApi.phoneCodeFor(phone), ...options } }));

const now = async (token: string) => (await servers.ask(USER, { token })).json.user;

/** Writes a number down for a user, without proof. */
const writeDown = (userId: string, phone: string) =>
  servers.rows('update user set phoneNumber = ?, phoneNumberVerified = ? where id = ?', phone, false, userId);

const everything = async () =>
  JSON.stringify(
    await Promise.all(['user', 'session', 'dengluIdentity'].map((t) => servers.rows(`select * from ${t}`))),
  );

describe.each([
  ['by code (S-03)', byCode],
  ['by encrypted data (S-04)', byData],
])('a phone sign-in %s', (_, signIn) => {
  it('makes a user with a verified number', async () => {
    const [account, phone] = [somebody(), servers.newPhone()];
    const { status, user, token } = await signIn(account, phone);
    expect(status).toBe(200);
    expect(user).toMatchObject({ ...account, phone, phoneVerified: true });
    expect(await now(token)).toEqual(user);
  });

  it('finds the same user again, and so does a silent one', async () => {
    const [account, phone] = [somebody(), servers.newPhone()];
    const { user } = await signIn(account, phone);
    expect((await signIn(account, phone, { createUser: false })).user).toEqual(user);
    expect((await enter(account)).user).toEqual(user);
  });

  it('gives the number to the user of the host account', async () => {
    const [account, phone] = [somebody(), servers.newPhone()];
    const { user } = await enter(account);
    expect((await signIn(account, phone)).user).toEqual({ ...user, phone, phoneVerified: true });
  });

  it('ties a new host account to the user who has proved the number', async () => {
    const [other, phone] = [somebody(), servers.newPhone()];
    const { user } = await signIn(somebody(), phone);
    const again = await signIn(other, phone, { createUser: false });
    expect([again.status, again.user.id, again.user.openid]).toEqual([200, user.id, other.openid]);
    expect((await enter(other)).user.id).toBe(user.id);
  });

  it('makes nobody where createUser is false: ACCOUNT_NOT_FOUND, and nothing is written (G-18)', async () => {
    const before = await everything();
    const answer = await signIn(somebody(), servers.newPhone(), { createUser: false });
    expect([answer.status, answer.code]).toEqual([404, 'ACCOUNT_NOT_FOUND']);
    expect(await everything()).toBe(before);
  });

  it('is ACCOUNT_CONFLICT where account and number belong to two users, and nothing is written', async () => {
    const [account, phone] = [somebody(), servers.newPhone()];
    await enter(account);
    await signIn(somebody(), phone);
    const before = await everything();
    const answer = await signIn(account, phone);
    expect([answer.status, answer.code]).toEqual([409, 'ACCOUNT_CONFLICT']);
    expect(await everything()).toBe(before);
  });

  it('never signs in to a user who only wrote the number down: they lose it', async () => {
    const [account, phone] = [somebody(), servers.newPhone()];
    const squatter = await enter(somebody());
    await writeDown(squatter.user.id, phone);
    const owner = await signIn(account, phone);
    expect(owner.user).toMatchObject({ openid: account.openid, phone, phoneVerified: true });
    expect(owner.user.id).not.toBe(squatter.user.id);
    expect(await now(squatter.token)).toEqual(squatter.user);
  });

  it('takes the number from nobody where it is refused', async () => {
    const phone = servers.newPhone();
    const squatter = await enter(somebody());
    await writeDown(squatter.user.id, phone);
    expect((await signIn(somebody(), phone, { createUser: false })).code).toBe('ACCOUNT_NOT_FOUND');
    expect((await now(squatter.token)).phone).toBe(phone);
  });

  it('verifies the number that the same user wrote down', async () => {
    const [account, phone] = [somebody(), servers.newPhone()];
    const { user } = await enter(account);
    await writeDown(user.id, phone);
    expect((await signIn(account, phone)).user).toEqual({ ...user, phone, phoneVerified: true });
  });

  it('is ACCOUNT_CHANGED for another user than expected, by account or by number (G-06)', async () => {
    const [account, phone] = [somebody(), servers.newPhone()];
    const { user } = await signIn(account, phone);
    const expectedUserId = (await enter(somebody())).user.id;
    expect((await signIn(account, phone, { expectedUserId })).code).toBe('ACCOUNT_CHANGED');
    expect((await signIn(somebody(), phone, { expectedUserId })).code).toBe('ACCOUNT_CHANGED');
    expect((await signIn(account, phone, { expectedUserId: user.id })).status).toBe(200);
  });

  it('twenty times at once makes one user', async () => {
    const [account, phone] = [somebody(), servers.newPhone()];
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(account, phone)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ user }) => user.id)).size).toBe(1);
    expect(await servers.rows('select * from user where phoneNumber = ?', phone)).toHaveLength(1);
  });

  it('of two host accounts with one number at once makes one user with both', async () => {
    const phone = servers.newPhone();
    const answers = await Promise.all([signIn(somebody(), phone), signIn(somebody(), phone)]);
    expect(new Set(answers.map(({ user }) => user.id)).size).toBe(1);
    expect(new Set(answers.map(({ user }) => user.openid)).size).toBe(2);
  });

  it('keeps the new session key, encrypted (S-06, W-04)', async () => {
    const [account, phone] = [somebody(), servers.newPhone()];
    await signIn(account, phone);
    const [row] = await servers.rows('select sessionKey from dengluIdentity where openid = ?', account.openid);
    const key = { keys: new Map([[1, servers.config.secret]]), currentVersion: 1 };
    const stored = await symmetricDecrypt({ key, data: String(row?.sessionKey) });
    expect(stored).toBe(servers.openApi.sessionKeys.at(-1));
  });
});

describe('encrypted data', () => {
  it('of another session key is DECRYPT_FAILED, and nothing is written (G-03)', async () => {
    const account = somebody();
    const { sessionKey } = servers.openApi.codeWithKey(account);
    const before = await everything();
    const body = { code: servers.openApi.codeFor(account), ...seal(sessionKey, phoneInfo(servers.newPhone())) };
    expect(await told(servers.ask(PHONE_SIGN_IN, { body }))).toMatchObject({ status: 400, code: 'DECRYPT_FAILED' });
    expect(await everything()).toBe(before);
  });

  it.each([
    ['another app', watermarkNow('wx-other')],
    ['an hour ago', watermarkNow(undefined, 3600)],
  ])('of %s is WATERMARK_REFUSED (S-05)', async (_, watermark) => {
    const { code, sessionKey } = servers.openApi.codeWithKey(somebody());
    const body = { code, ...seal(sessionKey, phoneInfo(servers.newPhone(), watermark)) };
    expect(await told(servers.ask(PHONE_SIGN_IN, { body }))).toMatchObject({ status: 400, code: 'WATERMARK_REFUSED' });
    const phoneCode = servers.openApi.phoneCodeFor(servers.newPhone(), watermark);
    const answer = await told(
      servers.ask(PHONE_SIGN_IN, { body: { code: servers.openApi.codeFor(somebody()), phoneCode } }),
    );
    expect(answer.code).toBe('WATERMARK_REFUSED');
  });

  it('counts for nothing where there is a phone code (W-13)', async () => {
    const phone = servers.newPhone();
    const answer = await byCode(somebody(), phone, { encryptedData: 'AAAA', iv: 'AAAA' });
    expect(answer.user.phone).toBe(phone);
  });
});

describe('the phone of whoever is signed in', () => {
  it('is set by code, and replaced', async () => {
    const { token, user } = await enter(somebody());
    for (const phone of [servers.newPhone(), servers.newPhone()]) {
      expect(await setPhone(token, phone)).toMatchObject({
        status: 200,
        user: { ...user, phone, phoneVerified: true },
      });
      expect((await now(token)).phone).toBe(phone);
    }
  });

  it('is set by data encrypted with the key in our tables', async () => {
    const [account, phone] = [somebody(), servers.newPhone()];
    const { code, sessionKey } = servers.openApi.codeWithKey(account);
    const { token } = await told(servers.signIn({ code }));
    const set = (key: string) => told(servers.ask(PHONE, { token, body: seal(key, phoneInfo(phone)) }));
    expect((await set(sessionKey)).user.phone).toBe(phone);
    await enter(account);
    expect(await set(sessionKey)).toMatchObject({ status: 400, code: 'DECRYPT_FAILED' });
  });

  it('is set by data and a login code, whose key is kept', async () => {
    const [account, phone] = [somebody(), servers.newPhone()];
    const { token } = await enter(account);
    const { code, sessionKey } = servers.openApi.codeWithKey(account);
    const set = (more: object) =>
      told(servers.ask(PHONE, { token, body: { ...seal(sessionKey, phoneInfo(phone)), ...more } }));
    expect((await set({ code })).user.phone).toBe(phone);
    expect((await set({})).status).toBe(200);
  });

  it('by data without a session key is SESSION_KEY_MISSING', async () => {
    const { token, user } = await enter(somebody());
    await servers.rows('delete from dengluIdentity where userId = ?', user.id);
    const { sessionKey } = servers.openApi.codeWithKey(somebody());
    const answer = await told(servers.ask(PHONE, { token, body: seal(sessionKey, phoneInfo(servers.newPhone())) }));
    expect(answer).toMatchObject({ status: 400, code: 'SESSION_KEY_MISSING' });
  });

  it('is not touched with a login code of somebody else: ACCOUNT_CONFLICT', async () => {
    const [other, phone] = [somebody(), servers.newPhone()];
    await enter(other);
    const { token, user } = await enter(somebody());
    const { code, sessionKey } = servers.openApi.codeWithKey(other);
    const answer = await told(servers.ask(PHONE, { token, body: { code, ...seal(sessionKey, phoneInfo(phone)) } }));
    expect(answer).toMatchObject({ status: 409, code: 'ACCOUNT_CONFLICT' });
    expect(await now(token)).toEqual(user);
  });

  it('is not replaced where overwrite is false: PHONE_ALREADY_SET', async () => {
    const { token } = await enter(somebody());
    const [first, second] = [servers.newPhone(), servers.newPhone()];
    expect((await setPhone(token, first, { overwrite: false })).status).toBe(200);
    expect((await setPhone(token, first, { overwrite: false })).status).toBe(200);
    expect(await setPhone(token, second, { overwrite: false })).toMatchObject({
      status: 400,
      code: 'PHONE_ALREADY_SET',
    });
    expect((await now(token)).phone).toBe(first);
  });

  it('that another user has proved is PHONE_TAKEN', async () => {
    const phone = servers.newPhone();
    await byCode(somebody(), phone);
    const { token, user } = await enter(somebody());
    expect(await setPhone(token, phone)).toMatchObject({ status: 400, code: 'PHONE_TAKEN' });
    expect(await now(token)).toEqual(user);
  });

  it('that another user wrote down is taken from them', async () => {
    const phone = servers.newPhone();
    const squatter = await enter(somebody());
    await writeDown(squatter.user.id, phone);
    const { token } = await enter(somebody());
    expect((await setPhone(token, phone)).user.phone).toBe(phone);
    expect((await now(squatter.token)).phone).toBeNull();
  });

  it('goes to one of two users who prove it at once', async () => {
    const phone = servers.newPhone();
    const tokens = [(await enter(somebody())).token, (await enter(somebody())).token];
    const answers = await Promise.all(tokens.map((token) => setPhone(token, phone)));
    expect(answers.map(({ status, code }) => code ?? status).sort()).toEqual([200, 'PHONE_TAKEN']);
  });

  it('wants a token', async () => {
    expect(await setPhone('gone.gone', servers.newPhone())).toMatchObject({ status: 401, code: 'TOKEN_REJECTED' });
  });

  it.each([{}, { encryptedData: 'AAAA' }, { iv: 'AAAA' }, { phoneCode: 7 }, { phoneCode: 'a', overwrite: 'no' }])(
    'wants a proof: %o is INVALID_REQUEST',
    async (body) => {
      const { token } = await enter(somebody());
      expect(await told(servers.ask(PHONE, { token, body }))).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
      const signIn = servers.ask(PHONE_SIGN_IN, { body: { code: 7, ...body } });
      expect(await told(signIn)).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    },
  );
});
