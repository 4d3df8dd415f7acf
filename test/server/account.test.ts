import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialectOf } from '../../server/database/open.js';
import { mountedDenglu } from './support/mounted.js';
import { newDatabase, type Servers, serversUnderTest, USER } from './support/server.js';

const REGISTER = '/api/auth/denglu/register';
const PASSWORD_SIGN_IN = '/api/auth/denglu/password-sign-in';
const ACCOUNT = '/api/auth/denglu/account';

let servers: Servers;

beforeAll(async () => {
  servers = await serversUnderTest();
});
afterAll(() => servers.stop());

async function told(asked: ReturnType<Servers['ask']>) {
  const { status, json } = await asked;
  return { status, code: json.code, user: json.user, token: json.token, expiresAt: json.expiresAt };
}

const register = (body: object) => told(servers.ask(REGISTER, { body }));
const signIn = (body: object) => told(servers.ask(PASSWORD_SIGN_IN, { body }));
const change = (token: string, body: object) => told(servers.ask(ACCOUNT, { method: 'PUT', token, body }));
const now = async (token: string) => (await servers.ask(USER, { token })).json.user;

const newName = () => `Name_${randomUUID().slice(0, 8)}`;
const newEmail = () => `Person-${randomUUID().slice(0, 8)}@example.test`;

const names: [string, () => string, (name: string) => string][] = [
  ['username', newName, (name) => name.toLowerCase()],
  ['email', newEmail, (name) => name.toLowerCase()],
  ['phone', () => servers.newPhone(), (name) => name],
];

const takenCodes: Record<string, string> = { username: 'USERNAME_TAKEN', email: 'EMAIL_TAKEN', phone: 'PHONE_TAKEN' };

describe.each(names)('a user registered by %s', (kind, newOne, stored) => {
  it('is signed in, and may sign in again', async () => {
    const [name, password] = [newOne(), servers.newPassword()];
    const before = Date.now();
    const { status, user, token, expiresAt } = await register({ [kind]: name, password });
    expect(status).toBe(201);
    expect(user).toMatchObject({ [kind]: stored(name), emailVerified: false, phoneVerified: false, openid: null });
    expect(expiresAt).toBeGreaterThan(before);
    expect(await now(token)).toEqual(user);
    const again = await signIn({ [kind]: name, password });
    expect([again.status, again.user]).toEqual([200, user]);
    expect(again.token).not.toBe(token);
  });

  it('is refused with any other password: PASSWORD_WRONG, as is a name that nobody has', async () => {
    const name = newOne();
    await register({ [kind]: name, password: servers.newPassword() });
    const answers = [
      await servers.ask(PASSWORD_SIGN_IN, { body: { [kind]: name, password: servers.newPassword() } }),
      await servers.ask(PASSWORD_SIGN_IN, { body: { [kind]: newOne(), password: servers.newPassword() } }),
    ];
    expect(answers.map(({ status, json }) => [status, json.code])).toEqual(Array(2).fill([400, 'PASSWORD_WRONG']));
    expect(answers[0]?.text).toBe(answers[1]?.text);
  });

  it('keeps the name from others, whatever its case', async () => {
    const name = newOne();
    await register({ [kind]: name, password: servers.newPassword() });
    const before = await servers.count('user');
    for (const same of [name, name.toUpperCase()]) {
      const answer = await register({ [kind]: same, password: servers.newPassword() });
      expect([answer.status, answer.code]).toEqual([400, takenCodes[kind]]);
    }
    expect(await servers.count('user')).toBe(before);
  });

  it('ten times at once is registered once', async () => {
    const [name, password] = [newOne(), servers.newPassword()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => register({ [kind]: name, password })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === takenCodes[kind])).toHaveLength(9);
  });
});

