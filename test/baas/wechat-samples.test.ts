import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BaasError, BaasLinked, BaasUser, LegacySession, LegacyUserInfo } from '../../baas.js';
import { type BaasOverHttp, baasOverHttp, newName, type OnWechat, PASSWORD } from './support/over-http.js';

// What the documentation of wx.BaaS.auth shows, call by call in the same shape and order, on a simulated WeChat and
// denglu's own server.

let http: BaasOverHttp;
beforeAll(async () => {
  http = await baasOverHttp();
});
afterAll(() => http.stop());

/** The last one whose sheet tells who one is (W-08) and whose phone button gives no code (W-13). */
const WITH_CODE = { baseLibrary: '2.20.0' };
const BEFORE_2_16 = { baseLibrary: '2.15.0' };
const WITH_PHONE_CODE = { baseLibrary: '3.7.0' };

interface Event {
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A finger presses a getUserInfo button, and the person answers. */
function pressUserInfo<T>(
  { device }: OnWechat,
  answer: 'allow' | 'deny',
  handler: (event: Event) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const press = device.press(
      { openType: 'getUserInfo', lang: 'zh_CN' },
      { getuserinfo: (event) => handler(event).then(resolve, reject) },
    );
    press[answer]();
  });
}

/** The same with a phone button, whose tap fetches a login code as the sample has it (`catchtap`). */
function pressPhone<T>(
  { device, wx }: OnWechat,
  answer: 'allow' | 'deny',
  handler: (event: Event, code: string) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let given = '';
    const press = device.press(
      { openType: 'getPhoneNumber' },
      {
        tap: () =>
          wx.login({
            success({ code }) {
              given = code;
              press[answer]();
            },
          }),
        getphonenumber: (event) => handler(event, given).then(resolve, reject),
      },
    );
  });
}

const refused = (work: Promise<unknown>): Promise<BaasError> =>
  work.then(
    () => {
      throw new Error('It was not refused.');
    },
    (error: BaasError) => error,
  );

const wholeNumber = (value: number) => Number.isSafeInteger(value) && value > 0;

function expectUser(user: BaasUser) {
  expect(user.toJSON()).toEqual({
    id: expect.toSatisfy(wholeNumber),
    user_id: user.id,
    openid: expect.any(String),
    unionid: expect.any(String),
    nickname: user.nickname,
    avatar: user.avatar,
    gender: expect.toSatisfy((gender: number) => [0, 1, 2].includes(gender)),
    country: expect.any(String),
    province: expect.any(String),
    city: expect.any(String),
    language: expect.any(String),
    is_authorized: user.nickname !== null || user.avatar !== null,
    created_at: expect.toSatisfy((at: number) => Number.isInteger(at) && Math.abs(at - Date.now() / 1000) < 600),
    _anonymous: false,
    _email_verified: false,
    _username: user._username,
    _email: user._email,
    _phone: user._phone,
    _phone_verified: user._phone_verified,
    session_expires_at: expect.toSatisfy((at: number) => at > Date.now()),
  });
  expect(JSON.parse(JSON.stringify(user))).toEqual(user.toJSON());
}

/** A refusal as the documentation shows it, with who is signed in. */
function expectUnauthorized(error: BaasError, user: { id: number; openid: string }) {
  expect(error).toBeInstanceOf(Error);
  expect({ ...error, message: error.message }).toMatchObject({
    id: user.id,
    openid: user.openid,
    unionid: expect.any(String),
    code: 603,
    message: 'unauthorized',
    failure: 'denied',
  });
}

/** Somebody who registered elsewhere. */
async function registered(by: 'username' | 'email') {
  const name = by === 'email' ? `${newName()}@example.com` : newName();
  const { wx } = http.onWechat(http.newPerson());
  const { id } = await wx.BaaS.auth.register({ [by]: name, password: PASSWORD });
  await wx.BaaS.auth.logout();
  return { id, name };
}

