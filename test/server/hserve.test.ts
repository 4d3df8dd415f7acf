import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../simulator/index.js';
import { type Question, type Servers, serversUnderTest } from './support/server.js';
import { BAAS_CLIENT_ID, realServer, realServerWithoutProfiles, type TwoHosts, twoHosts } from './support/two-hosts.js';

// The protocol of the BaaS SDK as it is documented. What the published SDK itself makes of it is told in
// minapp-sdk.test.ts; it has no build for Baidu.

const wrong = { status: 'error', error_msg: expect.any(String) };
const HOST_LOGIN = { token: expect.any(String), expires_in: expect.any(Number) };
const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

describe('on Baidu', () => {
  let hosts: TwoHosts;
  beforeAll(async () => {
    hosts = await twoHosts(realServer);
  });
  afterAll(() => hosts.stop());

  async function silentLogin(person: Person, more: object = {}) {
    const code = await hosts.baiduCode(person);
    return hosts.askHserve('v2.5/idp/baidu/silent-login/', { body: { code, create_user: true, ...more } });
  }

  async function authenticate(person: Person, more: object = {}) {
    const code = await hosts.baiduCode(person);
    const { encryptedData: data, iv } = await hosts.baiduProfile(person);
    const body = { code, create_user: true, data, iv, update_userprofile: 'setnx', ...more };
    return hosts.askHserve('v2.5/idp/baidu/authenticate/', { body });
  }

  const tokenIn = ({ json }: { json: unknown }) => String(field(json, 'token'));
  const userIn = ({ json }: { json: unknown }) => field(json, 'user_info');

  it('a silent login answers the token and the whole record of the user', async () => {
    const answer = await silentLogin(hosts.newPerson());
    expect(answer).toEqual({
      status: 201,
      json: {
        ...HOST_LOGIN,
        user_info: {
          id: expect.any(Number),
          avatar: null,
          nickname: null,
          gender: 0,
          country: '',
          province: '',
          city: '',
          language: '',
          openid: expect.any(String),
          unionid: null,
          is_authorized: false,
          created_at: expect.any(Number),
          updated_at: expect.any(Number),
          _anonymous: false,
          _username: null,
          _email: null,
          _email_verified: false,
          _phone: null,
          _phone_verified: false,
          _provider: { baidu: { openid: expect.any(String), unionid: null } },
        },
      },
    });
    expect(Number.isSafeInteger(field(userIn(answer), 'id'))).toBe(true);
  });

  it('a silent login that is to make no user says 404 and `not found` (G-18)', async () => {
    expect(await silentLogin(hosts.newPerson(), { create_user: false })).toEqual({
      status: 404,
      json: { status: 'error', error_msg: 'not found' },
    });
  });

  it('an authorised login signs in, and keeps what the person shows', async () => {
    const person = hosts.newPerson({ gender: 2 });
    const answer = await authenticate(person);
    expect(answer.status).toBe(201);
    const kept = { nickname: '小明', avatar: person.avatarUrl, gender: 2, is_authorized: true };
    expect(userIn(answer)).toMatchObject(kept);
    expect(userIn(await silentLogin(person))).toEqual({
      ...Object(userIn(answer)),
      updated_at: expect.any(Number),
    });
  });

  it.each([
    ['overwrite', '小明'],
    ['setnx', '旧名'],
    ['false', '旧名'],
    [false, '旧名'],
  ])('an authorised login with update_userprofile %j leaves the name %s', async (update_userprofile, nickname) => {
    const person = hosts.newPerson();
    const token = tokenIn(await silentLogin(person));
    await hosts.ask('profile', { token, body: { nickname: '旧名' } });
    expect(userIn(await authenticate(person, { update_userprofile }))).toMatchObject({ nickname });
  });

  it('an authorised login whose data is of another key, or of nobody, signs nobody in (B-09)', async () => {
    const person = hosts.newPerson();
    const stale = await hosts.baiduProfile(person);
    const broken = await authenticate(person, { data: stale.encryptedData, iv: stale.iv.split('').reverse().join('') });
    expect(broken).toEqual({ status: 400, json: wrong });
    const { status } = await silentLogin(person, { create_user: false });
    expect(status).toBe(404);
  });

  it('a link ties the host account to whoever is signed in (G-19)', async () => {
    const person = hosts.newPerson();
    const body = { username: `b${Date.now()}`, password: 'correct horse battery' };
    const registered = await hosts.askHserve('v2.1/register/username/', { body });
    expect(registered).toMatchObject({ status: 201, json: { ...HOST_LOGIN, _username: body.username } });
    const id = field(registered.json, 'id');
    expect(field(registered.json, 'user_id')).toBe(id);
    const code = await hosts.baiduCode(person);
    const token = tokenIn(registered);
    expect(await hosts.askHserve('v2.1/idp/baidu/user-association/', { token, body: { code } })).toEqual({
      status: 200,
      json: { status: 'ok', message: 'User associated.', openid: expect.any(String), unionid: null, user_id: id },
    });
    expect(userIn(await silentLogin(person, { create_user: false }))).toMatchObject({ id });
  });

  it('an anonymous user may not link, and is told so', async () => {
    const anonymous = await hosts.askHserve('v2.0/login/anonymous/', { body: {} });
    expect(anonymous).toMatchObject({ status: 201, json: { ...HOST_LOGIN, _anonymous: true, openid: null } });
    const code = await hosts.baiduCode(hosts.newPerson());
    const linked = await hosts.askHserve('v2.1/idp/baidu/user-association/', {
      token: tokenIn(anonymous),
      body: { code },
    });
    expect(linked).toEqual({ status: 403, json: wrong });
  });
});