describe('a registration', () => {
  it('by a number that another user has proved is PHONE_TAKEN', async () => {
    const phone = servers.newPhone();
    const body = {
      code: servers.openApi.codeFor({ openid: newName() }),
      phoneCode: servers.openApi.phoneCodeFor(phone),
    };
    expect((await servers.ask('/api/auth/denglu/wechat/phone-sign-in', { body })).status).toBe(200);
    const answer = await register({ phone, password: servers.newPassword() });
    expect([answer.status, answer.code]).toEqual([400, 'PHONE_TAKEN']);
  });

  it('without proof gives nobody a right to the number: its owner gets a user of their own', async () => {
    const [phone, password] = [servers.newPhone(), servers.newPassword()];
    const squatter = await register({ phone, password });
    const body = {
      code: servers.openApi.codeFor({ openid: newName() }),
      phoneCode: servers.openApi.phoneCodeFor(phone),
    };
    const owner = await told(servers.ask('/api/auth/denglu/wechat/phone-sign-in', { body }));
    expect(owner.user.id).not.toBe(squatter.user.id);
    expect(await now(squatter.token)).toMatchObject({ phone: null });
    expect((await signIn({ phone, password })).code).toBe('PASSWORD_WRONG');
  });

  it('takes a number as people write it', async () => {
    const phone = servers.newPhone();
    const password = servers.newPassword();
    const { user } = await register({
      phone: ` ${phone.slice(3, 6)}-${phone.slice(6, 10)} ${phone.slice(10)}`,
      password,
    });
    expect(user.phone).toBe(phone);
    expect((await signIn({ phone: phone.slice(3), password })).status).toBe(200);
  });

  it.each(['x', 'seven77', 'x'.repeat(129)])('with a password of %s is PASSWORD_TOO_WEAK', async (password) => {
    const answer = await register({ username: newName(), password });
    expect([answer.status, answer.code]).toEqual([400, 'PASSWORD_TOO_WEAK']);
  });

  it.each<[string, object]>([
    ['no name', {}],
    ['two names', { username: 'abc', email: 'a@example.test' }],
    ['a short username', { username: 'ab' }],
    ['a username with a space', { username: 'a b c' }],
    ['a username in Chinese', { username: '小明小明' }],
    ['a username that is no text', { username: 7 }],
    ['an email that is none', { email: 'nobody' }],
    ['a reserved email', { email: 'a@denglu.invalid' }],
    ['a phone that is none', { phone: '12345' }],
    ['a phone with letters', { phone: '+86abc' }],
  ])('with %s is INVALID_REQUEST, and so is such a sign-in', async (_, name) => {
    const body = { ...name, password: servers.newPassword() };
    for (const path of [REGISTER, PASSWORD_SIGN_IN]) {
      const answer = await servers.ask(path, { body });
      expect([answer.status, answer.json.code]).toEqual([400, 'INVALID_REQUEST']);
      for (const value of Object.values(name)) expect(answer.json.message).not.toContain(String(value));
    }
  });
});

describe('the account of whoever is signed in', () => {
  const enter = async () =>
    (await servers.signIn({ code: servers.openApi.codeFor({ openid: `o-${randomUUID()}` }) })).json;

  it('gets names and a password after a silent login, and may be signed in to by each', async () => {
    const { token, user } = await enter();
    const [username, email, phone, password] = [newName(), newEmail(), servers.newPhone(), servers.newPassword()];
    const changed = await change(token, { username, email, phone, password });
    const named = { ...user, username: username.toLowerCase(), email: email.toLowerCase(), phone };
    expect([changed.status, changed.user]).toEqual([200, named]);
    for (const name of [{ username }, { email }, { phone }]) {
      expect((await signIn({ ...name, password })).user).toEqual(named);
    }
  });

  it('changes its password with the current one only', async () => {
    const [username, password, next] = [newName(), servers.newPassword(), servers.newPassword()];
    const { token } = await register({ username, password });
    for (const currentPassword of [undefined, '', servers.newPassword()]) {
      const answer = await change(token, { password: next, ...(currentPassword && { currentPassword }) });
      expect([answer.status, answer.code]).toEqual([400, 'PASSWORD_WRONG']);
    }
    expect((await change(token, { password: next, currentPassword: password })).status).toBe(200);
    expect((await signIn({ username, password })).code).toBe('PASSWORD_WRONG');
    expect((await signIn({ username, password: next })).status).toBe(200);
  });

  it('changes nothing where any of it is refused', async () => {
    const username = newName();
    await register({ username, password: servers.newPassword() });
    const { token, user } = await enter();
    const body = { username, email: newEmail(), phone: servers.newPhone(), password: servers.newPassword() };
    expect((await change(token, body)).code).toBe('USERNAME_TAKEN');
    expect((await change(token, { ...body, username: newName(), password: 'short' })).code).toBe('PASSWORD_TOO_WEAK');
    expect(await now(token)).toEqual(user);
    expect(await servers.rows('select * from account where userId = ?', user.id)).toEqual([]);
  });

  it('may be told its own names again; a number stays proved, another one is not', async () => {
    const phone = servers.newPhone();
    const { token } = await enter();
    const body = { phoneCode: servers.openApi.phoneCodeFor(phone) };
    await servers.ask('/api/auth/denglu/wechat/phone', { token, body });
    expect((await change(token, { phone })).user).toMatchObject({ phone, phoneVerified: true });
    const other = servers.newPhone();
    expect((await change(token, { phone: other })).user).toMatchObject({ phone: other, phoneVerified: false });
  });

  it.each(['username', 'email', 'phone'])('does not get the %s of another user', async (kind) => {
    const name = { username: newName(), email: newEmail(), phone: servers.newPhone() }[kind];
    await register({ [kind]: name, password: servers.newPassword() });
    const { token } = await enter();
    expect(await change(token, { [kind]: name })).toMatchObject({ status: 400, code: takenCodes[kind] });
  });

  it('wants a token, and something to change', async () => {
    expect(await change('gone.gone', { username: newName() })).toMatchObject({ status: 401, code: 'TOKEN_REJECTED' });
    const { token } = await enter();
    expect(await change(token, {})).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(await change(token, { currentPassword: 'x' })).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  });
});

