import { describe, expect, it } from 'vitest';
import type { BaaS } from '../../baas.js';
import { answerOf, createBaasBench, SOON } from './support/virtual.js';

// What the published SDK was seen to get wrong, each asked of denglu's own.

const PASSWORD = 'correct horse battery';
const WITH_CIPHER = { baseLibrary: '2.20.0' };
const phoneEvent = (errMsg: string, more: object = {}) => ({ type: 'getphonenumber', detail: { errMsg, ...more } });

function started(phone = {}) {
  const bench = createBaasBench(phone);
  const BaaS = bench.onWechat();
  BaaS.init('a client id');
  return { ...bench, BaaS };
}

describe('1: calls in flight are shared by what they want, and by nothing less (G-05, G-06)', () => {
  it('equal ones share one request, and one user', async () => {
    const { BaaS, outcome, requests, device } = started();
    const users = answerOf(await outcome(Promise.all(Array.from({ length: 100 }, () => BaaS.auth.loginWithWechat()))));
    expect(new Set(users.map(({ id }) => id)).size).toBe(1);
    expect([requests('/sign-in'), device.maxConcurrent('login')]).toEqual([1, 1]);
  });

  it('createUser false is refused, while a plain call of the same tick makes the user', async () => {
    const { BaaS, outcome, requests } = started();
    const [first, second] = [BaaS.auth.loginWithWechat(null, { createUser: false }), BaaS.auth.loginWithWechat()];
    const refusal = outcome(first, 0);
    expect(answerOf(await outcome(second, 3 * SOON)).id).toSatisfy(Number.isSafeInteger);
    await refusal;
    expect(await outcome(first)).toMatchObject({ code: 404 });
    expect(requests('/sign-in')).toBe(2);
  });

  it('login(a) and login(b) answer a and b', async () => {
    const { BaaS, outcome } = started();
    const made = [];
    for (const username of ['xiaoming', 'xiaohong']) {
      made.push(answerOf(await outcome(BaaS.auth.register({ username, password: PASSWORD }))).id);
    }
    const both = [
      BaaS.auth.login({ username: 'xiaoming', password: PASSWORD }),
      BaaS.auth.login({ username: 'xiaohong', password: PASSWORD }),
    ];
    expect(answerOf(await outcome(Promise.all(both), 3 * SOON)).map(({ id }) => id)).toEqual(made);
    expect(answerOf(await outcome(BaaS.auth.getCurrentUser())).id).toBe(made[1]);
  });

  it('a login by password and a silent one of the same tick answer each their own', async () => {
    const { BaaS, outcome } = started();
    const { id } = answerOf(await outcome(BaaS.auth.register({ username: 'xiaoming', password: PASSWORD })));
    await outcome(BaaS.auth.logout());
    const both = [BaaS.auth.loginWithWechat(), BaaS.auth.login({ username: 'xiaoming', password: PASSWORD })];
    const [silent, named] = answerOf(await outcome(Promise.all(both), 3 * SOON));
    expect([silent?.openid !== '', named?.id]).toEqual([true, id]);
    expect(silent?.id).not.toBe(id);
  });
});