describe('on Baidu, where no client may write profiles (616)', () => {
  let hosts: TwoHosts;
  beforeAll(async () => {
    hosts = await twoHosts(realServerWithoutProfiles);
  });
  afterAll(() => hosts.stop());

  async function authenticate(person: Person, more: object = {}) {
    const code = await hosts.baiduCode(person);
    const { encryptedData: data, iv } = await hosts.baiduProfile(person);
    const body = { code, create_user: true, data, iv, update_userprofile: 'overwrite', ...more };
    return hosts.askHserve('v2.5/idp/baidu/authenticate/', { body });
  }

  it('an authorised login is no update: it signs in, whoever is new is made, and nothing shown is kept', async () => {
    const person = hosts.newPerson({ gender: 2 });
    const nothing = { nickname: null, avatar: null, gender: 0, is_authorized: false };
    expect(await authenticate(person)).toMatchObject({ status: 201, json: { ...HOST_LOGIN, user_info: nothing } });
    expect(await authenticate(person, { create_user: false })).toMatchObject({
      status: 201,
      json: { user_info: nothing },
    });
  });

  it('but what is shown has to be their own all the same (B-09)', async () => {
    const person = hosts.newPerson();
    const stale = await hosts.baiduProfile(person);
    const answer = await authenticate(person, { data: stale.encryptedData, iv: stale.iv });
    expect(answer).toEqual({ status: 400, json: wrong });
  });
});