describe('tries of a password', () => {
  it('are limited for each name, whether anybody has it or not', async () => {
    const username = newName();
    const password = servers.newPassword();
    const tries = async () => {
      const codes: (string | number)[] = [];
      for (let index = 0; index < 11; index += 1) {
        const { code, status } = await signIn({ username, password: servers.newPassword() });
        codes.push(code ?? status);
      }
      return codes;
    };
    expect(await tries()).toEqual([...Array(10).fill('PASSWORD_WRONG'), 'RATE_LIMITED']);
    await register({ username, password });
    expect((await signIn({ username, password })).code).toBe('RATE_LIMITED');
    expect((await signIn({ username: newName(), password })).code).toBe('PASSWORD_WRONG');
  });

  it('are limited for a change of the password, too', async () => {
    const { token } = await register({ username: newName(), password: servers.newPassword() });
    const codes: string[] = [];
    for (let index = 0; index < 11; index += 1) {
      const body = { password: servers.newPassword(), currentPassword: servers.newPassword() };
      codes.push((await change(token, body)).code);
    }
    expect(codes).toEqual([...Array(10).fill('PASSWORD_WRONG'), 'RATE_LIMITED']);
  });
});

describe('a password', () => {
  it('is kept where better-auth keeps its own, as its hash', async () => {
    const file = await newDatabase();
    const mounted = await mountedDenglu(dialectOf(file.url), servers.openApi, { emailAndPassword: { enabled: true } });
    const body = { email: newEmail(), password: servers.newPassword() };
    expect((await mounted.ask(REGISTER, { body })).status).toBe(201);
    expect((await mounted.ask('/api/auth/sign-in/email', { body })).status).toBe(200);
    const other = { email: newEmail(), password: servers.newPassword(), name: 'A' };
    expect((await mounted.ask('/api/auth/sign-up/email', { body: other })).status).toBe(200);
    const { email, password } = other;
    expect((await mounted.ask(PASSWORD_SIGN_IN, { body: { email, password } })).status).toBe(200);
    expect(JSON.stringify(await mounted.rows('account'))).not.toContain(body.password);
    await mounted.close();
    await file.remove();
  });

  it('costs as much to try under a name that nobody has, so that time tells nothing', async () => {
    let hashes = 0;
    const hash = async (text: string) => {
      hashes += 1;
      return `hash of ${text.length}`;
    };
    const verify = async () => false;
    const file = await newDatabase();
    const password = { hash, verify };
    const mounted = await mountedDenglu(dialectOf(file.url), servers.openApi, {
      emailAndPassword: { enabled: true, password },
    });
    const body = { username: newName(), password: servers.newPassword() };
    expect((await mounted.ask(PASSWORD_SIGN_IN, { body })).status).toBe(400);
    expect(hashes).toBe(1);
    await mounted.close();
    await file.remove();
  });
});
