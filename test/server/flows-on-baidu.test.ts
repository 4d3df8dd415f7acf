import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baidu } from '../../adapters/baidu.js';
import { server as serverAdapter } from '../../adapters/server.js';
import { wechat } from '../../adapters/wechat.js';
import type { Auth } from '../../machines/auth.js';
import { createAuth } from '../../machines/create-auth.js';
import type { ProfileOptions } from '../../machines/profile-flow.js';
import { createServer, type Server } from '../../server/index.js';
import {
  type BaiduDeviceOptions,
  createBaiduDevice,
  createWechatDevice,
  createWorld,
  type Person,
} from '../../simulator/index.js';
import { until } from './support/client.js';
import { newDatabase } from './support/server.js';

// The app on a simulated phone, and denglu's server on its database: between them is HTTP, and so is between the server
// and the simulated Baidu.

const BAIDU = { appKey: 'key-over-http', appSecret: 'secret-over-http' };
const WECHAT = { appId: 'wx-over-http', appSecret: 'secret-over-http' };
const LOOPBACK = '127.0.0.1';
const PASSWORD = 'correct horse battery';

const world = createWorld();
const file = await newDatabase();
const strictFile = await newDatabase();
const auths: Auth[] = [];
let server: Server;
/** The same, but clients may write no profile. */
let strict: Server;
let baseUrl = '';
let strictUrl = '';
let closeWorld = () => {};

beforeAll(async () => {
  world.addBaiduApp(BAIDU);
  world.addApp(WECHAT);
  const apiUrl = await new Promise<string>((resolve) => {
    const served = serve({ fetch: world.fetch, hostname: LOOPBACK, port: 0 }, ({ port }: AddressInfo) =>
      resolve(`http://${LOOPBACK}:${port}`),
    );
    closeWorld = () => {
      if ('closeAllConnections' in served) served.closeAllConnections();
      served.close();
    };
  });
  const start = (profileUpdates: boolean, database: { url: string; folder: string }) =>
    createServer(
      {
        secret: 'a secret for tests, long enough to sign tokens',
        wechat: { ...WECHAT, apiUrl },
        baidu: { ...BAIDU, apiUrl },
        host: LOOPBACK,
        port: 0,
        databaseUrl: database.url,
        dataFolder: database.folder,
        messages: 'off',
        allowedOrigins: [],
        trustedProxies: [],
        limits: { perAddress: 100_000, perAccount: 100_000 },
        profileUpdates,
      },
      { log: pino({ level: 'silent' }) },
    );
  server = await start(true, file);
  strict = await start(false, strictFile);
  [baseUrl, strictUrl] = await Promise.all([server.listen(), strict.listen()]);
});

afterAll(async () => {
  for (const auth of auths) auth.stop();
  await Promise.all([server.close(1000), strict.close(1000)]);
  closeWorld();
  await file.remove();
  await strictFile.remove();
});

const newPerson = () =>
  world.addPerson({ nickname: '小明', phoneNumber: `139${Math.random().toString().slice(2, 10)}` });

/** The app on a person's phone, on Baidu. */
function open(person: Person, phone: Partial<BaiduDeviceOptions> = {}, url = baseUrl) {
  const device = createBaiduDevice({ cloud: world.baidu, appKey: BAIDU.appKey, person, ...phone });
  const auth = createAuth({ platform: baidu({ swan: device.swan }), backend: serverAdapter({ baseUrl: url }) });
  auths.push(auth);
  return { auth, device };
}

function openOnWechat(person: Person) {
  const device = createWechatDevice({ cloud: world.wechat, appId: WECHAT.appId, person });
  const auth = createAuth({ platform: wechat({ wx: device.wx }), backend: serverAdapter({ baseUrl }) });
  auths.push(auth);
  return { auth, device };
}

const newName = () => `u${randomUUID().slice(0, 8)}`;

it('B-01: signs in silently once the person has signed in to Baidu by its button', async () => {
  const { auth, device } = open(newPerson(), { signedIn: false });
  await expect(auth.ensure()).rejects.toMatchObject({ kind: 'host-signed-out' });
  const signedIn = new Promise((resolve) => {
    device.press({ openType: 'login' }, { login: () => resolve(auth.ensure()) }).allow();
  });
  expect(await signedIn).toMatchObject({ user: { openid: expect.any(String) } });
});