describe('equal reads that are under way are one', () => {
  const hundred = (BaaS: BaaS) => Promise.all(Array.from({ length: 100 }, () => BaaS.auth.getCurrentUser()));
  const isUser = ({ path }: { path: string }) => path.endsWith('/denglu/user');

  it('a hundred getCurrentUser send one request, and the next one asks again: nothing is kept (G-07)', async () => {
    const { BaaS, outcome, backend } = started();
    const { id } = answerOf(await outcome(BaaS.auth.loginWithWechat()));
    const users = answerOf(await outcome(hundred(BaaS)));
    expect(new Set(users.map((user) => user.id))).toEqual(new Set([id]));
    expect(new Set(users).size).toBe(100);
    expect(backend.calls.filter(isUser)).toHaveLength(1);
    await outcome(BaaS.auth.getCurrentUser());
    expect(backend.calls.filter(isUser)).toHaveLength(2);
  });

  it('with a revoked token they send one, renew once, and the renewal itself tells who it is (G-05)', async () => {
    const { BaaS, outcome, backend } = started();
    const { id } = answerOf(await outcome(BaaS.auth.loginWithWechat()));
    backend.revokeTokens();
    const before = backend.calls.length;
    const users = answerOf(await outcome(hundred(BaaS), 3 * SOON));
    expect(new Set(users.map((user) => user.id))).toEqual(new Set([id]));
    expect(backend.calls.slice(before).map(({ path }) => path.split('/denglu/')[1])).toEqual([
      'user',
      'wechat/sign-in',
    ]);
  });

  it('a failure is told to all who asked, and to nobody later (G-07)', async () => {
    const { BaaS, outcome, backend } = started();
    await outcome(BaaS.auth.loginWithWechat());
    backend.failNext('/denglu/user', { status: 500, code: 'INTERNAL' });
    const both = [BaaS.auth.getCurrentUser(), BaaS.auth.getCurrentUser()];
    const [one, other] = [outcome(Promise.resolve(both[0]), 0), outcome(Promise.resolve(both[1]))];
    expect([await one, await other]).toEqual([expect.anything(), expect.objectContaining({ code: 500 })]);
    expect(backend.calls.filter(isUser)).toHaveLength(1);
    expect(await outcome(BaaS.auth.getCurrentUser())).toHaveProperty('value');
  });

  it('nobody is answered as who was signed in before, though that answer is still on its way (G-06)', async () => {
    const { BaaS, outcome, device } = started();
    const first = answerOf(await outcome(BaaS.auth.loginWithWechat()));
    device.faults.next('request', { delay: 5 * SOON, early: true });
    const late = BaaS.auth.getCurrentUser();
    await outcome(late, 0);
    const second = answerOf(await outcome(BaaS.auth.register({ username: 'xiaohong', password: PASSWORD })));
    expect(second.id).not.toBe(first.id);
    expect(answerOf(await outcome(BaaS.auth.getCurrentUser())).id).toBe(second.id);
    expect(await outcome(late, 6 * SOON)).toMatchObject({ code: 604 });
    expect(answerOf(await outcome(BaaS.auth.getCurrentUser())).id).toBe(second.id);
    expect(BaaS.flows.getSnapshot().user?.username).toBe('xiaohong');
  });

  it('whoever has changed their name is not told the old one by a question from before it', async () => {
    const { BaaS, outcome, device } = started();
    const user = answerOf(await outcome(BaaS.auth.register({ username: 'xiaoming', password: PASSWORD })));
    device.faults.next('request', { delay: 5 * SOON, early: true });
    const late = BaaS.auth.getCurrentUser();
    await outcome(late, 0);
    await outcome(user.setUsername('xiaohong'));
    expect(answerOf(await outcome(BaaS.auth.getCurrentUser()))._username).toBe('xiaohong');
    expect(answerOf(await outcome(late, 6 * SOON))._username).toBe('xiaoming');
    expect(BaaS.flows.getSnapshot().user?.username).toBe('xiaohong');
  });
});

describe('2: nobody hangs (G-09)', () => {
  it('a host whose login never calls back ends the call as 601, and the next one is served', async () => {
    const { BaaS, outcome, device } = started();
    device.faults.next('login', { hang: true });
    expect(await outcome(BaaS.auth.loginWithWechat(), 15 * SOON)).toMatchObject({ code: 601, failure: 'timeout' });
    expect(await outcome(BaaS.auth.loginWithWechat(), 2 * SOON)).toHaveProperty('value');
  });

  it.each<[path: string, call: (BaaS: BaaS) => Promise<unknown>]>([
    ['register', ({ auth }: BaaS) => auth.register({ username: 'xiaoming', password: PASSWORD })],
    ['anonymous-sign-in', ({ auth }: BaaS) => auth.anonymousLogin()],
    ['sms-sign-in', ({ auth }: BaaS) => auth.loginWithSmsVerificationCode('13800138000', '123456')],
    ['password-reset', ({ auth }: BaaS) => auth.requestPasswordReset({ email: 'xiaoming@example.com' })],
    [
      'phone-sign-in',
      ({ auth }: BaaS) => auth.loginWithWechat(phoneEvent('getPhoneNumber:ok', { code: 'x' }), { code: 'c' }),
    ],
  ])('a server that never answers ends %s as 601', async (path, call) => {
    const { BaaS, outcome, backend } = started();
    backend.failNext(`/${path}`, { hang: true });
    expect(await outcome(call(BaaS), 40 * SOON)).toMatchObject({ code: 601 });
  });

  it('offline is 600, of every sort of call', async () => {
    const { BaaS, outcome, device } = started();
    device.goOffline();
    expect(await outcome(BaaS.auth.loginWithWechat())).toMatchObject({ code: 600 });
    expect(await outcome(BaaS.auth.anonymousLogin())).toMatchObject({ code: 600 });
  });
});

