import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ErrorCode, errorCodes } from '../../server/index.js';
import { type Answer, type Question, type Servers, SIGN_IN, serversUnderTest, USER } from './support/server.js';

let servers: Servers;
let url: string;

beforeAll(async () => {
  servers = await serversUnderTest();
  url = await servers.server.listen();
});
afterAll(() => servers.stop());

const JSON_TYPE = { 'content-type': 'application/json' };

function expectRefusal(answer: Answer, status: number, code: string) {
  expect([answer.status, answer.json.code]).toEqual([status, code]);
  expect(answer.json.message).toMatch(/\S/);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
}

describe('a body that is no sign-in is INVALID_REQUEST', () => {
  const wrong: [string, Question][] = [
    ['none', { method: 'POST' }],
    ['none, said to be JSON', { method: 'POST', headers: JSON_TYPE }],
    ['empty', { body: '', headers: JSON_TYPE }],
    ['blank', { body: '  ' }],
    ['broken JSON', { body: '{"code":"abc"' }],
    ['JSON with a comma too many', { body: '{"code":"abc",}' }],
    ['no JSON at all', { body: 'code=abc' }],
    ['broken UTF-8 in half a text', { body: '{"code":"\ud800' }],
    ['a text', { body: '"code"' }],
    ['a number', { body: '7' }],
    ['null', { body: 'null' }],
    ['a list', { body: '[{"code":"abc"}]' }],
    ['an empty object', { body: {} }],
    ['nested a thousand times', { body: `${'['.repeat(1000)}${']'.repeat(1000)}` }],
    ['a prototype', { body: '{"__proto__":{"code":"abc"}}' }],
    ['an empty code', { body: { code: '' } }],
    ['a code that is null', { body: { code: null } }],
    ['a code that is a number', { body: { code: 7 } }],
    ['a code that is an object', { body: { code: { $ne: '' } } }],
    ['a code that is a list', { body: { code: ['abc'] } }],
    ['a code without end', { body: { code: 'x'.repeat(300) } }],
    ['createUser as a text', { body: { code: 'abc', createUser: 'false' } }],
    ['createUser as a number', { body: { code: 'abc', createUser: 0 } }],
    ['createUser as null', { body: { code: 'abc', createUser: null } }],
    ['withUnionId as a text', { body: { code: 'abc', withUnionId: 'yes' } }],
    ['expectedUserId as a number', { body: { code: 'abc', expectedUserId: 7 } }],
    ['expectedUserId as nothing', { body: { code: 'abc', expectedUserId: '' } }],
    ['expectedUserId as null', { body: { code: 'abc', expectedUserId: null } }],
    ['a form', { body: 'code=abc', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['JSON said to be a text', { body: '{"code":"abc"}', headers: { 'content-type': 'text/plain' } }],
    ['JSON said to be anything', { body: '{"code":"abc"}', headers: { 'content-type': '*/*' } }],
    ['JSON said to be nearly JSON', { body: '{"code":"abc"}', headers: { 'content-type': 'x/application/json' } }],
    ['JSON without a type', { body: '{"code":"abc"}', headers: { 'content-type': '' } }],
    ['many parts', { body: '--b--', headers: { 'content-type': 'multipart/form-data; boundary=b' } }],
  ];

  it.each(wrong)('%s', async (_, question) => {
    expectRefusal(await servers.ask(SIGN_IN, question), 400, 'INVALID_REQUEST');
    const overHttp = new Request(`${url}${SIGN_IN}`, await asInit(question));
    expectRefusal(await servers.read(await fetch(overHttp)), 400, 'INVALID_REQUEST');
  });

  it.each(['code', 'createUser', 'withUnionId', 'expectedUserId'])(
    'and the message names the field: %s',
    async (field) => {
      const { json } = await servers.ask(SIGN_IN, { body: { code: 'abc', [field]: 7 } });
      expect(json.message).toContain(field);
    },
  );

  it('though fields that nobody knows are no matter', async () => {
    const code = servers.openApi.codeFor({ openid: 'o-more' });
    const body = { code, callbackURL: 'https://elsewhere.invalid', email: 7, userId: 'admin', __v: 1 };
    expect((await servers.ask(SIGN_IN, { body })).status).toBe(200);
  });

  it('and odd letters within a code are the host’s to judge', async () => {
    for (const code of ['\u0000', '登录', '\ud800', "' or 1=1 --", 'a&secret=b', '%00', '../..']) {
      expectRefusal(await servers.ask(SIGN_IN, { body: { code } }), 400, 'CODE_INVALID');
    }
  });
});

async function asInit({ method, body, headers }: Question): Promise<RequestInit> {
  if (body === undefined) return { method: method ?? 'POST', ...(headers && { headers }) };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { method: 'POST', body: new TextEncoder().encode(text), headers: headers ?? JSON_TYPE };
}

describe('a body that is too large is BODY_TOO_LARGE', () => {
  const tooLarge = JSON.stringify({ code: 'x'.repeat(17_000) });

  it('with its length told', async () => {
    expectRefusal(
      await servers.ask(SIGN_IN, { body: tooLarge, headers: { ...JSON_TYPE, 'content-length': '17011' } }),
      413,
      'BODY_TOO_LARGE',
    );
    const response = await fetch(`${url}${SIGN_IN}`, { method: 'POST', body: tooLarge, headers: JSON_TYPE });
    expectRefusal(await servers.read(response), 413, 'BODY_TOO_LARGE');
  });

  it('in chunks, without a length, and it is not read to its end', async () => {
    let chunks = 0;
    const body = new ReadableStream({
      pull(controller) {
        chunks += 1;
        controller.enqueue(new Uint8Array(1024));
        if (chunks > 100_000) controller.close();
      },
    });
    const init = { method: 'POST', body, headers: JSON_TYPE, duplex: 'half' };
    const request = new Request(`http://127.0.0.1${SIGN_IN}`, init);
    expectRefusal(await servers.read(await servers.server.fetch(request)), 413, 'BODY_TOO_LARGE');
    expect(chunks).toBeLessThan(30);
  });

  it('in chunks over HTTP', async () => {
    const chunk = `400\r\n${'x'.repeat(0x400)}\r\n`;
    const said = await raw(`${head('POST', SIGN_IN)}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(20)}0\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
    expect(said).toContain('"code":"BODY_TOO_LARGE"');
  });

  it('of many megabytes, and the server still answers others', async () => {
    const body = new Uint8Array(30_000_000);
    const outcome = await fetch(`${url}${SIGN_IN}`, { method: 'POST', body, headers: JSON_TYPE }).then(
      ({ status }) => status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(outcome);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

describe('an address where nothing is, is NOT_FOUND', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/api/auth'],
    ['GET', '/api/auth/denglu'],
    ['GET', '/api/auth/denglu/'],
    ['GET', '/api/auth/denglu/nothing'],
    ['GET', '/api/auth/denglu//user'],
    ['GET', '/api/auth/denglu/%E0%A4%A'],
    ['GET', '/api/auth/denglu/user/'],
    ['GET', '/api/auth/denglu/../../../etc/passwd'],
    ['GET', SIGN_IN],
    ['POST', USER],
    ['PUT', SIGN_IN],
    ['DELETE', USER],
    ['OPTIONS', USER],
    ['PROPFIND', USER],
    ['POST', '/api/auth/denglu/baidu/sign-in'],
  ])('%s %s', async (method, path) => {
    expectRefusal(await servers.ask(path, { method }), 404, 'NOT_FOUND');
  });

  it.each([
    'get-session',
    'list-sessions',
    'sign-out',
    'sign-up/email',
    'sign-in/email',
    'sign-in/social',
    'update-user',
    'delete-user',
    'list-accounts',
    'ok',
    'error',
    'reference',
  ])('nor is any of better-auth’s own endpoints open: %s', async (path) => {
    for (const question of [{}, { body: {} }]) {
      expectRefusal(await servers.ask(`/api/auth/${path}`, question), 404, 'NOT_FOUND');
    }
  });
});

describe('HEAD', () => {
  it.each([
    [USER, 401],
    [SIGN_IN, 404],
    ['/api/auth/denglu/avatar', 404],
    ['/api/auth/denglu/nothing', 404],
  ])('of %s is answered as GET is, without a body', async (path, status) => {
    for (const method of ['HEAD', 'GET']) {
      const answer = await servers.read(await fetch(`${url}${path}`, { method }));
      expect([answer.status, answer.text === '']).toEqual([status, method === 'HEAD']);
    }
  });

  it('of the user with a token is 200', async () => {
    const { json } = await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-head' }) });
    const answer = await servers.ask(USER, { method: 'HEAD', token: json.token });
    expect([answer.status, answer.text]).toEqual([200, '']);
  });
});

describe('over a bare socket', () => {
  it('an older client may leave the host out, as probes of balancers do', async () => {
    expect(await raw('GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"status":"ok"\}$/);
    expect(await raw(`GET ${USER} HTTP/1.0\r\n\r\n`)).toContain('"code":"NOT_SIGNED_IN"');
    expect(await raw('GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('TRACE is NOT_FOUND', async () => {
    expect(await raw(`${head('TRACE', USER)}\r\n`)).toContain('"code":"NOT_FOUND"');
  });

  it('an address with a name and password in it is INVALID_REQUEST', async () => {
    const said = await raw(`${head('GET', `http://name:password@127.0.0.1${USER}`)}\r\n`);
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said).toContain('"code":"INVALID_REQUEST"');
  });

  it('an impossible host is INVALID_REQUEST', async () => {
    const said = await raw(`GET ${USER} HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said).toContain('"code":"INVALID_REQUEST"');
  });

  it('a header in foreign letters, twice, or without end is no matter', async () => {
    const odd = 'Authorization: Bearer \u00e9\u00ff\r\nAuthorization: Bearer b\r\nX-Odd: \u00ff\r\nCookie: =;=;;\r\n';
    expect(await raw(`${head('GET', USER)}${odd}\r\n`)).toContain('"code":"TOKEN_REJECTED"');
    expect(await raw(`${head('GET', USER)}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('what is no HTTP gets 400', async () => {
    expect(await raw('hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('a body that breaks off harms nobody', async () => {
    const before = requestsLogged().length;
    await breakOff(`${head('POST', SIGN_IN)}Content-Length: 100\r\n\r\n{"code":`);
    await breakOff(`${head('POST', SIGN_IN)}Transfer-Encoding: chunked\r\n\r\n5\r\n{"cod`);
    await vi.waitFor(() => expect(requestsLogged()).toHaveLength(before + 2));
    for (const line of requestsLogged().slice(before))
      expect(line).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

it('no input of this file made the server fail', async () => {
  expect(requestsLogged().length).toBeGreaterThan(100);
  expect(requestsLogged().filter(({ status }) => Number(status) >= 500)).toEqual([]);
  expect(servers.logged().filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

it('every refusal has a status and words of its own', () => {
  for (const { status, message } of Object.values(errorCodes)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(message).toMatch(/\.$/);
  }
});

it.each<[number, number, ErrorCode[]]>([
  [
    400,
    400,
    [
      'PASSWORD_WRONG',
      'PHONE_ALREADY_SET',
      'PHONE_TAKEN',
      'USERNAME_TAKEN',
      'EMAIL_TAKEN',
      'LINK_TAKEN',
      'LINK_OCCUPIED',
    ],
  ],
  [401, 401, ['TOKEN_REJECTED']],
  [404, 404, ['ACCOUNT_NOT_FOUND']],
  [604, 401, ['NOT_SIGNED_IN']],
  [612, 403, ['ANONYMOUS_MAY_NOT_LINK']],
  [616, 403, ['PROFILE_UPDATES_OFF']],
])('the BaaS auth API documents %i, sent with status %i, of %o', (baasCode, status, codes) => {
  for (const code of codes) expect({ code, ...errorCodes[code] }).toMatchObject({ code, baasCode, status });
});

it('only what that API documents has a number of it', () => {
  const numbered = Object.values(errorCodes).filter((meaning) => 'baasCode' in meaning);
  expect(new Set(numbered.map(({ baasCode }) => baasCode))).toEqual(new Set([400, 401, 404, 604, 612, 616]));
  for (const { status, ...meaning } of Object.values(errorCodes)) {
    if (status === 400) expect(meaning).toHaveProperty('baasCode', 400);
    if (status >= 413) expect(meaning).not.toHaveProperty('baasCode');
  }
});

const requestsLogged = () => servers.logged().filter(({ msg }) => msg === 'request');

const head = (method: string, path: string) =>
  `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n`;

/** What the server says to these bytes until it hangs up. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (data) => {
      said += data;
    });
    socket.on('close', () => resolve(said));
    socket.on('error', reject);
  });
}

/** Sends these bytes and hangs up. */
function breakOff(bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(bytes, () => socket.resetAndDestroy());
    });
    socket.on('close', () => resolve());
  });
}
