import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BaasError, BaasLinked, BaasUser } from '../../baas.js';
import { type BaasOverHttp, baasOverHttp, newName, type OnBaidu, PASSWORD } from './support/over-http.js';

// What the documentation of swan.BaaS.auth shows, call by call in the same shape and order, on a simulated Baidu and
// denglu's own server.

let http: BaasOverHttp;
beforeAll(async () => {
  http = await baasOverHttp();
});
afterAll(() => http.stop());

interface Event {
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A finger presses a getUserInfo button, and the person answers. */
function press<T>({ device }: OnBaidu, answer: 'allow' | 'deny', handler: (event: Event) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const pressed = device.press(
      { openType: 'getUserInfo' },
      { getuserinfo: (event) => handler(event).then(resolve, reject) },
    );
    pressed[answer]();
  });
}

const refused = (work: Promise<unknown>): Promise<BaasError> =>
  work.then(
    () => {
      throw new Error('It was not refused.');
    },
    (error: BaasError) => error,
  );

/** Somebody who registered elsewhere. */
async function registered(by: 'username' | 'email') {
  const name = by === 'email' ? `${newName()}@example.com` : newName();
  const { swan } = http.onBaidu(http.newPerson());
  const { id } = await swan.BaaS.auth.register({ [by]: name, password: PASSWORD });
  await swan.BaaS.auth.logout();
  return { id, name };
}

/** Baidu tells of no unionid. */
function expectLinked(linked: BaasLinked, id: number) {
  expect(linked).toEqual({
    statusCode: 200,
    data: { message: 'User associated.', openid: expect.stringMatching(/./), status: 'ok', user_id: id },
  });
}

it('loginWithBaidu() answers the user, the same one each time', async () => {
  const person = http.newPerson();
  const user = await http.onBaidu(person).swan.BaaS.auth.loginWithBaidu();
  expect(user.toJSON()).toEqual({
    id: expect.toSatisfy(Number.isSafeInteger),
    user_id: user.id,
    openid: expect.stringMatching(/./),
    nickname: null,
    avatar: null,
    gender: 0,
    country: '',
    province: '',
    city: '',
    language: '',
    is_authorized: false,
    created_at: expect.toSatisfy(Number.isInteger),
    _anonymous: false,
    _email_verified: false,
    _username: null,
    _email: null,
    _phone: null,
    _phone_verified: false,
    session_expires_at: expect.toSatisfy((at: number) => at > Date.now()),
  });
  expect((await http.onBaidu(person).swan.BaaS.auth.loginWithBaidu(null)).id).toBe(user.id);
});

it('one user may have an account of both hosts', async () => {
  const [username, person] = [newName(), http.newPerson()];
  const { wx } = http.onWechat(person);
  const { id } = await wx.BaaS.auth.register({ username, password: PASSWORD });
  const { swan } = http.onBaidu(person);
  const user = await swan.BaaS.auth.login({ username, password: PASSWORD });
  expectLinked(await user.linkBaidu(), id);
  expect((await http.onBaidu(person).swan.BaaS.auth.loginWithBaidu(null, { createUser: false })).id).toBe(id);
});