describe('3: what was refused is told apart, beside its documented number (G-11)', () => {
  it.each([
    ['getPhoneNumber:fail user deny', {}, 'denied'],
    ['getPhoneNumber:fail:user cancel', {}, 'cancelled'],
    ['getPhoneNumber:fail', { errno: 1400001 }, 'quota-exhausted'],
    ['getPhoneNumber:fail no permission', { errno: 102 }, 'not-permitted'],
    ['getPhoneNumber:fail', { errno: 104 }, 'privacy-refused'],
    ['getPhoneNumber:fail', { errno: 112 }, 'privacy-undeclared'],
  ])('%s %o is 603, and %s', async (errMsg, more, failure) => {
    const { BaaS, outcome } = started();
    const refusal = await outcome(BaaS.auth.loginWithWechat(phoneEvent(errMsg, more), { code: 'a code' }));
    expect(refusal).toMatchObject({ code: 603, failure, error: { message: 'unauthorized' } });
  });

  it('an accepted event that carries only a code signs in (W-13)', async () => {
    const { BaaS, outcome, device, person } = started();
    const user = await new Promise<string | null>((resolve, reject) => {
      device
        .press(
          { openType: 'getPhoneNumber' },
          {
            getphonenumber: ({ type, detail: { errMsg, code } }) => {
              outcome(BaaS.auth.loginWithWechat({ type, detail: { errMsg, code } })).then(
                (told) => resolve(answerOf(told)._phone),
                reject,
              );
            },
          },
        )
        .allow();
      outcome(Promise.resolve(), 3 * SOON).then(() => {}, reject);
    });
    expect(user).toBe(`+86${person.phoneNumber}`);
  });

  it.each([[{}], [{ detail: {} }], ['text'], [7], [phoneEvent('getPhoneNumber:ok')]])(
    '%j signs nobody in: 605',
    async (data) => {
      const { BaaS, outcome, device } = started();
      const { loginWithWechat } = BaaS.auth as { loginWithWechat(data: unknown): Promise<unknown> };
      expect(await outcome(loginWithWechat(data))).toMatchObject({ code: 605 });
      expect(device.calls.filter(({ api }) => api === 'login')).toEqual([]);
    },
  );
});

describe('4: a token that the server has revoked keeps nobody from anything', () => {
  it('logout works, and so does the next login', async () => {
    const { BaaS, outcome, backend } = started();
    await outcome(BaaS.auth.loginWithWechat());
    backend.revokeTokens();
    expect(await outcome(BaaS.auth.logout())).toHaveProperty('value');
    expect(await outcome(BaaS.auth.getCurrentUser())).toMatchObject({ code: 604 });
    expect(await outcome(BaaS.auth.loginWithWechat())).toHaveProperty('value');
  });

  it('getCurrentUser renews the session by itself, once', async () => {
    const { BaaS, outcome, backend, requests } = started();
    const { id } = answerOf(await outcome(BaaS.auth.loginWithWechat()));
    backend.revokeTokens();
    expect(answerOf(await outcome(BaaS.auth.getCurrentUser(), 3 * SOON)).id).toBe(id);
    expect(requests('/sign-in')).toBe(2);
  });

  it('logout works offline', async () => {
    const { BaaS, outcome, device } = started();
    await outcome(BaaS.auth.loginWithWechat());
    device.goOffline();
    expect(await outcome(BaaS.auth.logout(), 10 * SOON)).toHaveProperty('value');
    expect(BaaS.flows.getSnapshot().user).toBeNull();
  });
});

it('5: a password session whose token is rejected makes no account, and is nobody else’s (G-06)', async () => {
  const { BaaS, outcome, backend } = started();
  const user = answerOf(await outcome(BaaS.auth.register({ username: 'xiaoming', password: PASSWORD })));
  backend.revokeTokens();
  expect(await outcome(user.linkWechat(), 3 * SOON)).toMatchObject({ code: 401 });
  expect(await outcome(BaaS.auth.getCurrentUser(), 3 * SOON)).toMatchObject({ code: 604 });
  expect(backend.users).toHaveLength(1);
  expect(BaaS.flows.getSnapshot().user).toBeNull();
});