it('404 → register → link → silent login (G-18)', async () => {
  const person = newPerson();
  const first = open(person);
  await expect(first.auth.ensure({ createUser: false })).rejects.toMatchObject({ kind: 'unregistered' });
  const linking = first.auth.linking();
  linking.register({ username: newName(), password: PASSWORD });
  const { user } = await until(linking, ({ state }) => state === 'linked');
  const { user: again } = await open(person).auth.ensure({ createUser: false });
  expect(again.id).toBe(user?.id);
});

it('B-06: signs in by phone, and updates the number of whoever is signed in', async () => {
  const person = newPerson();
  for (const mode of ['signIn', 'update'] as const) {
    const { auth, device } = open(person);
    if (mode === 'update') await auth.ensure();
    const flow = auth.phone({ mode });
    await until(flow, ({ live }) => live);
    device
      .press(
        { openType: 'getPhoneNumber' },
        { tap: () => flow.ask(), getphonenumber: ({ detail }) => flow.answer(detail) },
      )
      .allow();
    await until(flow, ({ state }) => state === 'succeeded');
    expect(auth.getSnapshot().user?.phone?.reveal()).toBe(`+86${person.phoneNumber}`);
    // A button that stays on a page prepares again, and its login would replace the key on the person's next phone (W-04).
    flow.leave();
  }
});

it('G-03: asks for one more tap where another login has replaced the session key under the sheet', async () => {
  const person = newPerson();
  const { auth, device } = open(person);
  await auth.ensure();
  const flow = auth.phone({ mode: 'update' });
  await until(flow, ({ live }) => live);
  const press = () =>
    device.press(
      { openType: 'getPhoneNumber' },
      { tap: () => flow.ask(), getphonenumber: ({ detail }) => flow.answer(detail) },
    );
  const sheet = press();
  await world.baidu.issueCode({ appKey: BAIDU.appKey, personId: person.id });
  sheet.allow();
  const { failure } = await until(flow, ({ state, live }) => state === 'wantingAnotherTap' && live);
  expect(failure).toMatchObject({ kind: 'key-stale', raw: { code: 'DECRYPT_FAILED' } });
  expect(auth.getSnapshot().user?.phone).toBeNull();
  press().allow();
  const { user } = await until(flow, ({ state }) => state === 'succeeded');
  expect(user?.phone?.reveal()).toBe(`+86${person.phoneNumber}`);
});