describe('silent sign-in', () => {
  it('loginWithWechat() answers the user, the same one each time', async () => {
    const person = http.newPerson();
    const { wx } = http.onWechat(person);
    const user = await wx.BaaS.auth.loginWithWechat();
    expectUser(user);
    expect(user.openid).not.toBe('');
    const again = http.onWechat(person);
    expect((await again.wx.BaaS.auth.loginWithWechat(null)).id).toBe(user.id);
    expect((await again.wx.BaaS.auth.getCurrentUser()).toJSON()).toMatchObject({ id: user.id });
  });

  it('names and a password are set after it, and the next sign-in is by them', async () => {
    const { wx } = http.onWechat(http.newPerson());
    const user = await wx.BaaS.auth.loginWithWechat();
    const [username, email] = [newName(), `${newName()}@example.com`];
    expect((await user.setUsername(username))._username).toBe(username);
    expect((await user.setEmail(email))._email).toBe(email);
    await user.setAccount({ password: PASSWORD });
    await user.updatePassword({ password: PASSWORD, newPassword: 'another good one' });
    expect((await user.setMobilePhone(`137${String(Date.now()).slice(-8)}`))._phone_verified).toBe(false);
    await wx.BaaS.auth.logout();
    expect((await wx.BaaS.auth.login({ email, password: 'another good one' })).id).toBe(user.id);
    expect(await refused(wx.BaaS.auth.login({ username, password: PASSWORD }))).toMatchObject({
      code: 400,
      failure: 'password-wrong',
    });
  });

  it('withUnionID finds the person who signed in by another phone', async () => {
    const person = http.newPerson();
    const user = await http.onWechat(person).wx.BaaS.auth.loginWithWechat(null, { withUnionID: true });
    const again = await http
      .onWechat(person)
      .wx.BaaS.auth.loginWithWechat(null, { withUnionID: true, createUser: false });
    expect([again.id, again.unionid]).toEqual([user.id, user.unionid]);
  });
});

describe.each([
  ['by its cipher text', WITH_CODE],
  ['by a phone code', WITH_PHONE_CODE],
])('sign-in by phone, %s (W-13)', (_, phone) => {
  it('takes the code that the app fetched in the tap', async () => {
    const person = http.newPerson();
    const app = http.onWechat(person, phone);
    const user = await pressPhone(app, 'allow', (data, code) => app.wx.BaaS.auth.loginWithWechat(data, { code }));
    expectUser(user);
    expect([user._phone, user._phone_verified]).toEqual([`+86${person.phoneNumber}`, true]);
  });

  it('answers 603 to a refusal, with who is signed in', async () => {
    const app = http.onWechat(http.newPerson(), phone);
    const user = await app.wx.BaaS.auth.loginWithWechat();
    const error = await refused(
      pressPhone(app, 'deny', (data, code) => app.wx.BaaS.auth.loginWithWechat(data, { code })),
    );
    expectUnauthorized(error, user);
  });

  it('answers 404 with createUser false, and makes nobody', async () => {
    const app = http.onWechat(http.newPerson(), phone);
    const error = await refused(
      pressPhone(app, 'allow', (data, code) => app.wx.BaaS.auth.loginWithWechat(data, { code, createUser: false })),
    );
    expect([error.code, error.message]).toEqual([404, 'not found']);
    expect(await refused(app.wx.BaaS.auth.getCurrentUser())).toMatchObject({ code: 604 });
  });
});

