import { randomUUID } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { dialectOf } from '../../server/database/open.js';
import { createServer, StartError } from '../../server/index.js';
import { mountedDenglu } from './support/mounted.js';
import { newDatabase, type Servers, serversUnderTest, temporaryDatabase, toRequest, USER } from './support/server.js';

const at = (path: string) => `/api/auth/denglu/${path}`;

let servers: Servers;

beforeAll(async () => {
  servers = await serversUnderTest();
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => servers.stop());

async function told(asked: ReturnType<Servers['ask']>) {
  const { status, json } = await asked;
  return { status, code: json.code, user: json.user, token: json.token, success: json.success };
}

const post = (path: string, body: object, token?: string) =>
  told(servers.ask(at(path), { body, ...(token !== undefined && { token }) }));

const now = async (token: string) => (await servers.ask(USER, { token })).json.user;

async function smsCodeFor(phone: string): Promise<string> {
  expect(await post('sms-code', { phone })).toMatchObject({ status: 200, success: true });
  return String(servers.sms.findLast((sms) => sms.phone === phone)?.smsCode);
}

const wrong = (code: string) => (code === '123456' ? '654321' : '123456');

const enter = async () =>
  (await servers.signIn({ code: servers.openApi.codeFor({ openid: `o-${randomUUID()}` }) })).json;

function ago(minutes: number) {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + minutes * 60_000);
}