it('5: getCurrentUser of such a session answers 401, and makes nobody', async () => {
  const { BaaS, outcome, backend } = started();
  await outcome(BaaS.auth.register({ username: 'xiaoming', password: PASSWORD }));
  backend.revokeTokens();
  expect(await outcome(BaaS.auth.getCurrentUser(), 3 * SOON)).toMatchObject({ code: 401 });
  expect(backend.users).toHaveLength(1);
});

describe('6: a logout is the last word', () => {
  it.each([
    ['a silent login', '/sign-in', ({ auth }: BaaS) => auth.loginWithWechat()],
    [
      'a login by password',
      '/register',
      ({ auth }: BaaS) => auth.register({ username: 'xiaoming', password: PASSWORD }),
    ],
    ['a login without a name', '/anonymous-sign-in', ({ auth }: BaaS) => auth.anonymousLogin()],
  ])('%s that answers after it brings nobody back, and its session is ended', async (_, path, call) => {
    const { BaaS, outcome, backend, requests } = started();
    backend.failNext(path, { delay: 3 * SOON });
    const login = call(BaaS);
    await outcome(login, SOON);
    await outcome(BaaS.auth.logout(), 0);
    expect(await outcome(login, 5 * SOON)).toMatchObject({ code: 604, failure: 'cancelled' });
    expect(BaaS.flows.getSnapshot().user).toBeNull();
    expect(requests('/sign-out')).toBe(1);
  });

  it('a call that waited for its turn gets none', async () => {
    const { BaaS, outcome, requests } = started();
    const first = BaaS.auth.loginWithWechat();
    const second = BaaS.auth.register({ username: 'xiaoming', password: PASSWORD });
    const [one, two, out] = [outcome(first, 0), outcome(second, 0), BaaS.auth.logout()];
    await Promise.all([one, two, outcome(out)]);
    expect(await outcome(second)).toMatchObject({ code: 604 });
    expect(requests('/register')).toBe(0);
  });

  it('a login by an event whose profile cannot be had stores no session', async () => {
    const { BaaS, outcome, device, backend, clock } = started({
      ...WITH_CIPHER,
      publishedAt: Date.parse('2021-01-01'),
    });
    backend.failNext('/wechat/profile', { status: 500, code: 'INTERNAL' });
    let told: Promise<unknown> = Promise.resolve();
    device
      .press(
        { openType: 'getUserInfo' },
        {
          getuserinfo: (event) => {
            told = BaaS.auth.loginWithWechat(event);
            told.catch(() => {});
          },
        },
      )
      .allow();
    await clock.advance(3 * SOON);
    expect(await outcome(told)).toMatchObject({ code: 500 });
    expect(BaaS.flows.getSnapshot().user).toBeNull();
    expect(await outcome(BaaS.auth.getCurrentUser())).toMatchObject({ code: 604 });
  });
});