describe('authorised login by the getUserInfo button (B-05)', () => {
  /** The profile flow with its button on the page, and a tap on that. */
  async function place({ auth, device }: ReturnType<typeof open>, options: Partial<ProfileOptions> = {}) {
    const flow = auth.profile({ desc: '用于完善会员资料', ...options });
    await until(flow, ({ by, live }) => by === 'hostButton' && live);
    const press = () => device.press({ openType: 'getUserInfo' }, { getuserinfo: ({ detail }) => flow.answer(detail) });
    return { flow, press };
  }

  it.each(['overwrite', 'setnx', false] as const)('signs a stranger in, by one tap, with sync %s', async (sync) => {
    const client = open(newPerson());
    const { flow, press } = await place(client, { sync });
    press().allow();
    const { user } = await until(flow, ({ state }) => state === 'saved');
    expect(user?.nickname).toBe(sync === false ? null : '小明');
    expect(client.auth.getSnapshot()).toMatchObject({ status: 'signedIn', user: { id: user?.id } });
    expect(await client.auth.request({ url: '/api/auth/denglu/user' })).toMatchObject({ status: 200 });
  });

  it('signs in whoever has an account, as who they are', async () => {
    const person = newPerson();
    const { user } = await open(person).auth.ensure();
    const client = open(person);
    const { flow, press } = await place(client, { createUser: false });
    press().allow();
    const saved = await until(flow, ({ state }) => state === 'saved');
    expect(saved.user).toMatchObject({ id: user.id, nickname: '小明' });
  });

  it('makes no user where none is wanted (G-18)', async () => {
    const person = newPerson();
    const { auth, ...client } = open(person);
    const { flow, press } = await place({ auth, ...client }, { createUser: false });
    press().allow();
    await until(flow, ({ state }) => state === 'unregistered');
    await expect(auth.ensure({ createUser: false })).rejects.toMatchObject({ kind: 'unregistered' });
  });

  it('signs in also where the server lets no client write profiles', async () => {
    const client = open(newPerson(), {}, strictUrl);
    const { flow, press } = await place(client);
    press().allow();
    const { user } = await until(flow, ({ state }) => state === 'signedIn');
    expect(user).toMatchObject({ nickname: null, openid: expect.any(String) });
    expect(client.auth.getSnapshot()).toMatchObject({ status: 'signedIn', user: { id: user?.id } });
  });

  it.each([
    ['overwrite', '小明'],
    ['setnx', 'before'],
    [false, 'before'],
  ] as const)('keeps the profile of whoever is signed in as sync %s says', async (sync, nickname) => {
    const client = open(newPerson());
    const { user } = await client.auth.ensure();
    await server.updateProfile(user.id, { nickname: 'before' });
    const { flow, press } = await place(client, { sync });
    press().allow();
    const saved = await until(flow, ({ state }) => state === 'saved');
    expect(saved.user).toMatchObject({ id: user.id, nickname });
  });

  it('knows who refused by id and openid', async () => {
    const client = open(newPerson());
    const { user } = await client.auth.ensure();
    const { flow, press } = await place(client);
    press().deny();
    await until(flow, ({ state }) => state === 'denied');
    expect(client.auth.getSnapshot().user).toMatchObject({ id: user.id, openid: user.openid });
  });

  it('makes nobody of who withdraws after the yes (G-06)', async () => {
    const person = newPerson();
    const client = open(person);
    const { flow, press } = await place(client);
    client.device.faults.next('getUserInfo', { delay: 300 });
    press().allow();
    await until(flow, ({ state }) => state === 'gettingUserInfo');
    flow.cancel();
    expect(flow.getSnapshot()).toMatchObject({ state: 'idle', busy: false });
    await expect(open(person).auth.ensure({ createUser: false })).rejects.toMatchObject({ kind: 'unregistered' });
    expect(client.auth.getSnapshot()).toMatchObject({ status: 'signedOut', user: null });
  });

  it('leaves signed out who signs out after the yes', async () => {
    const client = open(newPerson());
    await client.auth.ensure();
    const { flow, press } = await place(client);
    client.device.faults.next('getUserInfo', { delay: 300 });
    press().allow();
    await until(flow, ({ state }) => state === 'gettingUserInfo');
    await client.auth.signOut();
    expect(flow.getSnapshot()).toMatchObject({ state: 'idle', busy: false });
    // Whatever came late has come before this answer.
    await open(newPerson()).auth.ensure();
    expect(client.auth.getSnapshot()).toMatchObject({ status: 'signedOut', user: null });
  });

  it('makes nobody of who only types a name (G-18)', async () => {
    const person = newPerson();
    const client = open(person);
    const { flow, press } = await place(client);
    press().deny();
    await until(flow, ({ state }) => state === 'denied');
    flow.fillIn();
    flow.submit('小红');
    const { failure } = await until(flow, (snapshot) => snapshot.failure?.kind === 'unregistered');
    expect(failure?.kind).toBe('unregistered');
    await expect(open(person).auth.ensure({ createUser: false })).rejects.toMatchObject({ kind: 'unregistered' });
  });

  it('signs nobody in by a no', async () => {
    const client = open(newPerson());
    const { flow, press } = await place(client);
    press().deny();
    await until(flow, ({ state }) => state === 'denied');
    expect(client.auth.getSnapshot()).toMatchObject({ status: 'signedOut', user: null });
  });
});

it('a user who is linked on both hosts signs in from either', async () => {
  const person = newPerson();
  const there = openOnWechat(person);
  const { user } = await there.auth.ensure();
  const username = newName();
  const settings = there.auth.settings();
  settings.save({ username, password: PASSWORD });
  await until(settings, ({ state }) => state === 'saved');

  const linking = open(person).auth.linking();
  linking.signIn({ username, password: PASSWORD });
  const linked = await until(linking, ({ state }) => state === 'linked');
  expect(linked.user?.id).toBe(user.id);

  const [here, back] = [await open(person).auth.ensure(), await openOnWechat(person).auth.ensure()];
  expect([here.user.id, back.user.id]).toEqual([user.id, user.id]);
  expect(here.user.openid).not.toBe(back.user.openid);
});
