import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { errorKinds, type ServerOptions, server } from '../../adapters/server.js';
import type { Backend, SilentSignIn } from '../../ports/backend.js';
import type { FailureKind } from '../../ports/failure.js';
import { secret } from '../../ports/secret.js';
import { type ErrorCode, errorCodes, Refusal } from '../../server/errors.js';
import { watch } from '../support/app.js';
import { expectFailure, thrownBy } from './conformance/failures.js';
import { SOON, setUp } from './conformance/rig.js';
import { wechatRig } from './support/wechat-rig.js';

const BASE_URL = 'https://api.test';
const TOKEN = secret('token-a+b/c==');

const SIGN_IN: SilentSignIn = {
  code: secret('code-a+b/c=='),
  createUser: true,
  withUnionId: false,
  expectedUserId: null,
};

const USER = { id: 'user-1', nickname: '小明', avatarUrl: 'https://cdn.test/a.png', openid: 'o-1', unionid: 'u-1' };
const SESSION = { token: 'token-1', expiresAt: 1_767_225_600_000, user: USER };

/** The adapter on a device, with a server that answers what the test wants. */
async function connect(options: Partial<ServerOptions> = {}) {
  const bench = await setUp(wechatRig());
  const backend = server({ baseUrl: BASE_URL, ...options })(bench.platform);
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

describe('the server adapter reads a refusal', () => {
  const codes = Object.keys(errorCodes) as ErrorCode[];

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
    const unknown = { id: 'user-1', nickname: null, avatarUrl: null, openid: null, unionid: null };
    for (const user of [
      { id: 'user-1' },
      unknown,
      { id: 'user-1', nickname: '', openid: '', avatarUrl: 7, unionid: {} },
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