describe('7: nothing throws, and nothing that is handed over is changed', () => {
  const calls: [string, (BaaS: BaaS) => Promise<unknown>][] = [
    ['loginWithWechat', ({ auth }: BaaS) => auth.loginWithWechat(Object(7))],
    ['loginWithBaidu', ({ auth }: BaaS) => auth.loginWithBaidu()],
    ['updateUserInfo', ({ auth }) => Reflect.apply(auth.updateUserInfo, auth, [])],
    ['updatePhoneNumber', ({ auth }) => Reflect.apply(auth.updatePhoneNumber, auth, [])],
    ['login', ({ auth }) => Reflect.apply(auth.login, auth, [])],
    ['register', ({ auth }) => Reflect.apply(auth.register, auth, [null])],
    ['loginWithSmsVerificationCode', ({ auth }) => Reflect.apply(auth.loginWithSmsVerificationCode, auth, [])],
    ['requestPasswordReset', ({ auth }) => Reflect.apply(auth.requestPasswordReset, auth, [])],
    ['BaaS.login', (BaaS) => BaaS.login()],
    ['handleUserInfo', (BaaS) => Reflect.apply(BaaS.handleUserInfo, BaaS, [])],
  ];

  it.each(calls)('%s rejects with a documented error, whatever it is given', async (_, call) => {
    const { BaaS, outcome } = started();
    const { error } = Object(await outcome(call(BaaS)));
    expect(error).toBeInstanceOf(Error);
    expect([604, 605, 611]).toContain(error.code);
  });

  it.each([...calls, ['logout', ({ auth }: BaaS) => auth.logout()] as const])(
    '%s before init rejects with 602',
    async (_, call) => {
      const { onWechat, outcome, device } = createBaasBench();
      expect(await outcome(call(onWechat()))).toMatchObject({ code: 602 });
      expect(device.calls).toEqual([]);
    },
  );

  it.each([
    'login',
    'getUserInfo',
    'request',
    'getStorageSync',
    'setStorageSync',
    'getSystemInfoSync',
    'getAppBaseInfo',
    'checkSession',
  ] as const)(
    'a host whose %s throws makes no call throw: each answers or rejects with a documented error',
    async (api) => {
      const { onWechat, outcome, device } = createBaasBench(WITH_CIPHER);
      device.faults.always(api, { throw: new TypeError('the host is broken') });
      const BaaS = onWechat();
      BaaS.init();
      const phone = phoneEvent('getPhoneNumber:ok', { encryptedData: 'x', iv: 'y' });
      const consent = { type: 'getuserinfo', detail: { errMsg: 'getUserInfo:ok', userInfo: { nickName: '小明' } } };
      for (const work of [
        () => BaaS.auth.loginWithWechat(),
        () => BaaS.auth.getCurrentUser(),
        () => BaaS.auth.updatePhoneNumber(phone),
        () => BaaS.auth.loginWithWechat(phone, { code: 'a code' }),
        () => BaaS.auth.loginWithWechat(consent),
        () => BaaS.handleUserInfo(consent),
        () => BaaS.auth.login({ username: 'xiaoming', password: PASSWORD }),
        () => BaaS.auth.logout(),
      ]) {
        const came = Object(await outcome<unknown>(work(), 40 * SOON));
        if ('value' in came) continue;
        expect(came.error).toBeInstanceOf(Error);
        expect(came).toMatchObject({ code: expect.any(Number), failure: expect.any(String) });
      }
    },
  );

  it.each<[name: string, withUnionId: boolean, args: unknown[]]>([
    ['no options', false, []],
    ['options first', true, [{ withUnionID: true }]],
    ['null, and options', true, [null, { withUnionID: true }]],
    ['undefined, and options', true, [undefined, { withUnionID: true }]],
  ])('linkWechat with %s sends withUnionId %j', async (_, withUnionId, args) => {
    const { BaaS, outcome, backend } = started();
    const user = answerOf(await outcome(BaaS.auth.register({ username: 'xiaoming', password: PASSWORD })));
    expect(await outcome(Reflect.apply(user.linkWechat, user, args), 3 * SOON)).toHaveProperty('value');
    const sent = backend.calls.filter(({ path }) => path.endsWith('/wechat/link'));
    expect(sent.map(({ body }) => body)).toMatchObject([{ withUnionId }]);
  });

  it.each([[[7]], [['x']], [[() => {}]], [[null, 7]], [[undefined, { withUnionID: 7 }]], [[null, 'x']]])(
    'linkWechat rejects %j with 605, and links nothing',
    async (args) => {
      const { BaaS, outcome, requests } = started();
      const user = answerOf(await outcome(BaaS.auth.register({ username: 'xiaoming', password: PASSWORD })));
      expect(await outcome(Reflect.apply(user.linkWechat, user, args), 3 * SOON)).toMatchObject({ code: 605 });
      expect(requests('/link')).toBe(0);
    },
  );

  it.each([[7], [{}], [null], [undefined], [Object.create(null)]])(
    'get(%o) of a user is undefined, as of any field that there is not',
    async (field) => {
      const { BaaS, outcome } = started();
      const user = answerOf(await outcome(BaaS.auth.loginWithWechat()));
      expect([user.get('id'), user.get('nothing')]).toEqual([user.id, undefined]);
      expect(Reflect.apply(user.get, user, [field])).toBeUndefined();
    },
  );

  it('an event is the same after it as before, on WeChat and on Baidu', async () => {
    const { onWechat, onBaidu, outcome } = createBaasBench();
    const freeze = (event: { type: string; detail: object }) =>
      Object.freeze({ ...event, detail: Object.freeze(event.detail) });
    const apps = [
      [onWechat(), 'loginWithWechat'],
      [onBaidu(), 'loginWithBaidu'],
    ] as const;
    for (const [BaaS, login] of apps) {
      BaaS.init();
      const event = freeze({ type: 'getuserinfo', detail: { errMsg: 'getUserInfo:fail auth deny', errCode: 10003 } });
      const before = JSON.stringify(event);
      expect(await outcome(BaaS.auth[login](event))).toMatchObject({ code: 603 });
      expect(JSON.stringify(event)).toBe(before);
    }
  });
});