describe('sign-in by phone without a code of the app’s', () => {
  it('takes one by itself where nothing is encrypted (W-13)', async () => {
    const person = http.newPerson();
    const app = http.onWechat(person, WITH_PHONE_CODE);
    const user = await pressPhone(app, 'allow', (data) => app.wx.BaaS.auth.loginWithWechat(data));
    expect(user._phone).toBe(`+86${person.phoneNumber}`);
  });

  /** The button alone, without the sample's `catchtap`. */
  const press = ({ device, wx }: OnWechat, options?: { withUnionID: boolean }) =>
    new Promise<BaasUser>((resolve, reject) => {
      device
        .press(
          { openType: 'getPhoneNumber' },
          { getphonenumber: (data) => wx.BaaS.auth.loginWithWechat(data, options).then(resolve, reject) },
        )
        .allow();
    });

  it('reads an encrypted number with the key that the server holds for whoever has signed in silently (G-03)', async () => {
    const person = http.newPerson();
    const app = http.onWechat(person, WITH_CODE);
    const { id } = await app.wx.BaaS.auth.loginWithWechat();
    const user = await press(app);
    expectUser(user);
    expect([user.id, user._phone, user._phone_verified]).toEqual([id, `+86${person.phoneNumber}`, true]);
    expect(app.device.calls.filter(({ api }) => api === 'login')).toHaveLength(1);
  });

  it('answers 605 where the number is encrypted and no such key is there: the code is missing, and none is fetched too late (G-03)', async () => {
    const app = http.onWechat(http.newPerson(), WITH_CODE);
    expect(await refused(press(app))).toMatchObject({ code: 605 });
    await app.wx.BaaS.auth.register({ username: newName(), password: PASSWORD });
    expect(await refused(press(app))).toMatchObject({ code: 605 });
    expect(app.device.calls.filter(({ api }) => api === 'login')).toEqual([]);
    await app.wx.BaaS.auth.loginWithWechat();
    expect(await refused(press(app, { withUnionID: true }))).toMatchObject({ code: 605 });
  });

  it('answers 400 where a newer key than the server’s is in force, and the next tap succeeds (G-20)', async () => {
    const person = http.newPerson();
    const app = http.onWechat(person, WITH_CODE);
    await app.wx.BaaS.auth.loginWithWechat();
    await http.loginElsewhere(person);
    expect(await refused(press(app))).toMatchObject({ code: 400, failure: 'key-stale' });
    await expect
      .poll(() => app.wx.BaaS.flows.getSnapshot(), { timeout: 5000 })
      .toMatchObject({ status: 'signedIn', busy: false });
    expect((await press(app))._phone).toBe(`+86${person.phoneNumber}`);
  });
});

