import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { errorKinds, type ServerOptions, server } from '../../adapters/server.js';
import type { AccountLink, Credentials } from '../../ports/account.js';
import type { Backend, SilentSignIn } from '../../ports/backend.js';
import type { FailureKind } from '../../ports/failure.js';
import type { PhoneSignIn } from '../../ports/phone.js';
import type { HostProfile } from '../../ports/profile.js';
import { secret } from '../../ports/secret.js';
import { type ErrorCode, errorCodes, Refusal } from '../../server/errors.js';
import { watch } from '../support/app.js';
import { expectFailure, thrownBy } from './conformance/failures.js';
import { SOON, setUp } from './conformance/rig.js';
import { networkOver } from './support/network.js';
import { wechatRig } from './support/wechat-rig.js';

const BASE_URL = 'https://api.test';
const TOKEN = secret('token-a+b/c==');

const SIGN_IN: SilentSignIn = {
  code: secret('code-a+b/c=='),
  createUser: true,
  withUnionId: false,
  expectedUserId: null,
};

const USER = {
  id: 'user-1',
  nickname: '小明',
  avatarUrl: 'https://cdn.test/a.png',
  openid: 'o-1',
  unionid: 'u-1',
  username: 'xiaoming',
  email: 'ming@example.com',
  phone: null,
  phoneVerified: false,
};
const SESSION = { token: 'token-1', expiresAt: 1_767_225_600_000, user: USER };

const PICTURE = 'wxfile://tmp_1.png';
const pictures = new Map([[PICTURE, new Uint8Array([1, 2, 3])]]);

/** The adapter on a device, with a server that answers what the test wants. */
async function connect(options: Partial<ServerOptions> = {}) {
  const bench = await setUp(wechatRig());
  const { fetch } = bench.server;
  const backend = server({ baseUrl: BASE_URL, ...options })({
    ...bench.platform,
    upload: networkOver(fetch, pictures).upload,
  });
  const outcomeOf = async <T>(call: (backend: Backend) => PromiseLike<T>) => {
    const asked = watch(Promise.resolve(call(backend)));
    await bench.clock.advance(SOON);
    return asked.outcome;
  };
  return {
    backend,
    server: bench.server,
    signIn: (input: Partial<SilentSignIn> = {}) => outcomeOf((to) => to.signIn({ ...SIGN_IN, ...input })),
    signOut: () => outcomeOf((to) => to.signOut(TOKEN)),
    outcomeOf,
  };
}

/** What a sign-in comes to where the server, or something before it, answers so. */
async function signInAnswered(answer: () => Response) {
  const app = await connect();
  app.server.answerWith(answer);
  return app.signIn();
}

const html = (status: number, headers: Record<string, string> = {}) =>
  new Response('<html><h1>nginx</h1></html>', { status, headers: { 'content-type': 'text/html', ...headers } });

const codes = Object.keys(errorCodes) as ErrorCode[];