describe('the event of a getUserInfo button', () => {
  it('signs in, and keeps who one is: the host is asked again after the code, and the event is left as it was', async () => {
    const app = http.onBaidu(http.newPerson({ nickname: '小红', gender: 2 }));
    let before = '';
    let event: Event | undefined;
    const user = await press(app, 'allow', (data) => {
      before = JSON.stringify(data);
      event = data;
      return app.swan.BaaS.auth.loginWithBaidu(data);
    });
    expect([user.nickname, user.avatar]).toEqual(['小红', expect.any(String)]);
    expect([user.gender, user.is_authorized]).toEqual([2, true]);
    expect(JSON.stringify(event)).toBe(before);
    const order = app.device.calls.map(({ api }) => api).filter((api) => api !== 'request');
    expect(order.filter((api) => /getLoginCode|^getUserInfo/.test(api))).toEqual(['getLoginCode', 'getUserInfo']);
  });

  it.each([
    ['overwrite', '新名'],
    ['setnx', '旧名'],
    [false, '旧名'],
    ['false', '旧名'],
  ] as const)('with syncUserProfile %j the name that was there becomes %s', async (syncUserProfile, nickname) => {
    const app = http.onBaidu(http.newPerson({ nickname: '新名' }));
    await app.swan.BaaS.auth.loginWithBaidu();
    await http.server.updateProfile(app.swan.BaaS.flows.getSnapshot().user?.id ?? '', { nickname: '旧名' });
    const user = await press(app, 'allow', (data) => app.swan.BaaS.auth.loginWithBaidu(data, { syncUserProfile }));
    expect(user.nickname).toBe(nickname);
  });

  it('signs in without keeping anything where the server lets no client do so: 616 is of updates alone', async () => {
    const { url } = await http.startServer({ profileUpdates: false });
    const app = http.onBaidu(http.newPerson({ nickname: '小红', gender: 2 }), url);
    const user = await press(app, 'allow', (data) => app.swan.BaaS.auth.loginWithBaidu(data));
    expect([user.nickname, user.gender, user.is_authorized]).toEqual([null, 0, false]);
  });

  it('rejects a refusal with 603, and who it is: somebody is signed in first', async () => {
    const app = http.onBaidu(http.newPerson());
    const error = await refused(press(app, 'deny', (data) => app.swan.BaaS.auth.loginWithBaidu(data)));
    const { id, openid } = await app.swan.BaaS.auth.getCurrentUser();
    expect({ ...error, message: error.message }).toMatchObject({
      id,
      openid,
      code: 603,
      message: 'unauthorized',
      failure: 'denied',
    });
    expect('unionid' in error).toBe(false);
  });

  it('with createUser false answers 404 to an account of nobody; then login by email and linkBaidu() (G-18)', async () => {
    const { name, id } = await registered('email');
    const person = http.newPerson();
    const app = http.onBaidu(person);
    const { auth } = app.swan.BaaS;
    const linked = await press(app, 'allow', (data) =>
      auth.loginWithBaidu(data, { createUser: false }).then(
        () => null,
        (err: BaasError) => {
          if (err.code !== 404) throw err;
          return auth.login({ email: name, password: PASSWORD }).then((user: BaasUser) => user.linkBaidu());
        },
      ),
    );
    expect(linked?.statusCode).toBe(200);
    expect((await http.onBaidu(person).swan.BaaS.auth.loginWithBaidu(null, { createUser: false })).id).toBe(id);
  });
});

describe('updateUserInfo with the event of a getUserInfo button, which brings no code', () => {
  const update = (app: OnBaidu, answer: 'allow' | 'deny' = 'allow') =>
    press(app, answer, (data) => app.swan.BaaS.auth.updateUserInfo(data));

  it('keeps who one is by the key that the server holds, and leaves the session as it is', async () => {
    const app = http.onBaidu(http.newPerson({ nickname: '小红', gender: 2 }));
    const { id } = await app.swan.BaaS.auth.loginWithBaidu();
    const user = await update(app);
    expect([user.id, user.nickname, user.gender, user.is_authorized]).toEqual([id, '小红', 2, true]);
    expect(app.device.calls.filter(({ api }) => api === 'getLoginCode')).toHaveLength(1);
  });

  it('answers 616 where the server lets no client do so, which is its default', async () => {
    const { url } = await http.startServer({ profileUpdates: false });
    const app = http.onBaidu(http.newPerson(), url);
    await app.swan.BaaS.auth.loginWithBaidu();
    expect(await refused(update(app))).toMatchObject({ code: 616, failure: 'profile-updates-off' });
  });

  it('answers 603 to a refusal, and 604 where nobody is signed in', async () => {
    expect(await refused(update(http.onBaidu(http.newPerson())))).toMatchObject({ code: 604 });
    const app = http.onBaidu(http.newPerson());
    await app.swan.BaaS.auth.loginWithBaidu();
    expect(await refused(update(app, 'deny'))).toMatchObject({ code: 603, failure: 'denied' });
  });

  it('answers 400 where Baidu has issued a newer key; the next tap succeeds (G-20)', async () => {
    const person = http.newPerson({ nickname: '小红' });
    const app = http.onBaidu(person);
    const { id } = await app.swan.BaaS.auth.loginWithBaidu();
    http.loginToBaiduElsewhere(person);
    expect(await refused(update(app))).toMatchObject({ code: 400, failure: 'key-stale' });
    await app.swan.BaaS.flows.ensure();
    const user = await update(app);
    expect([user.id, user.nickname]).toEqual([id, '小红']);
  });
});