describe('updateUserInfo', () => {
  /** As the sample for base library 2.16.0 and later: a code and the profile, started in the same tap (W-07). */
  function updateWithCode({ device, wx }: OnWechat, answer: 'allow' | 'deny' = 'allow'): Promise<BaasUser> {
    device.answers.next('getUserProfile', answer);
    return device.tap(() => {
      const getLoginCode = new Promise<string>((resolve) => {
        wx.login({ success: (res) => resolve(res.code) });
      });
      const getUserProfile = new Promise<object>((resolve) => {
        wx.getUserProfile({ desc: '获取用户信息', success: (res) => resolve(res), fail: (res) => resolve(res) });
      });
      return Promise.all([getLoginCode, getUserProfile]).then(([code, userProfile]) =>
        wx.BaaS.auth.updateUserInfo(userProfile, { code }),
      );
    });
  }

  it('keeps the profile with a code, from base library 2.16.0 on', async () => {
    const app = http.onWechat(http.newPerson({ nickname: '小红' }), WITH_CODE);
    const { id } = await app.wx.BaaS.auth.loginWithWechat();
    const user = await updateWithCode(app);
    expectUser(user);
    expect([user.id, user.nickname, user.avatar]).toEqual([id, '小红', expect.stringMatching(/^https/)]);
  });

  /** As the sample before base library 2.16.0 has it: the profile alone. */
  async function updateWithoutCode({ device, wx }: OnWechat, syncUserProfile?: 'overwrite' | 'setnx' | false) {
    device.answers.next('getUserProfile', 'allow');
    const data = await new Promise<object>((resolve) => {
      device.tap(() => wx.getUserProfile({ desc: '更新用户信息', lang: 'zh_CN', success: resolve }));
    });
    return wx.BaaS.auth.updateUserInfo(data, { ...(syncUserProfile !== undefined && { syncUserProfile }) });
  }

  it.each([
    ['with a code', WITH_CODE, (app: OnWechat) => updateWithCode(app), 'en'],
    ['without one, before 2.16.0', BEFORE_2_16, (app: OnWechat) => updateWithoutCode(app), 'zh_CN'],
  ] as const)('keeps gender, place and language, %s', async (_, phone, update, language) => {
    const lives = { gender: 2, country: 'China', province: 'Guangdong', city: 'Huizhou' } as const;
    const app = http.onWechat(http.newPerson(lives), phone);
    const before = await app.wx.BaaS.auth.loginWithWechat();
    expect(before.toJSON()).toMatchObject({ gender: 0, country: '', province: '', city: '', language: '' });
    expect(before.is_authorized).toBe(false);
    const user = await update(app);
    const record = { ...lives, language, is_authorized: true, created_at: before.created_at };
    expect(user.toJSON()).toMatchObject(record);
    expect((await app.wx.BaaS.auth.getCurrentUser()).toJSON()).toMatchObject(record);
  });

  it.each([
    ['overwrite', { gender: 1, country: 'Andorra', province: '', city: '', language: 'zh_CN' }],
    ['setnx', { gender: 2, country: 'China', province: 'Guangdong', city: 'Huizhou', language: 'zh_CN' }],
    [false, { gender: 2, country: 'China', province: 'Guangdong', city: 'Huizhou', language: '' }],
  ] as const)('with syncUserProfile %j what was known of gender and place becomes %o', async (sync, expected) => {
    const moved = { gender: 1, country: 'Andorra', province: '', city: '' } as const;
    const app = http.onWechat(http.newPerson(moved), BEFORE_2_16);
    await app.wx.BaaS.auth.loginWithWechat();
    const known = { gender: 2, country: 'China', province: 'Guangdong', city: 'Huizhou' } as const;
    await http.server.updateProfile(app.wx.BaaS.flows.getSnapshot().user?.id ?? '', known);
    expect((await updateWithoutCode(app, sync)).toJSON()).toMatchObject(expected);
  });

  it('keeps the profile without a code, before 2.16.0', async () => {
    const { device, wx } = http.onWechat(http.newPerson({ nickname: '小刚' }), BEFORE_2_16);
    await wx.BaaS.auth.loginWithWechat();
    device.answers.next('getUserProfile', 'allow');
    const user = await new Promise<BaasUser>((resolve, reject) => {
      device.tap(() =>
        wx.getUserProfile({
          desc: '更新用户信息',
          success: (data) => wx.BaaS.auth.updateUserInfo(data).then(resolve, reject),
        }),
      );
    });
    expect(user.nickname).toBe('小刚');
  });

  it('answers 603 to a refusal, with who is signed in', async () => {
    const app = http.onWechat(http.newPerson(), WITH_CODE);
    const user = await app.wx.BaaS.auth.loginWithWechat();
    expectUnauthorized(await refused(updateWithCode(app, 'deny')), user);
  });

  it('answers 604 where nobody is signed in, and 605 where the code is missing', async () => {
    const app = http.onWechat(http.newPerson(), WITH_CODE);
    expect(await refused(updateWithCode(app))).toMatchObject({ code: 604 });
    await app.wx.BaaS.auth.loginWithWechat();
    const told = { errMsg: 'getUserProfile:ok', userInfo: { nickName: '小红', avatarUrl: '' } };
    expect(await refused(app.wx.BaaS.auth.updateUserInfo(told))).toMatchObject({ code: 605 });
  });

  it('answers 616 where the server lets no client do so, which is its default; the server itself can', async () => {
    const { url, server } = await http.startServer({ profileUpdates: false });
    const app = http.onWechat(http.newPerson(), WITH_CODE, url);
    await app.wx.BaaS.auth.loginWithWechat();
    expect(await refused(updateWithCode(app))).toMatchObject({ code: 616, failure: 'profile-updates-off' });
    const userId = app.wx.BaaS.flows.getSnapshot().user?.id ?? '';
    await server.updateProfile(userId, { nickname: '由服务端写入' });
    expect((await app.wx.BaaS.auth.getCurrentUser()).nickname).toBe('由服务端写入');
  });

  it.each([
    ['overwrite', '新名'],
    ['setnx', '旧名'],
    [false, '旧名'],
    ['false', '旧名'],
  ] as const)('with syncUserProfile %j the name that was there becomes %s', async (syncUserProfile, nickname) => {
    const { device, wx } = http.onWechat(http.newPerson({ nickname: '新名' }), BEFORE_2_16);
    await wx.BaaS.auth.loginWithWechat();
    await http.server.updateProfile(wx.BaaS.flows.getSnapshot().user?.id ?? '', { nickname: '旧名' });
    device.answers.next('getUserProfile', 'allow');
    const data = await new Promise<object>((resolve) => {
      device.tap(() => wx.getUserProfile({ desc: '更新用户信息', success: resolve }));
    });
    expect((await wx.BaaS.auth.updateUserInfo(data, { syncUserProfile })).nickname).toBe(nickname);
  });
});