describe('the server adapter reads a refusal', () => {
  it('by every code that the server has, and by no other', () => {
    expect(Object.keys(errorKinds).sort()).toEqual([...codes].sort());
  });

  it.each(codes)('%s as its own kind, with the server’s message', async (code) => {
    const refusal = new Refusal(code);
    const outcome = await signInAnswered(() => Response.json(refusal.body, { status: refusal.status }));
    expect(outcome).toMatchObject({
      failure: { kind: errorKinds[code], message: refusal.message, raw: { status: refusal.status, code } },
    });
  });

  it('G-21: with how long to wait, from its body', async () => {
    const { status, body } = new Refusal('RATE_LIMITED', { retryAfter: 7 });
    const outcome = await signInAnswered(() => Response.json(body, { status, headers: { 'retry-after': '99' } }));
    expect(outcome).toMatchObject({ failure: { kind: 'rate-limited', retryAfter: 7000 } });
  });

  it.each<[status: number, headers: Record<string, string>, kind: FailureKind, retryAfter: number | undefined]>([
    [302, {}, 'unavailable', undefined],
    [400, {}, 'invalid-request', undefined],
    [401, {}, 'token-rejected', undefined],
    [403, {}, 'invalid-request', undefined],
    [404, {}, 'misconfigured', undefined],
    [413, {}, 'invalid-request', undefined],
    [429, {}, 'rate-limited', undefined],
    [429, { 'Retry-After': '30' }, 'rate-limited', 30_000],
    [429, { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 'rate-limited', undefined],
    [429, { 'Retry-After': '-1' }, 'rate-limited', undefined],
    [500, {}, 'unavailable', undefined],
    [502, {}, 'unavailable', undefined],
    [503, {}, 'busy', undefined],
    [503, { 'Retry-After': '2' }, 'busy', 2000],
    [504, {}, 'unavailable', undefined],
  ])('that a proxy made: a page with status %i and %o', async (status, headers, kind, retryAfter) => {
    const outcome = await signInAnswered(() => html(status, headers));
    expect(outcome).toHaveProperty('failure');
    if (typeof outcome !== 'object' || !('failure' in outcome)) return;
    expectFailure(outcome.failure, kind);
    expect(outcome.failure.retryAfter).toBe(retryAfter);
    expect(outcome.failure.raw).toEqual({ status });
  });

  it.each(['constructor', '__proto__', 'toString', 'NOT_OURS', 7, null, {}])(
    'by its status, where the code is %o',
    async (code) => {
      const outcome = await signInAnswered(() => Response.json({ code }, { status: 503 }));
      expect(outcome).toMatchObject({ failure: { kind: 'busy', message: expect.stringMatching(/\S/) } });
    },
  );

  it('G-23: without the login code, or anything else that came along', async () => {
    const leaks = { token: 'secret-token', session_key: 'secret-key', openid: 'secret-openid', data: SIGN_IN };
    for (const code of ['CODE_USED', SIGN_IN.code.reveal(), undefined]) {
      const outcome = await signInAnswered(() => Response.json({ ...leaks, code }, { status: 400 }));
      expect(outcome).toHaveProperty('failure');
      const text = inspect(outcome, { depth: 10, showHidden: true }) + JSON.stringify(outcome);
      expect(text).not.toMatch(/secret-/);
      expect(text).not.toContain(SIGN_IN.code.reveal());
    }
  });

  it('passes on what the host says where nobody was reached', async () => {
    const { server, signIn, signOut } = await connect();
    server.answerWith(() => {
      throw new TypeError('connection refused');
    });
    expect(await signIn()).toMatchObject({ failure: { kind: 'offline' } });
    expect(await signOut()).toMatchObject({ failure: { kind: 'offline' } });
  });
});

describe('signing in', () => {
  it('G-04: sends the code as it is, in a JSON body, with what is wanted', async () => {
    const { server, signIn } = await connect();
    await signIn({ createUser: false, withUnionId: true });
    await signIn({ expectedUserId: 'user-7' });
    expect(server.requests.map(({ method, url }) => [method, url])).toEqual([
      ['POST', 'https://api.test/api/auth/denglu/wechat/sign-in'],
      ['POST', 'https://api.test/api/auth/denglu/wechat/sign-in'],
    ]);
    expect(server.requests.map(({ body }) => JSON.parse(body))).toEqual([
      { code: 'code-a+b/c==', createUser: false, withUnionId: true },
      { code: 'code-a+b/c==', createUser: true, withUnionId: false, expectedUserId: 'user-7' },
    ]);
    expect(server.requests.map(({ headers }) => headers.get('content-type'))).toEqual([
      'application/json',
      'application/json',
    ]);
    expect(server.requests.map(({ headers }) => headers.get('authorization'))).toEqual([null, null]);
  });

  it('answers who is signed in; the token shows in no log (G-23)', async () => {
    const outcome = await signInAnswered(() => Response.json(SESSION));
    expect(outcome).toMatchObject({ value: { expiresAt: SESSION.expiresAt, user: USER } });
    if (typeof outcome === 'object' && 'value' in outcome) expect(outcome.value.token.reveal()).toBe('token-1');
    expect(inspect(outcome, { depth: 10, showHidden: true }) + JSON.stringify(outcome)).not.toContain('token-1');
  });

  it('takes what the server does not tell of the user as not known', async () => {
    const unknown = {
      id: 'user-1',
      nickname: null,
      avatarUrl: null,
      openid: null,
      unionid: null,
      username: null,
      email: null,
      phone: null,
      phoneVerified: false,
    };
    for (const user of [
      { id: 'user-1' },
      unknown,
      { id: 'user-1', nickname: '', openid: '', avatarUrl: 7, unionid: {} },
      { id: 'user-1', username: 7, email: '', phone: 13800138000, phoneVerified: 'yes' },
      { id: 'user-1', phone: '', phoneVerified: true },
    ]) {
      const outcome = await signInAnswered(() => Response.json({ ...SESSION, user }));
      expect(outcome).toHaveProperty('value.user', unknown);
    }
  });

  it.each([
    ['a page', () => html(200)],
    ['nothing', () => new Response(null, { status: 204 })],
    ['broken JSON', () => new Response('{"token":"token-1"', { headers: { 'content-type': 'application/json' } })],
    ['null', () => Response.json(null)],
    ['a list', () => Response.json([SESSION])],
    ['no token', () => Response.json({ ...SESSION, token: undefined })],
    ['an empty token', () => Response.json({ ...SESSION, token: '' })],
    ['a token that is no text', () => Response.json({ ...SESSION, token: 7 })],
    ['no end', () => Response.json({ ...SESSION, expiresAt: undefined })],
    ['an end in words', () => Response.json({ ...SESSION, expiresAt: '2026-01-01' })],
    ['no user', () => Response.json({ ...SESSION, user: null })],
    ['a user without an id', () => Response.json({ ...SESSION, user: { ...USER, id: '' } })],
    ['a user whose id is no text', () => Response.json({ ...SESSION, user: { ...USER, id: 7 } })],
  ])('fails as unavailable where a 2xx brings %s', async (_, answer) => {
    expect(await signInAnswered(answer)).toMatchObject({ failure: { kind: 'unavailable' } });
  });
});

const LOGIN_CODE = secret('code-a+b/c==');
const PHONE_CODE = secret('phone-code-a+b/c==');
const ENCRYPTED = { encryptedData: secret('CiyLU1Aw2K+jvjWT/jpiW=='), iv: 'r7BXXKkLb8qrSNn05n0qiA==' };
const PHONE_SIGN_IN: PhoneSignIn = {
  phone: { phoneCode: PHONE_CODE },
  code: LOGIN_CODE,
  createUser: false,
  withUnionId: true,
};
const BY_USERNAME: Credentials = { by: 'username', name: secret('xiaoming'), password: secret(' 密码 + "8" ') };
const SIGNED = {
  rawData: '{"nickName":"小明 \\"A\\"","gender":0}',
  signature: '75e81ceda165f4ffa64f4068af58c64b8f54b88c',
  ...ENCRYPTED,
};
const PROFILE: HostProfile = {
  nickname: '小明',
  avatarUrl: 'https://thirdwx.qlogo.invalid/a/132',
  isAnonymous: false,
  signed: null,
};
const LINK: AccountLink = { code: LOGIN_CODE, withUnionId: false, overwrite: true };

const wechatOnly = { phone: { phoneCode: PHONE_CODE }, code: null, overwrite: true };

/** Every call that was not there before phones, each with what the server answers to it. */
const calls = {
  phoneSignIn: { ask: (to: Backend) => to.phoneSignIn(PHONE_SIGN_IN), success: SESSION },
  passwordSignIn: { ask: (to: Backend) => to.passwordSignIn(BY_USERNAME), success: SESSION },
  register: { ask: (to: Backend) => to.register(BY_USERNAME), success: SESSION },
  setPhone: { ask: (to: Backend) => to.setPhone(TOKEN, wechatOnly), success: { user: USER } },
  setHostProfile: {
    ask: (to: Backend) => to.setHostProfile(TOKEN, { profile: PROFILE, code: null, sync: 'setnx' }),
    success: { user: USER },
  },
  setProfile: {
    ask: (to: Backend) => to.setProfile(TOKEN, { nickname: '小明', avatarUrl: null }, 'setnx'),
    success: { user: USER },
  },
  uploadAvatar: {
    ask: (to: Backend) => to.uploadAvatar(TOKEN, PICTURE),
    success: { avatarUrl: 'https://api.test/avatars/1.png' },
  },
  link: { ask: (to: Backend) => to.link(TOKEN, LINK), success: { user: USER, status: 'linked' } },
  setAccount: { ask: (to: Backend) => to.setAccount(TOKEN, { username: 'xiaoming' }), success: { user: USER } },
};
type NewCall = keyof typeof calls;
const names = Object.keys(calls) as NewCall[];
const namesBut = (...others: NewCall[]) => names.filter((name) => !others.includes(name));

/** What one of these comes to where the server, or something before it, answers so. */
async function answered(name: NewCall, answer: () => Response) {
  const app = await connect();
  app.server.answerWith(answer);
  const outcome = await app.outcomeOf<unknown>(calls[name].ask);
  return { outcome, requests: app.server.requests };
}

describe('the new calls', () => {
  it.each<[NewCall, (to: Backend) => PromiseLike<unknown>, string, string, object]>([
    [
      'phoneSignIn',
      calls.phoneSignIn.ask,
      'POST',
      'wechat/phone-sign-in',
      { phoneCode: 'phone-code-a+b/c==', code: 'code-a+b/c==', createUser: false, withUnionId: true },
    ],
    [
      'phoneSignIn',
      (to) => to.phoneSignIn({ ...PHONE_SIGN_IN, phone: ENCRYPTED, createUser: true, withUnionId: false }),
      'POST',
      'wechat/phone-sign-in',
      {
        encryptedData: 'CiyLU1Aw2K+jvjWT/jpiW==',
        iv: 'r7BXXKkLb8qrSNn05n0qiA==',
        code: 'code-a+b/c==',
        createUser: true,
        withUnionId: false,
      },
    ],
    [
      'passwordSignIn',
      calls.passwordSignIn.ask,
      'POST',
      'password-sign-in',
      { username: 'xiaoming', password: ' 密码 + "8" ' },
    ],
    [
      'passwordSignIn',
      (to) => to.passwordSignIn({ ...BY_USERNAME, by: 'phone', name: secret('13800138000') }),
      'POST',
      'password-sign-in',
      { phone: '13800138000', password: ' 密码 + "8" ' },
    ],
    [
      'register',
      (to) => to.register({ ...BY_USERNAME, by: 'email', name: secret('ming@example.com') }),
      'POST',
      'register',
      { email: 'ming@example.com', password: ' 密码 + "8" ' },
    ],
    ['setPhone', calls.setPhone.ask, 'POST', 'wechat/phone', { phoneCode: 'phone-code-a+b/c==', overwrite: true }],
    [
      'setPhone',
      (to) => to.setPhone(TOKEN, { phone: ENCRYPTED, code: LOGIN_CODE, overwrite: false }),
      'POST',
      'wechat/phone',
      {
        encryptedData: 'CiyLU1Aw2K+jvjWT/jpiW==',
        iv: 'r7BXXKkLb8qrSNn05n0qiA==',
        code: 'code-a+b/c==',
        overwrite: false,
      },
    ],
    [
      'setHostProfile',
      (to) =>
        to.setHostProfile(TOKEN, { profile: { ...PROFILE, signed: SIGNED }, code: LOGIN_CODE, sync: 'overwrite' }),
      'POST',
      'wechat/profile',
      {
        rawData: SIGNED.rawData,
        signature: SIGNED.signature,
        encryptedData: 'CiyLU1Aw2K+jvjWT/jpiW==',
        iv: 'r7BXXKkLb8qrSNn05n0qiA==',
        code: 'code-a+b/c==',
        sync: 'overwrite',
      },
    ],
    [
      'setHostProfile',
      (to) => to.setHostProfile(TOKEN, { profile: { ...PROFILE, signed: SIGNED }, code: null, sync: false }),
      'POST',
      'wechat/profile',
      {
        rawData: SIGNED.rawData,
        signature: SIGNED.signature,
        encryptedData: 'CiyLU1Aw2K+jvjWT/jpiW==',
        iv: 'r7BXXKkLb8qrSNn05n0qiA==',
        sync: false,
      },
    ],
    [
      'setHostProfile',
      calls.setHostProfile.ask,
      'POST',
      'wechat/profile',
      { userInfo: { nickName: '小明', avatarUrl: 'https://thirdwx.qlogo.invalid/a/132' }, sync: 'setnx' },
    ],
    [
      'setHostProfile',
      (to) =>
        to.setHostProfile(TOKEN, {
          profile: { ...PROFILE, nickname: '', avatarUrl: '' },
          code: LOGIN_CODE,
          sync: false,
        }),
      'POST',
      'wechat/profile',
      { userInfo: {}, sync: false },
    ],
    ['setProfile', calls.setProfile.ask, 'POST', 'profile', { nickname: '小明', sync: 'setnx' }],
    [
      'setProfile',
      (to) => to.setProfile(TOKEN, { nickname: null, avatarUrl: 'https://api.test/avatars/1.png' }, 'overwrite'),
      'POST',
      'profile',
      { avatarUrl: 'https://api.test/avatars/1.png', sync: 'overwrite' },
    ],
    ['link', calls.link.ask, 'POST', 'wechat/link', { code: 'code-a+b/c==', withUnionId: false, overwrite: true }],
    ['setAccount', calls.setAccount.ask, 'PUT', 'account', { username: 'xiaoming' }],
    [
      'setAccount',
      (to) =>
        to.setAccount(TOKEN, {
          email: 'ming@example.com',
          phone: secret('+8613800138000'),
          password: secret('new password'),
          currentPassword: secret('old password'),
        }),
      'PUT',
      'account',
      {
        email: 'ming@example.com',
        phone: '+8613800138000',
        password: 'new password',
        currentPassword: 'old password',
      },
    ],
  ])('G-04: %s sends what it is given as it is, in a JSON body (%#)', async (_, ask, method, path, body) => {
    const { server, outcomeOf } = await connect();
    await outcomeOf(ask);
    expect(server.requests.map(({ method, url }) => [method, url])).toEqual([
      [method, `https://api.test/api/auth/denglu/${path}`],
    ]);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual(body);
    expect(server.requests[0]?.headers.get('content-type')).toBe('application/json');
  });

  it('uploadAvatar sends the file as the field `file` of a form', async () => {
    const { outcome, requests } = await answered('uploadAvatar', () => Response.json(calls.uploadAvatar.success));
    expect(outcome).toEqual({ value: 'https://api.test/avatars/1.png' });
    expect(requests).toMatchObject([{ method: 'POST', url: 'https://api.test/api/auth/denglu/avatar' }]);
    expect(requests[0]?.headers.get('content-type')).toMatch(/^multipart\/form-data;/);
    expect(requests[0]?.body).toContain('name="file"');
  });

  it.each(names)('%s shows the token where there is one, in the header alone (G-23)', async (name) => {
    const { requests } = await answered(name, () => Response.json(calls[name].success));
    const isSignIn = ['phoneSignIn', 'passwordSignIn', 'register'].includes(name);
    expect(requests[0]?.headers.get('authorization')).toBe(isSignIn ? null : 'Bearer token-a+b/c==');
    expect(`${requests[0]?.url}${requests[0]?.body}`).not.toContain('token-a');
  });

  it.each(['phoneSignIn', 'passwordSignIn', 'register'] as const)('%s answers the session', async (name) => {
    const { outcome } = await answered(name, () => Response.json(SESSION, { status: 201 }));
    expect(outcome).toMatchObject({ value: { expiresAt: SESSION.expiresAt, user: USER } });
    if (typeof outcome === 'object' && 'value' in outcome) {
      expect(outcome.value).toHaveProperty('token');
      expect(inspect(outcome, { depth: 10, showHidden: true })).not.toContain('token-1');
    }
  });

  it.each(['setPhone', 'setHostProfile', 'setProfile', 'setAccount'] as const)('%s answers the user', async (name) => {
    const { outcome } = await answered(name, () => Response.json({ user: USER }));
    expect(outcome).toEqual({ value: USER });
  });

  it.each([
    ['linked', false],
    ['already-linked', true],
  ])('G-19: link answers the user; %s: whether it was so before: %s', async (status, wasLinked) => {
    const { outcome } = await answered('link', () => Response.json({ user: USER, status }));
    expect(outcome).toEqual({ value: { user: USER, wasLinked } });
  });

  it('G-23: the phone number of a user shows in no log, and is there for its owner', async () => {
    const app = await connect();
    app.server.answerWith(() => Response.json({ user: { ...USER, phone: '+8613800138000', phoneVerified: true } }));
    const outcome = await app.outcomeOf(calls.setPhone.ask);
    expect(outcome).toMatchObject({ value: { phoneVerified: true } });
    if (typeof outcome === 'object' && 'value' in outcome) {
      expect(outcome.value.phone?.reveal()).toBe('+8613800138000');
    }
    expect(inspect(outcome, { depth: 10, showHidden: true }) + JSON.stringify(outcome)).not.toContain('138001');
  });

  describe.each(names)('%s', (name) => {
    it.each(codes)('reads %s as its own kind', async (code) => {
      const { status, body } = new Refusal(code);
      const { outcome } = await answered(name, () => Response.json(body, { status }));
      expect(outcome).toMatchObject({ failure: { kind: errorKinds[code], raw: { status, code } } });
    });

    it.each([
      ['a page', () => html(200)],
      ['nothing', () => new Response(null, { status: 204 })],
      ['null', () => Response.json(null)],
      ['a list', () => Response.json([calls[name].success])],
      ['an empty object', () => Response.json({})],
      ['an answer of another kind', () => Response.json({ success: true })],
    ])('fails as unavailable where a 2xx brings %s', async (_, answer) => {
      expect((await answered(name, answer)).outcome).toMatchObject({ failure: { kind: 'unavailable' } });
    });

    it('G-23: fails without a word of what was sent', async () => {
      const sent = { data: PHONE_SIGN_IN, phone: '+8613800138000', password: BY_USERNAME.password.reveal() };
      for (const code of ['DECRYPT_FAILED', PHONE_CODE.reveal(), undefined]) {
        const { outcome } = await answered(name, () => Response.json({ ...sent, code }, { status: 400 }));
        expect(outcome).toHaveProperty('failure');
        const text = inspect(outcome, { depth: 10, showHidden: true }) + JSON.stringify(outcome);
        for (const part of ['a+b/c', '138001', 'CiyLU1', '密码', 'xiaoming']) expect(text).not.toContain(part);
      }
    });

    it('passes on what the host says where nobody was reached', async () => {
      const { outcome } = await answered(name, () => {
        throw new TypeError('connection refused');
      });
      expect(outcome).toMatchObject({ failure: { kind: 'offline' } });
    });
  });

  it.each(namesBut('uploadAvatar'))('%s fails as unavailable where the user has no id', async (name) => {
    const user = { ...USER, id: '' };
    const { outcome } = await answered(name, () => Response.json({ ...calls[name].success, user }));
    expect(outcome).toMatchObject({ failure: { kind: 'unavailable' } });
  });

  it('link fails as unavailable where the server does not say what it did', async () => {
    const { outcome } = await answered('link', () => Response.json({ user: USER, status: 'maybe' }));
    expect(outcome).toMatchObject({ failure: { kind: 'unavailable' } });
  });

  it('uploadAvatar reads a bare 413 as a picture that is too large: proxies have limits of their own', async () => {
    const { outcome } = await answered('uploadAvatar', () => html(413));
    expect(outcome).toMatchObject({ failure: { kind: 'avatar-refused', raw: { status: 413 } } });
    const others = await Promise.all([400, 401, 503].map((status) => answered('uploadAvatar', () => html(status))));
    expect(
      others.map(({ outcome }) => typeof outcome === 'object' && 'failure' in outcome && outcome.failure.kind),
    ).toEqual(['invalid-request', 'token-rejected', 'busy']);
  });
});

describe('what the server’s codes mean to the flows of issue 3', () => {
  it.each<[FailureKind, ErrorCode[]]>([
    ['key-stale', ['DECRYPT_FAILED', 'SESSION_KEY_MISSING', 'SIGNATURE_MISMATCH', 'WATERMARK_REFUSED']],
    ['code-rejected', ['CODE_INVALID', 'CODE_USED', 'PHONE_CODE_INVALID', 'PHONE_CODE_EXPIRED']],
    ['not-permitted', ['HOST_NOT_PERMITTED']],
    ['phone-already-set', ['PHONE_ALREADY_SET']],
    ['phone-taken', ['PHONE_TAKEN']],
    ['name-taken', ['USERNAME_TAKEN', 'EMAIL_TAKEN']],
    ['password-wrong', ['PASSWORD_WRONG']],
    ['password-too-weak', ['PASSWORD_TOO_WEAK']],
    ['linked-elsewhere', ['LINK_TAKEN']],
    ['link-occupied', ['LINK_OCCUPIED']],
    ['anonymous-user', ['ANONYMOUS_MAY_NOT_LINK']],
    ['profile-updates-off', ['PROFILE_UPDATES_OFF']],
    ['avatar-refused', ['AVATAR_REFUSED', 'AVATAR_TOO_LARGE']],
  ])('%s is said by %o, and by no other', (kind, saying) => {
    expect(codes.filter((code) => errorKinds[code] === kind).sort()).toEqual([...saying].sort());
  });
});

describe('signing out', () => {
  it('shows the token to the server, and only there', async () => {
    const { server, signOut } = await connect();
    expect(await signOut()).toEqual({ value: undefined });
    expect(server.requests).toMatchObject([{ method: 'POST', url: 'https://api.test/api/auth/denglu/sign-out' }]);
    expect(server.requests[0]?.headers.get('authorization')).toBe('Bearer token-a+b/c==');
    expect(server.requests[0]?.body).not.toContain('token-a');
  });

  it('is done where the server does not know the token any more', async () => {
    const { server, signOut } = await connect();
    const { status, body } = new Refusal('TOKEN_REJECTED');
    server.answerWith(() => Response.json(body, { status }));
    expect(await signOut()).toEqual({ value: undefined });
    server.answerWith(() => html(401));
    expect(await signOut()).toEqual({ value: undefined });
  });

  it('fails where the server is out of order', async () => {
    const { server, signOut } = await connect();
    server.answerWith(() => html(502));
    expect(await signOut()).toMatchObject({ failure: { kind: 'unavailable', raw: { status: 502 } } });
  });
});

describe('a request with the token', () => {
  it.each([
    ['/orders', 'https://api.test/orders'],
    ['/orders?page=2#top', 'https://api.test/orders?page=2#top'],
    ['https://api.test', 'https://api.test'],
    ['https://api.test/', 'https://api.test/'],
    ['https://api.test/orders', 'https://api.test/orders'],
    ['https://api.test?page=2', 'https://api.test?page=2'],
  ])('goes to the backend: %s', async (url, sent) => {
    const { backend } = await connect();
    const request = backend.authorize({ url, method: 'PUT', data: { n: 1 } }, TOKEN);
    expect(request).toEqual({
      url: sent,
      method: 'PUT',
      data: { n: 1 },
      headers: { authorization: 'Bearer token-a+b/c==' },
    });
  });

  it.each([
    '//evil.test',
    '//evil.test/orders',
    '///evil.test',
    '/\\evil.test',
    '/@evil.test',
    '/.evil.test',
    '/:8443/orders',
  ])('G-23: stays on the backend where its path pretends to be a host: %s', async (url) => {
    const { backend } = await connect();
    expect(new URL(backend.authorize({ url }, TOKEN).url).origin).toBe(BASE_URL);
  });

  it.each([
    'https://api.test.evil',
    'https://api.test.evil/orders',
    'https://api.testevil/orders',
    'https://api.test@evil.test',
    'https://api.test:secret@evil.test/orders',
    'https://api.test:8443/orders',
    'https://api.test\\@evil.test',
    'https://evil.test/https://api.test/orders',
    'https://evil.test?https://api.test/',
    'http://api.test/orders',
    'HTTPS://API.TEST/orders',
    ' https://api.test/orders',
    'wss://api.test/orders',
    'orders',
    '',
  ])('G-23: goes nowhere else: %s', async (url) => {
    const { backend } = await connect();
    expectFailure(
      thrownBy(() => backend.authorize({ url }, TOKEN)),
      'misconfigured',
    );
  });

  it('G-23: does not go from one app’s path to another’s on the same host', async () => {
    const { backend } = await connect({ baseUrl: 'https://api.test/one' });
    expect(backend.authorize({ url: '/orders' }, TOKEN).url).toBe('https://api.test/one/orders');
    for (const url of ['https://api.test/two', 'https://api.test/one-more', 'https://api.test/', 'https://api.test']) {
      expectFailure(
        thrownBy(() => backend.authorize({ url }, TOKEN)),
        'misconfigured',
      );
    }
  });

  it('G-23: that is refused repeats neither the token nor its query', async () => {
    const { backend } = await connect();
    const error = thrownBy(() => backend.authorize({ url: 'https://evil.test/?phone=13800138000#frag' }, TOKEN));
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/token-a|13800138000|frag/);
    expect(error).toHaveProperty('message', expect.stringContaining('https://evil.test/'));
  });

  it.each(['authorization', 'Authorization', 'AUTHORIZATION', 'aUTHORIZATION'])(
    'replaces the caller’s own %s, and keeps the other headers',
    async (name) => {
      const { backend } = await connect();
      const headers = Object.freeze({ [name]: 'Bearer stale', 'X-Trace': 't-1', 'proxy-authorization': 'Basic abc' });
      expect(backend.authorize({ url: '/orders', headers }, TOKEN).headers).toEqual({
        authorization: 'Bearer token-a+b/c==',
        'X-Trace': 't-1',
        'proxy-authorization': 'Basic abc',
      });
    },
  );

  it('is judged by its status: only 401 rejects the token', async () => {
    const { backend } = await connect();
    const rejected = [200, 204, 302, 400, 401, 403, 404, 429, 500, 503].filter((status) =>
      backend.rejectsToken({ status, headers: {}, data: null }),
    );
    expect(rejected).toEqual([401]);
  });
});