describe('whatever the host', () => {
  let servers: Servers;
  afterEach(() => servers.stop());

  const start = async (overrides: Parameters<typeof serversUnderTest>[0] = {}) => {
    servers = await serversUnderTest({ baasClientId: BAAS_CLIENT_ID, ...overrides });
  };

  async function ask(path: string, { token, headers, ...question }: Question = {}, server = servers.server) {
    const own = { 'x-hydrogen-client-id': BAAS_CLIENT_ID, ...(token && { authorization: `Hydrogen-r1 ${token}` }) };
    const answer = await servers.ask(`/hserve/${path}`, { ...question, headers: { ...own, ...headers } }, server);
    const json: unknown = JSON.parse(answer.text);
    return { status: answer.status, headers: answer.headers, json, text: answer.text };
  }

  const silentLogin = (openid: string, question: Question = {}, server = servers.server) =>
    ask(
      'v2.5/idp/wechat/silent-login/',
      { body: { code: servers.openApi.codeFor({ openid }), create_user: true }, ...question },
      server,
    );

  it('nothing is there without a client id, nor for another one, nor beside the documented addresses', async () => {
    await start({ baasClientId: undefined });
    expect(await silentLogin('o-1')).toMatchObject({ status: 404, json: { status: 'error', error_msg: 'not found' } });
    await servers.stop();
    await start();
    const foreign = await silentLogin('o-1', { headers: { 'x-hydrogen-client-id': 'another' } });
    expect(foreign).toMatchObject({ status: 400, json: wrong });
    expect(await ask('v9/nothing/')).toMatchObject({ status: 404, json: { status: 'error', error_msg: 'not found' } });
    expect((await servers.ask('/api/auth/hserve/v2.0/login/anonymous/', { body: {} })).status).toBe(404);
    expect(await servers.count('user')).toBe(0);
  });

  it.each(['never.issued', 'x', '"><%'])('no login minds the token %s that goes along', async (token) => {
    await start();
    expect((await silentLogin('o-1', { token })).status).toBe(201);
    expect((await ask('v2.0/login/anonymous/', { token, body: {} })).status).toBe(201);
  });

  it('a token opens both protocols, and is ended by either', async () => {
    await start();
    const { json } = await silentLogin('o-1');
    const token = String(field(json, 'token'));
    const id = field(field(json, 'user_info'), 'id');
    const native = await servers.ask('/api/auth/denglu/user', { token });
    expect(JSON.parse(native.text)).toMatchObject({ user: { openid: 'o-1', baasId: id } });
    await servers.ask('/api/auth/denglu/sign-out', { method: 'POST', token });
    expect(await ask(`v2.5/user/info/${id}/`, { token })).toMatchObject({ status: 401, json: wrong });
    expect(await ask('v2.0/session/destroy/', { token, body: {} })).toMatchObject({ status: 401, json: wrong });
    expect(await ask('v2.0/session/destroy/', { body: {} })).toMatchObject({ status: 401, json: wrong });
  });

  it('nobody reads another user', async () => {
    await start();
    const [one, other] = [await silentLogin('o-1'), await silentLogin('o-2')];
    const id = field(field(other.json, 'user_info'), 'id');
    const answer = await ask(`v2.5/user/info/${id}/`, { token: String(field(one.json, 'token')) });
    expect(answer).toMatchObject({ status: 404, json: { status: 'error', error_msg: 'not found' } });
  });

  it.each([
    ['no code', { create_user: true }],
    ['a code that is none', { code: 7, create_user: true }],
    ['a wish that is none', { code: 'c', create_user: 'yes' }],
    ['a list', []],
    ['no JSON', 'x'],
    ['a reserved address', { code: 'someone@denglu.invalid' }],
  ])('%s is refused with 400', async (_, body) => {
    await start();
    expect(await silentLogin('o-1', { body })).toMatchObject({ status: 400, json: wrong });
  });

  it('a body that is too large is refused, and a code that was used', async () => {
    await start();
    expect(await silentLogin('o-1', { body: { code: 'x'.repeat(20_000) } })).toMatchObject({
      status: 413,
      json: wrong,
    });
    const body = { code: servers.openApi.codeFor({ openid: 'o-1' }), create_user: true };
    expect((await silentLogin('o-1', { body })).status).toBe(201);
    expect(await silentLogin('o-1', { body })).toMatchObject({ status: 400, json: wrong });
  });

  it('too many requests are refused, with the time to wait, and the log says which', async () => {
    await start({ limits: { perAddress: 100_000, perAccount: 1 } });
    expect((await silentLogin('o-1')).status).toBe(201);
    const answer = await silentLogin('o-1');
    expect(answer).toMatchObject({ status: 429, json: wrong });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    const lines = servers.logged().filter(({ msg }) => msg === 'request');
    expect(lines.at(-1)).toMatchObject({ path: '/hserve/v2.5/idp/wechat/silent-login/', code: 'RATE_LIMITED' });
  });

  it('what comes too often from one address is refused before its body is read', async () => {
    await start({ limits: { perAddress: 1, perAccount: 1000 } });
    expect((await silentLogin('o-1')).status).toBe(201);
    expect(await silentLogin('o-1', { body: 'no JSON' })).toMatchObject({ status: 429, json: wrong });
  });

  it('a user from before there were numbers gets one, the same for all who ask at once', async () => {
    await start();
    const { json } = await silentLogin('o-1');
    const token = String(field(json, 'token'));
    await servers.rows('update user set baasId = null');
    const body = { username: 'one_name' };
    const ids = await Promise.all(
      Array.from({ length: 8 }, async () =>
        field((await ask('v2.2/user/account/', { method: 'PUT', token, body })).json, 'id'),
      ),
    );
    expect(Number.isSafeInteger(ids[0])).toBe(true);
    expect(new Set(ids).size).toBe(1);
    expect((await ask(`v2.5/user/info/${ids[0]}/`, { token })).status).toBe(200);
  });

  it('an account that the host tells two unionids of is refused with 400, asked for or not, as is one of two users', async () => {
    await start();
    const body = (account: { openid: string; unionid: string }, withUnionId = true) => ({
      code: servers.openApi.codeFor(account),
      create_user: true,
      login_with_unionid: withUnionId,
    });
    const first = await silentLogin('', { body: body({ openid: 'o-1', unionid: 'u-1' }) });
    const second = await silentLogin('', { body: body({ openid: 'o-2', unionid: 'u-1' }) });
    expect(field(field(second.json, 'user_info'), 'id')).toBe(field(field(first.json, 'user_info'), 'id'));
    for (const withUnionId of [true, false]) {
      expect(await silentLogin('', { body: body({ openid: 'o-1', unionid: 'u-2' }, withUnionId) })).toMatchObject({
        status: 400,
        json: wrong,
      });
    }
  });
});