describe.each([
  ['by its cipher text', WITH_CODE],
  ['by a phone code', WITH_PHONE_CODE],
])('updatePhoneNumber, %s', (_, phone) => {
  const update = ({ device, wx }: OnWechat, answer: 'allow' | 'deny', options?: { overwrite?: boolean }) =>
    new Promise<BaasUser>((resolve, reject) => {
      const press = device.press(
        { openType: 'getPhoneNumber' },
        { getphonenumber: (data) => wx.BaaS.auth.updatePhoneNumber(data, options).then(resolve, reject) },
      );
      press[answer]();
    });

  it('sets the number of whoever is signed in', async () => {
    const person = http.newPerson();
    const app = http.onWechat(person, phone);
    await app.wx.BaaS.auth.loginWithWechat();
    const user = await update(app, 'allow');
    expectUser(user);
    expect([user._phone, user._phone_verified]).toEqual([`+86${person.phoneNumber}`, true]);
  });

  it('answers 400 where another one is not to be overwritten, 603 to a refusal, 604 to nobody', async () => {
    const app = http.onWechat(http.newPerson(), phone);
    expect(await refused(update(app, 'allow'))).toMatchObject({ code: 604 });
    const user = await app.wx.BaaS.auth.loginWithWechat();
    await user.setMobilePhone(`136${String(Math.random()).slice(2, 10)}`);
    expect(await refused(update(app, 'allow', { overwrite: false }))).toMatchObject({
      code: 400,
      failure: 'phone-already-set',
    });
    expectUnauthorized(await refused(update(app, 'deny')), user);
  });
});

it('updatePhoneNumber answers 400 where another phone put a newer key in force, and the next tap succeeds (G-20)', async () => {
  const person = http.newPerson();
  const { device, wx } = http.onWechat(person, WITH_CODE);
  await wx.BaaS.auth.loginWithWechat();
  const tap = () =>
    new Promise<BaasUser>((resolve, reject) => {
      device
        .press(
          { openType: 'getPhoneNumber' },
          { getphonenumber: (data) => wx.BaaS.auth.updatePhoneNumber(data).then(resolve, reject) },
        )
        .allow();
    });
  await http.loginElsewhere(person);
  expect(await refused(tap())).toMatchObject({ code: 400, failure: 'key-stale' });
  await expect
    .poll(() => wx.BaaS.flows.getSnapshot(), { timeout: 5000 })
    .toMatchObject({ status: 'signedIn', busy: false });
  expect((await tap())._phone).toBe(`+86${person.phoneNumber}`);
});

it('updatePhoneNumber reads no cipher text for who has no account of this host, however often, until it is linked', async () => {
  const person = http.newPerson();
  const { device, wx } = http.onWechat(person, WITH_CODE);
  const user = await wx.BaaS.auth.register({ username: newName(), password: PASSWORD });
  const tap = () =>
    new Promise<BaasUser>((resolve, reject) => {
      device
        .press(
          { openType: 'getPhoneNumber' },
          { getphonenumber: (data) => wx.BaaS.auth.updatePhoneNumber(data).then(resolve, reject) },
        )
        .allow();
    });
  for (const _ of [1, 2]) expect(await refused(tap())).toMatchObject({ code: 400, failure: 'key-stale' });
  await user.linkWechat();
  expect((await tap())._phone).toBe(`+86${person.phoneNumber}`);
});

it('updatePhoneNumber reads what is sealed with the key of a code that the app brought', async () => {
  const app = http.onWechat(http.newPerson(), WITH_CODE);
  const { id } = await pressPhone(app, 'allow', (data, code) => app.wx.BaaS.auth.loginWithWechat(data, { code }));
  const user = await new Promise<BaasUser>((resolve, reject) => {
    app.device
      .press(
        { openType: 'getPhoneNumber' },
        { getphonenumber: (data) => app.wx.BaaS.auth.updatePhoneNumber(data).then(resolve, reject) },
      )
      .allow();
  });
  expect([user.id, user._phone_verified]).toEqual([id, true]);
});