describe('linking', () => {
  it('login by a name, then linkBaidu()', async () => {
    const { name, id } = await registered('username');
    const { swan } = http.onBaidu(http.newPerson());
    const linked = await swan.BaaS.auth.login({ username: name, password: PASSWORD }).then((user) => user.linkBaidu());
    expectLinked(linked, id);
  });

  it('as written, with a password of six letters, on a server that takes it', async () => {
    const { url } = await http.startServer({ minPasswordLength: 6 });
    const { swan } = http.onBaidu(http.newPerson(), url);
    const { id } = await swan.BaaS.auth.register({ username: 'ifanrx', password: '111111' });
    await swan.BaaS.auth.logout();
    const res = await swan.BaaS.auth.login({ username: 'ifanrx', password: '111111' }).then((user) => user.linkBaidu());
    expectLinked(res, id);
  });

  it('silently with createUser false, then login by email and linkBaidu()', async () => {
    const { name } = await registered('email');
    const { auth } = http.onBaidu(http.newPerson()).swan.BaaS;
    const linked = await auth.loginWithBaidu(null, { createUser: false }).then(
      () => null,
      (err: BaasError) => {
        if (err.code !== 404) throw err;
        return auth.login({ email: name, password: PASSWORD }).then((user) => user.linkBaidu());
      },
    );
    expect(linked?.statusCode).toBe(200);
  });

  it('linkBaidu(data) in a button’s handler keeps who one is, as before SDK 3.19.1', async () => {
    const { name, id } = await registered('username');
    const app = http.onBaidu(http.newPerson({ nickname: '小兰' }));
    const { auth } = app.swan.BaaS;
    const linked = await press(app, 'allow', (data) =>
      auth
        .login({ username: name, password: PASSWORD })
        .then((user) => user.linkBaidu(data, { syncUserProfile: 'overwrite' })),
    );
    expectLinked(linked, id);
    expect((await auth.getCurrentUser()).nickname).toBe('小兰');
  });

  it('linkBaidu(data) answers 603 to a refusal, and links nothing', async () => {
    const { name } = await registered('username');
    const person = http.newPerson();
    const app = http.onBaidu(person);
    const { auth } = app.swan.BaaS;
    const error = await refused(
      press(app, 'deny', (data) =>
        auth.login({ username: name, password: PASSWORD }).then((user) => user.linkBaidu(data)),
      ),
    );
    expect(error).toMatchObject({ code: 603, message: 'unauthorized' });
    const again = http.onBaidu(person).swan.BaaS.auth;
    expect(await refused(again.loginWithBaidu(null, { createUser: false }))).toMatchObject({ code: 404 });
  });
});

it('the calls of WeChat answer 611 on Baidu, and Baidu’s own phone button signs nobody in', async () => {
  const { auth } = http.onBaidu(http.newPerson()).swan.BaaS;
  expect(await refused(auth.loginWithWechat())).toMatchObject({ code: 611, failure: 'unsupported' });
  const user = await auth.loginWithBaidu();
  expect(await refused(user.linkWechat())).toMatchObject({ code: 611, failure: 'unsupported' });
  const event = { type: 'getphonenumber', detail: { errMsg: 'getPhoneNumber:ok', encryptedData: 'x', iv: 'y' } };
  expect(await refused(auth.loginWithBaidu(event))).toMatchObject({ code: 605 });
});

it('where nobody is signed in to Baidu, signing in is refused as 603, and the reason stands beside it (B-01)', async () => {
  const { device, swan } = http.onBaidu(http.newPerson());
  device.signOut();
  expect(await refused(swan.BaaS.auth.loginWithBaidu())).toMatchObject({ code: 603, failure: 'host-signed-out' });
});
