import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sender } from '../../server/index.js';
import type { Person, WechatDevice } from '../../simulator/index.js';
import { loadSdk, readSdk, SDKS, type Sdk, type SdkName } from '../support/minapp-sdk.js';
import { type OverHttp, overHttp } from './support/client.js';

// The published SDK, unmodified, on a simulated phone: between it and denglu's server is HTTP, and so is between the
// server and the simulated WeChat.

const CLIENT_ID = 'client-of-the-sdk';
/** The last base library on which the SDK sends the cipher text alone (W-13), and a plain profile. */
const OLD = { baseLibrary: '2.15.0' };
const MIDDLE = { baseLibrary: '2.21.1' };
const PASSWORD = 'correct horse battery';
const newName = () => `u${randomUUID().slice(0, 8)}`;
const newPhone = () => `1${randomInt(3_000_000_000, 9_999_999_999)}`;
const refused = (code: number, message?: string) => ({
  code,
  message: message === undefined ? expect.stringMatching(`^${code}: `) : `${code}: ${message}`,
});

let http: OverHttp;
let url: string;
let urlWithoutUpdates: string;
let sms: { phone: string; code: string }[];
let mails: string[];

beforeAll(async () => {
  http = await overHttp();
  sms = [];
  mails = [];
  const sender: Sender = {
    sendSmsCode: async (phone, code) => void sms.push({ phone, code }),
    sendEmailVerification: async (email) => void mails.push(`verify ${email}`),
    sendPasswordReset: async (email) => void mails.push(`reset ${email}`),
  };
  const baas = { baasClientId: CLIENT_ID, limits: { perAddress: 100_000, perAccount: 100_000, perRecipient: 100 } };
  ({ url } = await http.startServer(baas, { sender }));
  ({ url: urlWithoutUpdates } = await http.startServer({ ...baas, profileUpdates: false }));
});
afterAll(() => http.stop());

interface Phone {
  device: WechatDevice;
  sdk: Sdk;
  person: Person;
}