describe('linking', () => {
  const expectLinked = (linked: BaasLinked, id: number) =>
    expect(linked).toEqual({
      statusCode: 200,
      data: {
        message: 'User associated.',
        openid: expect.stringMatching(/./),
        status: 'ok',
        unionid: expect.any(String),
        user_id: id,
      },
    });

  it('login by a name, then linkWechat(): the next silent sign-in finds the same user', async () => {
    const { name, id } = await registered('username');
    const person = http.newPerson();
    const { wx } = http.onWechat(person);
    const linked = await wx.BaaS.auth.login({ username: name, password: PASSWORD }).then((user) => user.linkWechat());
    expectLinked(linked, id);
    expect((await http.onWechat(person).wx.BaaS.auth.loginWithWechat(null, { createUser: false })).id).toBe(id);
  });

  it('as written, with passwords of six letters, on a server that takes them', async () => {
    const { url } = await http.startServer({ minPasswordLength: 6 });
    const person = http.newPerson();
    const { wx } = http.onWechat(person, {}, url);
    const { id } = await wx.BaaS.auth.register({ username: 'ifanrx', password: '111111' });
    await wx.BaaS.auth.logout();
    const res = await wx.BaaS.auth.login({ username: 'ifanrx', password: '111111' }).then((user) => user.linkWechat());
    expectLinked(res, id);
    const weak = { username: newName(), password: '11111' };
    expect(await refused(wx.BaaS.auth.register(weak))).toMatchObject({ code: 400, failure: 'password-too-weak' });
    await wx.BaaS.auth.register({ email: 'ifanrx@ifanr.com', password: 'ifanrx123' });
    expect((await wx.BaaS.auth.login({ email: 'ifanrx@ifanr.com', password: 'ifanrx123' }))._email).toBe(
      'ifanrx@ifanr.com',
    );
    const other = { username: newName(), password: '111111' };
    const { auth } = http.onWechat(person).wx.BaaS;
    expect(await refused(auth.register(other))).toMatchObject({ code: 400, failure: 'password-too-weak' });
    expect((await auth.login({ username: 'ifanrx', password: '111111' })).id).toBe(id);
  });

  it('createUser false answers 404; then login by email and linkWechat() (G-18)', async () => {
    const { name, id } = await registered('email');
    const person = http.newPerson();
    const { wx } = http.onWechat(person);
    const linked = await wx.BaaS.auth.loginWithWechat(null, { createUser: false }).then(
      () => null,
      (err: BaasError) => {
        if (err.code !== 404) throw err;
        return wx.BaaS.auth.login({ email: name, password: PASSWORD }).then((user) => user.linkWechat());
      },
    );
    expect(linked?.statusCode).toBe(200);
    expect((await http.onWechat(person).wx.BaaS.auth.loginWithWechat(null, { createUser: false })).id).toBe(id);
  });

  it('the same after a getUserInfo button, with linkWechat(data.detail), as before SDK 3.18', async () => {
    const { name, id } = await registered('email');
    const app = http.onWechat(http.newPerson({ nickname: '小兰' }), WITH_CODE);
    const { wx } = app;
    const linked = await pressUserInfo(app, 'allow', (data) =>
      wx.BaaS.auth.loginWithWechat(data, { createUser: false }).then(
        () => null,
        (err: BaasError) => {
          if (err.code !== 404) throw err;
          return wx.BaaS.auth.login({ email: name, password: PASSWORD }).then((user) => user.linkWechat(data.detail));
        },
      ),
    );
    if (linked) expectLinked(linked, id);
    expect(linked?.statusCode).toBe(200);
    expect((await wx.BaaS.auth.getCurrentUser()).nickname).toBe('小兰');
  });

  it('linkWechat(res) in the success of getUserInfo', async () => {
    const { name, id } = await registered('username');
    const app = http.onWechat(http.newPerson(), WITH_CODE);
    await pressUserInfo(app, 'allow', async () => {});
    await app.wx.BaaS.auth.login({ username: name, password: PASSWORD });
    const linked = await new Promise<BaasLinked>((resolve, reject) => {
      app.wx.getUserInfo({
        success(res) {
          app.wx.BaaS.auth
            .getCurrentUser()
            .then((user) => user.linkWechat(res))
            .then(resolve, reject);
        },
      });
    });
    expectLinked(linked, id);
  });

  it('answers 400 where the account is somebody else’s, and 612 to an anonymous user (G-19)', async () => {
    const person = http.newPerson();
    const { wx } = http.onWechat(person);
    await wx.BaaS.auth.loginWithWechat();
    const { name } = await registered('username');
    const user = await wx.BaaS.auth.login({ username: name, password: PASSWORD });
    expect(await refused(user.linkWechat({ withUnionID: true }))).toMatchObject({
      code: 400,
      failure: 'linked-elsewhere',
    });
    const anonymous = await wx.BaaS.auth.anonymousLogin();
    expect([anonymous._anonymous, user._anonymous]).toEqual([true, false]);
    expect(await refused(anonymous.linkWechat())).toMatchObject({ code: 612 });
    expect(await refused(user.linkWechat())).toMatchObject({ code: 604 });
    expect(await refused(anonymous.linkBaidu())).toMatchObject({ code: 611 });
    expect(await refused(wx.BaaS.auth.loginWithBaidu())).toMatchObject({ code: 611 });
  });
});