describe('the address of the server', () => {
  it.each([
    ['https://api.test/', 'https://api.test'],
    ['https://api.test///', 'https://api.test'],
    ['https://api.test:8443', 'https://api.test:8443'],
    ['http://127.0.0.1:8787/', 'http://127.0.0.1:8787'],
    ['https://api.test/v1/', 'https://api.test/v1'],
  ])('may be %s', async (baseUrl, base) => {
    const { backend, server, signIn } = await connect({ baseUrl });
    expect(backend.authorize({ url: '/orders' }, TOKEN).url).toBe(`${base}/orders`);
    await signIn();
    expect(server.requests[0]?.url).toBe(`${base}/api/auth/denglu/wechat/sign-in`);
  });

  it.each([
    '',
    'api.test',
    '/api',
    '//api.test',
    'https://',
    'https:///',
    'https://?',
    'https://#',
    'ftp://api.test',
    'wss://api.test',
    'javascript:https://api.test',
    'https://api.test?key=1',
    'https://api.test/#top',
    'https://api.test /v1',
    ' https://api.test',
  ])('may not be "%s": the adapter is not even made', (baseUrl) => {
    expectFailure(
      thrownBy(() => server({ baseUrl })),
      'misconfigured',
    );
  });

  it.each([
    ['/auth', 'https://api.test/auth/denglu/sign-out'],
    ['/auth/', 'https://api.test/auth/denglu/sign-out'],
    ['auth', 'https://api.test/auth/denglu/sign-out'],
    ['.evil.test', 'https://api.test/.evil.test/denglu/sign-out'],
    ['/', 'https://api.test/denglu/sign-out'],
    ['', 'https://api.test/denglu/sign-out'],
  ])('G-23: keeps its host, whatever the path of the endpoints: "%s"', async (authPath, url) => {
    const { server, signOut } = await connect({ authPath });
    await signOut();
    expect(server.requests[0]?.url).toBe(url);
  });
});
