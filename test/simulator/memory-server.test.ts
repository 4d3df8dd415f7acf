import { describe, expect, it } from 'vitest';
import { type ButtonEvent, createMemoryServer } from '../../simulator/index.js';
import { APP, createScene } from './support/scene.js';

const DENGLU = 'https://api.test/api/auth/denglu';
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const SECOND = 1000;

/** A device whose app has a memory server, all in virtual time. What the server answers is test/adapters' business. */
function createServedScene() {
  const scene = createScene();
  const server = createMemoryServer({ openApi: scene.world.fetch, clock: scene.clock, ...APP });
  const device = scene.newDevice({ fetch: (input, init) => server.fetch(input, init) });
  const ask = async (method: string, path: string, body?: object, token = '') => {
    const headers = { authorization: `Bearer ${token}` };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const response = await server.fetch(`${DENGLU}${path}`, init);
    return { status: response.status, json: await response.json() };
  };
  const register = async () => (await ask('POST', '/register', { username: 'ming', password: 'long enough' })).json;
  return { ...scene, server, device, ask, register };
}

describe('the memory server', () => {
  it('takes what a device uploads in virtual time, keeps it in its log, and shows the picture (W-11)', async () => {
    const { clock, server, device, register } = createServedScene();
    const { token } = await register();
    const paths: string[] = [];
    const note = ({ detail }: ButtonEvent) => void paths.push(String(Reflect.get(detail, 'avatarUrl')));
    device.press({ openType: 'chooseAvatar' }, { chooseavatar: note }).allow(PNG);
    await clock.advance(SECOND);
    const heard: string[] = [];
    device.wx.uploadFile({
      url: `${DENGLU}/avatar`,
      filePath: paths[0] ?? '',
      name: 'file',
      header: { authorization: `Bearer ${token}` },
      success: ({ data }) => void heard.push(data),
    });
    await clock.advance(SECOND);
    expect(heard).toEqual(['{"avatarUrl":"https://api.test/avatars/1.png"}']);
    expect(server.calls.at(-1)).toMatchObject({ path: '/api/auth/denglu/avatar', status: 200, token });
    expect(server.calls.at(-1)?.body).toHaveProperty('file', expect.any(Blob));
    const picture = await server.fetch('https://api.test/avatars/1.png');
    expect([picture.headers.get('content-type'), new Uint8Array(await picture.arrayBuffer())]).toEqual([
      'image/png',
      PNG,
    ]);
  });

  it('ends tokens in its own time', async () => {
    const { clock, ask, register } = createServedScene();
    const { token, expiresAt } = await register();
    expect(expiresAt - clock.now()).toBe(7 * 24 * 3600 * SECOND);
    await clock.advance(expiresAt - clock.now() - 1);
    expect((await ask('GET', '/user', undefined, token)).json.user.username).toBe('ming');
    await clock.advance(1);
    expect(await ask('GET', '/user', undefined, token)).toMatchObject({
      status: 401,
      json: { code: 'TOKEN_REJECTED' },
    });
  });

  it.each([
    ['GET', '/register'],
    ['POST', '/account'],
    ['POST', '/nowhere'],
    ['POST', '/sms-code'],
  ])('has nothing at %s %s', async (method, path) => {
    const { ask, register } = createServedScene();
    const { token } = await register();
    expect(await ask(method, path, undefined, token)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
  });

  it.each(['{', '[]', 'null', '7', ''])('refuses a body that is no object: "%s"', async (body) => {
    const { server } = createServedScene();
    const response = await server.fetch(`${DENGLU}/register`, { method: 'POST', body });
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'INVALID_REQUEST' }]);
  });

  it.each([
    { username: 'ming' },
    { password: 'long enough' },
    { username: 'ming', email: 'ming@example.com', password: 'long enough' },
    { username: 7, password: 'long enough' },
  ])('refuses credentials that are none: %o', async (body) => {
    const { ask } = createServedScene();
    expect(await ask('POST', '/register', body)).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } });
  });

  it('shows its users, and forgets one with their tokens, names and host account', async () => {
    const { server, ask, register, world, account } = createServedScene();
    const { token } = await register();
    const code = await world.wechat.issueCode(account);
    const { json } = await ask('POST', '/wechat/link', { code }, token);
    expect(server.users).toEqual([json.user]);
    server.removeUser(json.user.openid);
    expect(server.users).toEqual([]);
    expect((await ask('GET', '/user', undefined, token)).status).toBe(401);
    expect((await register()).user).toMatchObject({ username: 'ming', openid: null });
  });

  it('answers a registration with 201', async () => {
    const { ask } = createServedScene();
    expect((await ask('POST', '/register', { username: 'ming', password: 'long enough' })).status).toBe(201);
  });

  it('says that the host is out of order where it cannot be reached', async () => {
    const { clock } = createScene();
    const server = createMemoryServer({ openApi: () => Promise.reject(new Error('no network')), clock, ...APP });
    const init = { method: 'POST', body: JSON.stringify({ code: 'a code' }) };
    const response = await server.fetch(`${DENGLU}/wechat/sign-in`, init);
    expect([response.status, await response.json()]).toMatchObject([502, { code: 'HOST_UNAVAILABLE' }]);
  });
});