describe('before SDK 3.18', () => {
  it('loginWithWechat(data) signs in, and keeps who one is', async () => {
    const app = http.onWechat(http.newPerson({ nickname: '小芳' }), WITH_CODE);
    const user = await pressUserInfo(app, 'allow', (data) => app.wx.BaaS.auth.loginWithWechat(data));
    expectUser(user);
    expect(user.nickname).toBe('小芳');
    expect(app.device.calls.filter(({ api }) => api === 'login')).toHaveLength(1);
  });

  it('signs in first where the person refuses, so that the refusal tells who it is', async () => {
    const app = http.onWechat(http.newPerson(), WITH_CODE);
    const error = await refused(pressUserInfo(app, 'deny', (data) => app.wx.BaaS.auth.loginWithWechat(data)));
    expectUnauthorized(error, await app.wx.BaaS.auth.getCurrentUser());
  });

  it('signs in without keeping anything where the server lets no client do so', async () => {
    const { url } = await http.startServer({ profileUpdates: false });
    const app = http.onWechat(http.newPerson(), WITH_CODE, url);
    const user = await pressUserInfo(app, 'allow', (data) => app.wx.BaaS.auth.loginWithWechat(data));
    expect(user.nickname).toBeNull();
  });

  it('asks the host again, since the event was sealed before the code, and overwrites only where told so', async () => {
    const person = http.newPerson({ nickname: '真名' });
    const app = http.onWechat(person, WITH_CODE);
    await app.wx.BaaS.auth.loginWithWechat();
    await http.server.updateProfile(app.wx.BaaS.flows.getSnapshot().user?.id ?? '', { nickname: '旧名' });
    const kept = await pressUserInfo(app, 'allow', (data) => app.wx.BaaS.auth.loginWithWechat(data));
    expect(kept.nickname).toBe('旧名');
    const renamed = await pressUserInfo(app, 'allow', (data) =>
      app.wx.BaaS.auth.loginWithWechat(data, { syncUserProfile: 'overwrite' }),
    );
    expect(renamed.nickname).toBe('真名');
    expect(app.device.calls.filter(({ api }) => api === 'getUserInfo')).toHaveLength(2);
  });
});