/** The app logs in to the host by itself. */
const foreignCode = ({ wx }: ReturnType<typeof started>['device']) =>
  new Promise<string>((resolve) => {
    wx.login({ success: ({ code }) => resolve(code) });
  });

/** How often the host’s login is called meanwhile. */
async function loginsBy({ calls }: ReturnType<typeof started>['device'], work: () => Promise<void>) {
  const logins = () => calls.filter(({ api }) => api === 'login').length;
  const before = logins();
  await work();
  return logins() - before;
}

describe('codes that an app brings pass unjudged', () => {
  const refused = { errMsg: 'getUserProfile:fail auth deny' };
  const known = { errMsg: 'getUserProfile:ok', userInfo: { nickName: '小红', avatarUrl: '' } };

  it.each<[what: string, come: number, call: (BaaS: BaaS, code: string) => Promise<unknown>]>([
    [
      'is brought with a number that nobody can read',
      400,
      ({ auth }, code) =>
        auth.loginWithWechat(phoneEvent('getPhoneNumber:ok', { encryptedData: 'x', iv: 'y' }), { code }),
    ],
    [
      'is brought with a refused number',
      603,
      ({ auth }, code) => auth.loginWithWechat(phoneEvent('getPhoneNumber:fail user deny'), { code }),
    ],
    [
      'is brought with a refused button',
      603,
      ({ auth }, code) => auth.loginWithWechat({ type: 'getuserinfo', detail: refused }, { code }),
    ],
    ['is brought with nonsense', 605, ({ auth }, code) => auth.loginWithWechat({}, { code })],
    ['is brought with a refused profile', 603, ({ auth }, code) => auth.updateUserInfo(refused, { code })],
    [
      'is brought with a wrong parameter',
      605,
      ({ auth }, code) => auth.updateUserInfo(known, { code, syncUserProfile: Object('all') }),
    ],
  ])(
    'one that %s comes to %d: the key counts as doubtful, and a phone button prepares anew (G-03)',
    async (_, come, call) => {
      const { BaaS, outcome, device, clock } = started(WITH_CIPHER);
      await outcome(BaaS.auth.loginWithWechat());
      const flow = BaaS.flows.phone({ mode: 'update' });
      await clock.advance(SOON);
      expect(flow.getSnapshot().live).toBe(true);
      const renewed = await loginsBy(device, async () => {
        expect(await outcome(call(BaaS, answerOf(await outcome(foreignCode(device)))))).toMatchObject({ code: come });
        await clock.advance(SOON);
      });
      expect([flow.getSnapshot().live, renewed]).toEqual([true, 2]);
      flow.leave();
    },
  );

  it('one that comes where nobody is signed in comes to 604: what was made ready is made ready anew (G-03)', async () => {
    const { BaaS, outcome, device, clock } = started(WITH_CIPHER);
    const flow = BaaS.flows.phone();
    await clock.advance(SOON);
    const renewed = await loginsBy(device, async () => {
      const code = answerOf(await outcome(foreignCode(device)));
      expect(await outcome(BaaS.auth.updateUserInfo(known, { code }))).toMatchObject({ code: 604 });
      await clock.advance(SOON);
    });
    expect([flow.getSnapshot().live, renewed]).toEqual([true, 2]);
    flow.leave();
  });

  it('and it is sent as it came, once', async () => {
    const { BaaS, outcome, backend } = started();
    await outcome(
      BaaS.auth.loginWithWechat(phoneEvent('getPhoneNumber:ok', { code: 'phone code' }), { code: 'as it came' }),
    );
    const sent = backend.calls.filter(({ path }) => path.endsWith('/phone-sign-in'));
    expect(sent.map(({ body }) => body)).toEqual([
      { phoneCode: 'phone code', code: 'as it came', createUser: true, withUnionId: false },
    ]);
  });
});