describe.each(SDKS)('the published %s', (name: SdkName) => {
  let phone: Phone;

  function open(person = http.newPerson(), options = {}, host = url): Phone {
    const device = http.phoneOf(person, options);
    const sdk = loadSdk(name, device.wx);
    sdk.init(CLIENT_ID, { host });
    return { device, sdk, person };
  }

  const hostCode = ({ device }: Phone) =>
    new Promise<string>((resolve, reject) => {
      device.wx.login({ success: ({ code }: { code: string }) => resolve(code), fail: reject });
    });

  /** What the page hears of a finger on the phone button. */
  const phoneEvent = ({ device }: Phone, answer: 'allow' | 'deny' = 'allow') =>
    new Promise<unknown>((resolve) => {
      const press = device.press({ openType: 'getPhoneNumber' }, { getphonenumber: resolve });
      press[answer]();
    });

  const profileOf = ({ device }: Phone) =>
    new Promise<unknown>((resolve, reject) => {
      device.answers.next('getUserProfile', 'allow');
      device.tap(() => device.wx.getUserProfile({ desc: '用于展示', lang: 'zh_CN', success: resolve, fail: reject }));
    });

  /** Ends a session behind the back of whoever has it. */
  async function revoke(sdk: Sdk): Promise<void> {
    const authorization = `Hydrogen-r1 ${await sdk.getAuthToken()}`;
    const headers = { authorization, 'x-hydrogen-client-id': CLIENT_ID };
    const { status } = await fetch(`${url}/hserve/v2.0/session/destroy/`, { method: 'POST', headers });
    expect(status).toBe(201);
  }

  beforeEach(() => {
    phone = open();
  });

  it('signs in silently, and finds the same user by the whole number that they are known by', async () => {
    const { sdk, device } = phone;
    const user = await sdk.auth.loginWithWechat(null);
    expect([Number.isSafeInteger(user.id), user.user_id]).toEqual([true, user.id]);
    const month = 30 * 24 * 3600;
    expect(user.session_expires_at - Date.now() / 1000).toBeLessThanOrEqual(month);
    expect(user.session_expires_at - Date.now() / 1000).toBeGreaterThan(3600);
    expect(user.toJSON()).toMatchObject({ openid: expect.any(String), _anonymous: false, _phone_verified: false });

    const current = await sdk.auth.getCurrentUser();
    expect(current.toJSON()).toMatchObject({ id: user.id, created_at: user.get('created_at') });
    expect(device.calls.filter(({ api }) => api === 'login')).toHaveLength(1);
    expect(await sdk.login(false)).toMatchObject({ id: user.id, openid: user.get('openid') });
  });

  it('signs the same person in to the same user on another phone, and with the unionid', async () => {
    const user = await phone.sdk.auth.loginWithWechat(null);
    const again = await open(phone.person).sdk.auth.loginWithWechat(null, { createUser: false, withUnionID: true });
    expect([again.id, again.get('unionid')]).toEqual([user.id, expect.any(String)]);
  });

  it('is told 404 and `not found` where no user is to be made, and none is (G-18)', async () => {
    for (const _ of [1, 2]) {
      await expect(phone.sdk.auth.loginWithWechat(null, { createUser: false })).rejects.toMatchObject(
        refused(404, 'not found'),
      );
    }
  });

  it.each([{}, MIDDLE])('signs in by a phone number that is verified then (%j)', async (options) => {
    const buyer = open(undefined, options);
    const code = await hostCode(buyer);
    const event = await phoneEvent(buyer);
    const user = await buyer.sdk.auth.loginWithWechat(event, { code });
    expect(user.toJSON()).toMatchObject({ _phone: `+86${buyer.person.phoneNumber}`, _phone_verified: true });
    expect((await open(buyer.person).sdk.auth.loginWithWechat(null, { createUser: false })).id).toBe(user.id);
  });

  it('answers as bare responses in auth.silentLogin, auth.handleUserInfo and auth.linkWechat', async () => {
    const buyer = open(undefined, MIDDLE);
    const { auth } = buyer.sdk;
    expect(await auth.silentLogin()).toMatchObject({ statusCode: 201, data: { id: expect.any(Number) } });
    const code = await hostCode(buyer);
    const event = Object(await phoneEvent(buyer));
    const told = await auth.handleUserInfo({ ...event, code, createUser: true });
    expect(told).toMatchObject({ statusCode: 201, data: { id: expect.any(Number), _phone_verified: true } });
    expect(await auth.linkWechat()).toMatchObject({ statusCode: 200, data: { status: 'ok' } });
  });

  it('is told 404 by the phone button where no user is to be made', async () => {
    const code = await hostCode(phone);
    const event = await phoneEvent(phone);
    await expect(phone.sdk.auth.loginWithWechat(event, { code, createUser: false })).rejects.toMatchObject(
      refused(404, 'not found'),
    );
  });

  it('says 400 of a phone button without a login code', async () => {
    await expect(phone.sdk.auth.loginWithWechat(await phoneEvent(phone))).rejects.toMatchObject(refused(400));
  });

  it('keeps a number for whoever is signed in, and says 400 where another one may not give way', async () => {
    const { sdk, person } = phone;
    const user = await sdk.auth.loginWithWechat(null);
    await user.setMobilePhone(`139${person.phoneNumber.slice(3)}`);
    const event = await phoneEvent(phone);
    await expect(sdk.auth.updatePhoneNumber(event, { overwrite: false })).rejects.toMatchObject({ code: 400 });
    const changed = await sdk.auth.updatePhoneNumber(await phoneEvent(phone));
    expect(changed.toJSON()).toMatchObject({ _phone: `+86${person.phoneNumber}`, _phone_verified: true });
  });

  it('says 400 where the number was encrypted with a newer key (G-20)', async () => {
    const buyer = open(undefined, MIDDLE);
    await buyer.sdk.auth.loginWithWechat(null);
    await http.loginElsewhere(buyer.person);
    const event = await phoneEvent(buyer);
    await expect(buyer.sdk.auth.updatePhoneNumber(event)).rejects.toMatchObject({ code: 400 });
  });

  it.each([
    ['2.16.0 and above, signed', MIDDLE],
    ['below 2.16.0, plain', OLD],
  ])('keeps the profile of a person: %s', async (_, options) => {
    const lives = { gender: 2, country: 'China', province: 'Guangdong', city: 'Huizhou' } as const;
    const buyer = open(http.newPerson(lives), options);
    await buyer.sdk.auth.loginWithWechat(null);
    const code = await hostCode(buyer);
    const changed = await buyer.sdk.auth.updateUserInfo(await profileOf(buyer), { code });
    expect(changed.toJSON()).toMatchObject({
      nickname: '小明',
      avatar: buyer.person.avatarUrl,
      ...lives,
      language: 'zh_CN',
      is_authorized: true,
    });
    expect((await buyer.sdk.auth.getCurrentUser()).get('nickname')).toBe('小明');
  });

  it.each([
    ['overwrite', '小明'],
    ['setnx', '旧名'],
    [false, '旧名'],
    ['false', '旧名'],
  ])('keeps of a profile what syncUserProfile %j says: the name is then %s', async (syncUserProfile, nickname) => {
    const buyer = open(undefined, MIDDLE);
    await buyer.sdk.auth.loginWithWechat(null);
    const before = { userInfo: { nickName: '旧名' } };
    const old = open(buyer.person, OLD);
    await old.sdk.auth.loginWithWechat(null);
    await old.sdk.auth.updateUserInfo(before);
    const code = await hostCode(buyer);
    const profile = await profileOf(buyer);
    const changed = await buyer.sdk.auth.updateUserInfo(profile, { code, syncUserProfile });
    // The SDK sends what it does not know as `setnx`: a `false` that is no text is one.
    expect(changed.get('nickname')).toBe(nickname);
  });

  it('says 616 where the server lets no client write profiles', async () => {
    const buyer = open(undefined, MIDDLE, urlWithoutUpdates);
    await buyer.sdk.auth.loginWithWechat(null);
    const code = await hostCode(buyer);
    const profile = await profileOf(buyer);
    await expect(buyer.sdk.auth.updateUserInfo(profile, { code })).rejects.toMatchObject(refused(616));
  });

  it('registers by name, links WeChat, and comes back silently (G-19)', async () => {
    const { sdk } = phone;
    const user = await sdk.auth.register({ username: newName(), password: PASSWORD });
    const answer = await user.linkWechat({ withUnionID: true });
    expect(answer).toMatchObject({
      statusCode: 200,
      data: { status: 'ok', message: 'User associated.', openid: expect.any(String), user_id: user.id },
    });
    expect(answer.data.unionid).toEqual(expect.any(String));
    await sdk.auth.logout();
    expect((await sdk.auth.loginWithWechat(null, { createUser: false })).id).toBe(user.id);
  });

  it('says 400 where the host account is linked already, to another user or in place of another account', async () => {
    await phone.sdk.auth.loginWithWechat(null);
    const other = open(phone.person);
    const user = await other.sdk.auth.register({ username: newName(), password: PASSWORD });
    await expect(user.linkWechat()).rejects.toMatchObject(refused(400));
  });

  it.each([
    ['username', () => ({ username: newName() })],
    ['email', () => ({ email: `${newName()}@example.test` })],
    ['phone', () => ({ phone: newPhone() })],
  ])('registers and signs in by %s, and says 400 of a wrong password and of a taken name', async (_, make) => {
    const named = make();
    const user = await phone.sdk.auth.register({ ...named, password: PASSWORD });
    const { sdk } = open();
    await expect(sdk.auth.login({ ...named, password: 'another one' })).rejects.toMatchObject(refused(400));
    await expect(sdk.auth.register({ ...named, password: PASSWORD })).rejects.toMatchObject(refused(400));
    expect((await sdk.auth.login({ ...named, password: PASSWORD })).id).toBe(user.id);
  });

  it('sets names and a password after a silent login, by which the user signs in elsewhere', async () => {
    const user = await phone.sdk.auth.loginWithWechat(null);
    const [username, email, mobile] = [newName(), `${newName()}@example.test`, newPhone()];
    await user.setUsername(username);
    await user.setEmail(email);
    await user.setMobilePhone(mobile);
    const changed = await user.setAccount({ username, password: PASSWORD });
    expect(changed.toJSON()).toMatchObject({
      id: user.id,
      _username: username,
      _email: email,
      _email_verified: false,
      _phone: `+86${mobile}`,
      _phone_verified: false,
    });
    await user.updatePassword({ password: PASSWORD, newPassword: `${PASSWORD} 2` });
    const { sdk } = open();
    await expect(sdk.auth.login({ username, password: PASSWORD })).rejects.toMatchObject(refused(400));
    expect((await sdk.auth.login({ email, password: `${PASSWORD} 2` })).id).toBe(user.id);
  });

  it('signs in by an SMS code, proves a number that was written down, and checks a code', async () => {
    const number = newPhone();
    const { sdk } = phone;
    const lastCode = () => String(sms.at(-1)?.code);
    await sdk.sendSmsCode({ phone: number });
    await expect(sdk.auth.loginWithSmsVerificationCode(number, 'wrong')).rejects.toMatchObject(refused(400));
    await expect(
      sdk.auth.loginWithSmsVerificationCode(number, lastCode(), { createUser: false }),
    ).rejects.toMatchObject(refused(404, 'not found'));
    const user = await sdk.auth.loginWithSmsVerificationCode(number, lastCode());
    expect(user.toJSON()).toMatchObject({ _phone: `+86${number}`, _phone_verified: true });

    const another = newPhone();
    await user.setMobilePhone(another);
    await sdk.sendSmsCode({ phone: another });
    await user.verifyMobilePhone(lastCode());
    expect((await sdk.auth.getCurrentUser()).toJSON()).toMatchObject({
      _phone: `+86${another}`,
      _phone_verified: true,
    });

    await sdk.sendSmsCode({ phone: another });
    expect((await sdk.verifySmsCode({ phone: another, code: lastCode() })).data).toEqual({ status: 'ok' });
    await expect(sdk.verifySmsCode({ phone: another, code: lastCode() })).rejects.toMatchObject(refused(400));
  });

  it('has mails sent: to prove an address, and to reset a password', async () => {
    const email = `${newName()}@example.test`;
    const user = await phone.sdk.auth.register({ username: newName(), password: PASSWORD });
    await expect(user.requestEmailVerification()).rejects.toMatchObject(refused(400));
    await user.setEmail(email);
    await user.requestEmailVerification();
    await phone.sdk.auth.requestPasswordReset({ email });
    await expect.poll(() => mails).toEqual(expect.arrayContaining([`verify ${email}`, `reset ${email}`]));
  });

  it('signs in anonymously, and says 612 of what such a user may not do', async () => {
    const user = await phone.sdk.auth.anonymousLogin();
    expect(user.toJSON()).toMatchObject({ _anonymous: true, openid: null });
    await expect(user.linkWechat()).rejects.toMatchObject(refused(612));
    await expect(user.setUsername(newName())).rejects.toMatchObject(refused(612));
  });

  it('signs out, after which nobody is signed in: 604', async () => {
    const { sdk } = phone;
    await expect(sdk.auth.getCurrentUser()).rejects.toMatchObject(refused(604));
    await sdk.auth.loginWithWechat(null);
    expect(await sdk.auth.logout()).toMatchObject({ statusCode: 201 });
    await expect(sdk.auth.getCurrentUser()).rejects.toMatchObject(refused(604));
  });

  it('says 401 of a token that the server has ended, and 604 where it calls that so itself', async () => {
    const buyer = open(undefined, MIDDLE);
    const { sdk } = buyer;
    await sdk.auth.loginWithWechat(null);
    const code = await hostCode(buyer);
    const profile = await profileOf(buyer);
    const event = await phoneEvent(buyer);
    await revoke(sdk);
    await expect(sdk.auth.getCurrentUser()).rejects.toMatchObject(refused(401));
    await expect(sdk.auth.updateUserInfo(profile, { code })).rejects.toMatchObject(refused(604));
    await expect(sdk.auth.updatePhoneNumber(event)).rejects.toMatchObject(refused(604));
    await expect(sdk.auth.logout()).rejects.toMatchObject(refused(401));
  });

  it('signs in by password although a token that has ended goes along', async () => {
    const username = newName();
    const user = await open().sdk.auth.register({ username, password: PASSWORD });
    const { sdk } = phone;
    await sdk.auth.loginWithWechat(null);
    await revoke(sdk);
    expect((await sdk.auth.login({ username, password: PASSWORD })).id).toBe(user.id);
  });

  it('says 600 offline, 601 where nothing comes back, and 602 before it is initialised', async () => {
    const { sdk, device } = phone;
    device.faults.next('request', { fail: { errMsg: 'request:fail timeout' } });
    await expect(sdk.auth.loginWithWechat(null)).rejects.toMatchObject(refused(601));
    device.goOffline();
    await expect(sdk.auth.loginWithWechat(null)).rejects.toMatchObject(refused(600));
    const fresh = loadSdk(name, device.wx);
    await expect(fresh.auth.logout()).rejects.toMatchObject(refused(602));
  });

  it('has 611 in its code, and no call that leads there: the device makes that number, and no answer of a server', () => {
    // What throws it stands in for the calls of hosts that lack them, and the build for WeChat puts it in for none.
    const code = readSdk(name);
    expect(code.match(/\b611\b/g)).toHaveLength(2);
    expect(code).toMatch(/fnUnsupportedHandler:function\(\)\{throw new \w+\(611\)\}/);
    expect(code.match(/fnUnsupportedHandler/g)).toHaveLength(1);
    expect(code).toMatch(/case 611:return"unsupported function"/);
  });

  it('says 603 of a person who refuses, beside who they are, and 605 where a code is missing', async () => {
    const { sdk } = phone;
    const { id } = await sdk.auth.loginWithWechat(null);
    const denied = { ...refused(603), id, openid: expect.any(String) };
    const event = await phoneEvent(phone, 'deny');
    const code = await hostCode(phone);
    await expect(sdk.auth.loginWithWechat(event, { code })).rejects.toMatchObject(denied);
    await expect(sdk.auth.updatePhoneNumber(event)).rejects.toMatchObject(denied);
    await expect(sdk.auth.updateUserInfo(null, { code })).rejects.toMatchObject(refused(603));
    await expect(sdk.auth.updateUserInfo({ userInfo: {} })).rejects.toMatchObject(refused(605));
    await expect(sdk.login(true)).rejects.toMatchObject(refused(605));
    await expect(sdk.login()).rejects.toMatchObject(refused(605));
  });
});