describe('an SMS code', () => {
  it('signs in a new user, who has proved the number; the next one finds them', async () => {
    const phone = servers.newPhone();
    const first = await post('sms-sign-in', { phone, smsCode: await smsCodeFor(phone) });
    expect(first).toMatchObject({ status: 200, user: { phone, phoneVerified: true, openid: null } });
    expect(await now(first.token)).toEqual(first.user);
    ago(1);
    const second = await post('sms-sign-in', { phone, smsCode: await smsCodeFor(phone), createUser: false });
    expect(second.user).toEqual(first.user);
  });

  it('makes nobody where createUser is false, and may be used again then', async () => {
    const phone = servers.newPhone();
    const smsCode = await smsCodeFor(phone);
    const before = await servers.count('user');
    const answer = await post('sms-sign-in', { phone, smsCode, createUser: false });
    expect(answer).toMatchObject({ status: 404, code: 'ACCOUNT_NOT_FOUND' });
    expect(await servers.count('user')).toBe(before);
    expect((await post('sms-sign-in', { phone, smsCode })).status).toBe(200);
  });

  it('never signs in to a user who only wrote the number down: they lose it', async () => {
    const phone = servers.newPhone();
    const squatter = await post('register', { phone, password: servers.newPassword() });
    const owner = await post('sms-sign-in', { phone, smsCode: await smsCodeFor(phone) });
    expect(owner.user.id).not.toBe(squatter.user.id);
    expect((await now(squatter.token)).phone).toBeNull();
  });

  it('verifies the number of whoever is signed in', async () => {
    const phone = servers.newPhone();
    const { token, user } = await enter();
    const answer = await post('phone-verification', { phone, smsCode: await smsCodeFor(phone) }, token);
    expect([answer.status, answer.user]).toEqual([200, { ...user, phone, phoneVerified: true }]);
    const other = await enter();
    ago(1);
    const taken = await post('phone-verification', { phone, smsCode: await smsCodeFor(phone) }, other.token);
    expect(taken).toMatchObject({ status: 400, code: 'PHONE_TAKEN' });
    expect((await post('phone-verification', { phone, smsCode: '1' }, 'gone.gone')).code).toBe('TOKEN_REJECTED');
  });

  it('works once, also for two at once', async () => {
    const phone = servers.newPhone();
    const smsCode = await smsCodeFor(phone);
    const answers = await Promise.all([1, 2, 3].map(() => post('sms-sign-in', { phone, smsCode })));
    expect(answers.map(({ code, status }) => code ?? status).sort()).toEqual([200, 'SMS_CODE_WRONG', 'SMS_CODE_WRONG']);
  });

  it('that is wrong, of another number, or void is SMS_CODE_WRONG', async () => {
    const [phone, other] = [servers.newPhone(), servers.newPhone()];
    const smsCode = await smsCodeFor(phone);
    const refused = { status: 400, code: 'SMS_CODE_WRONG' };
    expect(await post('sms-sign-in', { phone, smsCode: wrong(smsCode) })).toMatchObject(refused);
    expect(await post('sms-sign-in', { phone: other, smsCode })).toMatchObject(refused);
    ago(1);
    const next = await smsCodeFor(phone);
    if (next !== smsCode) expect(await post('sms-sign-in', { phone, smsCode })).toMatchObject(refused);
    expect((await post('sms-sign-in', { phone, smsCode: next })).status).toBe(200);
  });

  it('lives five minutes', async () => {
    const phone = servers.newPhone();
    const smsCode = await smsCodeFor(phone);
    ago(5.1);
    expect((await post('sms-sign-in', { phone, smsCode })).code).toBe('SMS_CODE_WRONG');
  });

  it('may be tried ten times a minute, and is sent once a minute', async () => {
    const phone = servers.newPhone();
    const smsCode = await smsCodeFor(phone);
    expect(await post('sms-code', { phone })).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    for (let index = 0; index < 10; index += 1) await post('sms-sign-in', { phone, smsCode: wrong(smsCode) });
    expect((await post('sms-sign-in', { phone, smsCode })).code).toBe('RATE_LIMITED');
  });

  it('does not stand in the table', async () => {
    const phone = servers.newPhone();
    const smsCode = await smsCodeFor(phone);
    const [row] = await servers.rows('select value from verification where identifier like ?', `%${phone}`);
    expect(String(row?.value)).toMatch(/^[\w+/]{43}=$/);
    expect(String(row?.value)).not.toContain(smsCode);
  });

  it('that cannot be sent is HOST_UNAVAILABLE', async () => {
    const fails = () => Promise.reject(new Error('no network'));
    const sender = { sendSmsCode: fails, sendEmailVerification: fails, sendPasswordReset: fails };
    const server = await servers.start({}, { sender });
    const answer = await servers.ask(at('sms-code'), { body: { phone: servers.newPhone() } }, server);
    expect([answer.status, answer.json.code]).toEqual([502, 'HOST_UNAVAILABLE']);
  });

  it('that cannot be sent is logged with the reason, however often that tells the code or whom it is for (G-23)', async () => {
    const unreachable = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const refuse = async (to: string, secret: string) => {
      throw new Error(`no way to ${to} (${to.slice(3)}) ${encodeURIComponent(to)} with ${secret}`, {
        cause: unreachable,
      });
    };
    const sender = { sendSmsCode: refuse, sendEmailVerification: refuse, sendPasswordReset: refuse };
    const server = await servers.start({}, { sender });
    const errors = () =>
      servers.logged().flatMap(({ level, msg }) => (level === 50 && msg !== 'request' ? [String(msg)] : []));
    const before = errors().length;
    const password = servers.newPassword();
    const { token } = (await servers.ask(at('register'), { body: { email: newEmail(), password } }, server)).json;
    await vi.waitFor(() => expect(errors()).toHaveLength(before + 1));
    await servers.ask(at('sms-code'), { body: { phone: servers.newPhone() } }, server);
    await servers.ask(at('email-token'), { token, body: { email: newEmail() } }, server);
    const told = errors().slice(before);
    expect(told).toHaveLength(3);
    const [mail, sms] = told;
    expect(sms).toBe('A message could not be sent: no way to … (…) %2B… with …: ECONNREFUSED connect');
    expect(mail).toBe('A message could not be sent: no way to … … … with …: ECONNREFUSED connect');
  });

  it.each([{}, { phone: '12345' }, { phone: 7 }])('for no number is INVALID_REQUEST: %o', async (body) => {
    expect(await post('sms-code', body)).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(await post('sms-sign-in', { smsCode: '1', ...body })).toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

const newEmail = () => `person-${randomUUID().slice(0, 8)}@example.test`;

/** The last mail to an address, once it was sent. */
const mailTo = (email: string, count = 1) =>
  vi.waitFor(() => {
    const sent = servers.mails.filter((mail) => mail.email === email);
    expect(sent).toHaveLength(count);
    return { emailToken: '', resetToken: '', ...sent.at(-1) };
  });

/** Somebody registered by an address that they have proved. */
async function registered() {
  const [email, password] = [newEmail(), servers.newPassword()];
  const { token, user } = await post('register', { email, password });
  const { emailToken } = await mailTo(email);
  expect(await post('email-verification', { emailToken }, token)).toMatchObject({ status: 200, user: { email } });
  return { email, password, token, user, emailToken };
}

describe('an email address', () => {
  it('is proved by the token that was mailed to it, once', async () => {
    const { email, token, emailToken } = await registered();
    expect(await now(token)).toMatchObject({ email, emailVerified: true });
    const again = await post('email-verification', { emailToken }, token);
    expect(again).toMatchObject({ status: 400, code: 'RESET_TOKEN_INVALID' });
  });

  it('is asked to be proved when it is set, and not once it is', async () => {
    const { token, email } = await registered();
    const next = newEmail();
    await servers.ask(at('account'), { method: 'PUT', token, body: { email } });
    await servers.ask(at('account'), { method: 'PUT', token, body: { email: next } });
    expect(await now(token)).toMatchObject({ email: next, emailVerified: false });
    await mailTo(next);
    await mailTo(email);
  });

  it('is not proved by a token for the one before', async () => {
    const { token } = await enter();
    const [first, second] = [newEmail(), newEmail()];
    await servers.ask(at('account'), { method: 'PUT', token, body: { email: first } });
    const { emailToken } = await mailTo(first);
    await servers.ask(at('account'), { method: 'PUT', token, body: { email: second } });
    expect((await post('email-verification', { emailToken }, token)).code).toBe('RESET_TOKEN_INVALID');
    expect(await now(token)).toMatchObject({ email: second, emailVerified: false });
    await mailTo(second);
  });
});

/** A stranger who registered by somebody else's address, and the mail that it caused. */
async function squatted() {
  const [email, password] = [newEmail(), servers.newPassword()];
  const { token, user } = await post('register', { email, password });
  return { email, password, token, user, ...(await mailTo(email)) };
}

describe('an email address that a stranger wrote down', () => {
  it('is not proved by a click in the mail that it caused, nor to anybody else', async () => {
    const { token: stranger, emailToken } = await squatted();
    const { token: owner } = await enter();
    expect(await post('email-verification', { emailToken })).toMatchObject({ status: 401 });
    expect(await post('email-verification', { emailToken }, owner)).toMatchObject({ code: 'RESET_TOKEN_INVALID' });
    expect((await now(stranger)).emailVerified).toBe(false);
    expect((await now(owner)).email).toBeNull();
  });

  it('goes to whoever proves it, signed in, and the stranger loses it', async () => {
    const { email, password, token: stranger, emailToken: caused, user } = await squatted();
    const { token, user: owner } = await enter();
    expect(await servers.ask(at('account'), { method: 'PUT', token, body: { email } })).toMatchObject({
      json: { code: 'EMAIL_TAKEN' },
    });
    ago(1.1);
    expect(await post('email-token', { email: email.toUpperCase() }, token)).toMatchObject({ success: true });
    const { emailToken } = await mailTo(email, 2);
    expect(await post('email-verification', { emailToken }, stranger)).toMatchObject({ code: 'RESET_TOKEN_INVALID' });
    expect(await post('email-verification', { emailToken }, token)).toMatchObject({
      status: 200,
      user: { ...owner, email, emailVerified: true },
    });
    expect(await now(stranger)).toEqual({ ...user, email: null });
    expect((await post('password-sign-in', { email, password })).code).toBe('PASSWORD_WRONG');
    expect((await post('email-verification', { emailToken: caused }, stranger)).code).toBe('RESET_TOKEN_INVALID');
    ago(1.1);
    await post('email-token', { email }, stranger);
    const late = await mailTo(email, 3);
    const answer = await post('email-verification', { emailToken: late.emailToken }, stranger);
    expect(answer).toMatchObject({ code: 'EMAIL_TAKEN' });
  });

  it('goes to a new user by a reset, and never is the owner signed in to the stranger’s', async () => {
    const { email, token: stranger, password: old, user } = await squatted();
    expect((await post('password-reset', { email })).status).toBe(200);
    const { resetToken } = await mailTo(email, 2);
    ago(1.1);
    await post('password-reset', { email });
    const { resetToken: second } = await mailTo(email, 3);
    const password = servers.newPassword();
    expect(await post('password-reset/confirm', { resetToken, password })).toMatchObject({ success: true });
    const owner = await post('password-sign-in', { email, password });
    expect(owner).toMatchObject({ status: 200, user: { email, emailVerified: true, openid: null } });
    expect(owner.user.id).not.toBe(user.id);
    expect(await now(stranger)).toEqual({ ...user, email: null });
    expect((await post('password-sign-in', { email, password: old })).code).toBe('PASSWORD_WRONG');
    const again = await post('password-reset/confirm', { resetToken: second, password: old });
    expect(again.code).toBe('RESET_TOKEN_INVALID');
  });
});

describe('a token for an address', () => {
  it('is mailed once a minute, to an address, for whoever is signed in', async () => {
    const { token } = await enter();
    const email = newEmail();
    expect(await post('email-token', { email })).toMatchObject({ status: 401 });
    expect(await post('email-token', { email: 'nobody' }, token)).toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await post('email-token', { email }, token)).status).toBe(200);
    expect(await post('email-token', { email }, token)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    await mailTo(email);
  });

  it('that cannot be mailed is HOST_UNAVAILABLE', async () => {
    const { token } = await enter();
    const fails = () => Promise.reject(new Error('no network'));
    const sender = { sendSmsCode: fails, sendEmailVerification: fails, sendPasswordReset: fails };
    const server = await servers.start({}, { sender });
    const answer = await servers.ask(at('email-token'), { token, body: { email: newEmail() } }, server);
    expect([answer.status, answer.json.code]).toEqual([502, 'HOST_UNAVAILABLE']);
  });
});

describe('a password reset', () => {
  it('sets a new password once, and ends every session', async () => {
    const { email, password, token } = await registered();
    expect(await post('password-reset', { email: email.toUpperCase() })).toMatchObject({ status: 200, success: true });
    const { resetToken } = await mailTo(email, 2);
    const next = servers.newPassword();
    expect((await post('password-reset/confirm', { resetToken, password: 'short' })).code).toBe('PASSWORD_TOO_WEAK');
    expect(await post('password-reset/confirm', { resetToken, password: next })).toMatchObject({ success: true });
    expect((await servers.ask(USER, { token })).json.code).toBe('TOKEN_REJECTED');
    expect((await post('password-sign-in', { email, password })).code).toBe('PASSWORD_WRONG');
    expect((await post('password-sign-in', { email, password: next })).status).toBe(200);
    const again = await post('password-reset/confirm', { resetToken, password });
    expect(again).toMatchObject({ status: 400, code: 'RESET_TOKEN_INVALID' });
  });

  it('voids every other token of its user, older or newer, and so does another new password', async () => {
    const { email, password } = await registered();
    const askReset = async (count: number) => {
      ago(1.1);
      expect((await post('password-reset', { email })).status).toBe(200);
      return (await mailTo(email, count)).resetToken;
    };
    const confirm = (resetToken: string, next: string) =>
      post('password-reset/confirm', { resetToken, password: next });
    const [first, second, third] = [await askReset(2), await askReset(3), await askReset(4)];
    expect((await confirm(second, password)).status).toBe(200);
    for (const other of [first, third]) {
      expect(await confirm(other, servers.newPassword())).toMatchObject({ status: 400, code: 'RESET_TOKEN_INVALID' });
    }
    const fourth = await askReset(5);
    const { token } = await post('password-sign-in', { email, password });
    const body = { password: servers.newPassword(), currentPassword: password };
    expect((await servers.ask(at('account'), { method: 'PUT', token, body })).status).toBe(200);
    expect((await confirm(fourth, servers.newPassword())).code).toBe('RESET_TOKEN_INVALID');
  });

  it('says the same, and sends nothing, where nobody has the address', async () => {
    const nobody = newEmail();
    const { email } = await squatted();
    const answers = [email, nobody].map((address) => servers.ask(at('password-reset'), { body: { email: address } }));
    const [one, other] = await Promise.all(answers);
    expect([one?.status, one?.text]).toEqual([other?.status, other?.text]);
    const proved = await registered();
    await post('password-reset', { email: proved.email });
    await mailTo(proved.email, 2);
    await mailTo(email, 2);
    expect(servers.mails.filter((mail) => mail.email === nobody)).toEqual([]);
  });

  it('is mailed once a minute', async () => {
    const { email } = await registered();
    await post('password-reset', { email });
    expect(await post('password-reset', { email })).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    await mailTo(email, 2);
  });

  it('lives an hour', async () => {
    const { email } = await registered();
    await post('password-reset', { email });
    const { resetToken } = await mailTo(email, 2);
    ago(61);
    const answer = await post('password-reset/confirm', { resetToken, password: servers.newPassword() });
    expect(answer.code).toBe('RESET_TOKEN_INVALID');
  });

  it('is not done with a token that proves an address, nor with none', async () => {
    const email = newEmail();
    await post('register', { email, password: servers.newPassword() });
    const { emailToken } = await mailTo(email);
    const password = servers.newPassword();
    expect((await post('password-reset/confirm', { resetToken: emailToken, password })).code).toBe(
      'RESET_TOKEN_INVALID',
    );
    expect((await post('password-reset/confirm', { password })).code).toBe('INVALID_REQUEST');
    expect((await post('password-reset', { email: 'nobody' })).code).toBe('INVALID_REQUEST');
  });
});

describe('without a sender', () => {
  it('a server keeps its messages in a file, for its owner only, and says loudly that it does', async () => {
    const file = temporaryDatabase();
    const server = await createServer(
      { ...servers.config, messages: 'file', databaseUrl: file.url, dataFolder: undefined },
      { log: servers.log },
    );
    const phone = servers.newPhone();
    const response = await server.fetch(toRequest(`http://127.0.0.1${at('sms-code')}`, { body: { phone } }));
    expect(response.status).toBe(200);
    const outbox = join(dirname(fileURLToPath(file.url)), 'outbox.jsonl');
    expect(JSON.parse(await readFile(outbox, 'utf8'))).toEqual({ phone, smsCode: expect.stringMatching(/^\d{6}$/) });
    expect((await stat(outbox)).mode & 0o777).toBe(0o600);
    const told = expect.objectContaining({ level: 40, file: outbox, msg: expect.stringContaining('to nobody') });
    expect(servers.logged()).toContainEqual(told);
    await server.close();
    file.remove();
  });

  it('a server keeps them in a folder that it makes, where its database has made none', async () => {
    const file = temporaryDatabase();
    const folder = join(file.folder, 'new', 'data');
    const server = await createServer(
      { ...servers.config, messages: 'file', dataFolder: folder },
      { log: servers.log },
    );
    const answer = await servers.ask(at('sms-code'), { body: { phone: servers.newPhone() } }, server);
    expect(answer.status).toBe(200);
    expect(await readdir(folder)).toEqual(['outbox.jsonl']);
    await server.close();
    file.remove();
  });

  it('a server that was told so sends none, and opens no file: NOT_FOUND', async () => {
    const file = temporaryDatabase();
    const { log, config } = servers;
    const server = await createServer(
      { ...config, messages: 'off', databaseUrl: file.url, dataFolder: undefined },
      { log },
    );
    const sms = await servers.ask(at('sms-code'), { body: { phone: servers.newPhone() } }, server);
    expect(sms.json.code).toBe('NOT_FOUND');
    await server.close();
    expect(await readdir(file.folder)).not.toContain('outbox.jsonl');
    file.remove();
  });

  it('a server that nobody told what becomes of them does not start', async () => {
    const started = createServer({ ...servers.config, messages: undefined }, { log: servers.log });
    await expect(started).rejects.toThrow(StartError);
    await expect(started).rejects.toThrow('- MESSAGES is missing: file keeps');
  });

  it('the plugin alone sends none: NOT_FOUND', async () => {
    const file = await newDatabase();
    const mounted = await mountedDenglu(dialectOf(file.url), servers.openApi);
    const sms = await mounted.ask(at('sms-code'), { body: { phone: servers.newPhone() } });
    const mail = await mounted.ask(at('password-reset'), { body: { email: newEmail() } });
    expect([sms.status, mail.status]).toEqual([404, 404]);
    await mounted.close();
    await file.remove();
  });
});