describe('before SDK 2', () => {
  it('BaaS.login(false) answers who it is, and until when in milliseconds', async () => {
    const { wx } = http.onWechat(http.newPerson());
    const res: LegacySession = await wx.BaaS.login(false);
    expect(res).toEqual({
      id: expect.toSatisfy(wholeNumber),
      openid: expect.stringMatching(/./),
      unionid: expect.any(String),
      session_expires_at: expect.toSatisfy((at: number) => at > Date.now()),
    });
  });

  it('BaaS.login() and BaaS.login(true) answer 605', async () => {
    const { device, wx } = http.onWechat(http.newPerson());
    expect(await refused(wx.BaaS.login())).toMatchObject({ code: 605 });
    expect(await refused(wx.BaaS.login(true))).toMatchObject({ code: 605 });
    expect(device.calls.filter(({ api }) => api === 'login')).toEqual([]);
  });

  it('handleUserInfo answers who it is and what the host told, as plain data', async () => {
    const app = http.onWechat(http.newPerson({ nickname: 'Larry。' }), WITH_CODE);
    const res: LegacyUserInfo = await pressUserInfo(app, 'allow', (data) => app.wx.BaaS.handleUserInfo(data));
    expect(res).toEqual({
      avatarUrl: expect.stringMatching(/^https/),
      city: expect.any(String),
      country: expect.any(String),
      gender: expect.any(Number),
      id: expect.toSatisfy(wholeNumber),
      language: 'zh_CN',
      nickName: 'Larry。',
      openid: expect.stringMatching(/./),
      province: expect.any(String),
      unionid: expect.any(String),
      session_expires_at: expect.toSatisfy((at: number) => at > Date.now()),
    });
  });

  it('handleUserInfo rejects a refusal with plain data, and everything else with an error', async () => {
    const app = http.onWechat(http.newPerson(), WITH_CODE);
    const res: unknown = await refused(pressUserInfo(app, 'deny', (data) => app.wx.BaaS.handleUserInfo(data)));
    expect(res).not.toBeInstanceOf(Error);
    const { id, openid, unionid, session_expires_at } = await app.wx.BaaS.auth.getCurrentUser();
    expect(res).toEqual({ id, openid, unionid, session_expires_at });
    app.device.goOffline();
    const error = await refused(pressUserInfo(app, 'allow', (data) => app.wx.BaaS.handleUserInfo(data)));
    expect(error).toBeInstanceOf(Error);
  });
});

describe('the other ways in', () => {
  it('register and login by each name', async () => {
    const { wx } = http.onWechat(http.newPerson());
    const [username, email] = [newName(), `${newName()}@example.com`];
    const user = await wx.BaaS.auth.register({ username, password: PASSWORD });
    expectUser(user);
    expect(user.openid).toBe('');
    expect((await user.setEmail(email)).get('_email')).toBe(email);
    expect((await wx.BaaS.auth.login({ email, password: PASSWORD })).id).toBe(user.id);
    expect(await refused(wx.BaaS.auth.register({ username, password: PASSWORD }))).toMatchObject({
      code: 400,
      failure: 'name-taken',
    });
  });

  it('by a code in an SMS, with 404 where nobody has the number and nobody is to be made', async () => {
    const { wx } = http.onWechat(http.newPerson());
    const phone = `135${String(Math.random()).slice(2, 10)}`;
    const { loginWithSmsVerificationCode } = wx.BaaS.auth;
    const code = await http.sendSms(phone);
    expect(await refused(loginWithSmsVerificationCode(phone, '000', { createUser: false }))).toMatchObject({
      code: 400,
    });
    expect(await refused(loginWithSmsVerificationCode(phone, code, { createUser: false }))).toMatchObject({
      code: 404,
    });
    const user = await loginWithSmsVerificationCode(phone, code);
    expect([user._phone, user._phone_verified]).toEqual([`+86${phone}`, true]);
  });

  it('a mail resets a password', async () => {
    const { name } = await registered('email');
    const { wx } = http.onWechat(http.newPerson());
    await wx.BaaS.auth.requestPasswordReset({ email: name });
    await expect.poll(() => http.resets.at(-1)?.email, { timeout: 5000 }).toBe(name);
  });

  it('logout forgets the user, also on the server', async () => {
    const { wx } = http.onWechat(http.newPerson());
    await wx.BaaS.auth.loginWithWechat();
    await wx.BaaS.auth.logout();
    expect(await refused(wx.BaaS.auth.getCurrentUser())).toMatchObject({ code: 604 });
  });
});
