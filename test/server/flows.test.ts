import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PhoneOptions } from '../../machines/phone-flow.js';
import type { ProfileFlow } from '../../machines/profile-flow.js';
import type { ProfileSync } from '../../ports/profile.js';
import { type Client, type OverHttp, overHttp, placed, press, until } from './support/client.js';

// The app on a simulated phone, and denglu's server on its database: between them is HTTP, and so is between the server
// and the simulated WeChat.

/** The last one whose phone button gives no code of its own (W-13), and whose sheet still tells who one is (W-08). */
const OLD = { baseLibrary: '2.21.1' };
const NEW = { baseLibrary: '3.7.0' };
const PASSWORD = 'correct horse battery';
const newName = () => `u${randomUUID().slice(0, 8)}`;
const reached =
  (...states: string[]) =>
  ({ state }: { state: string }) =>
    states.includes(state);

let http: OverHttp;
beforeAll(async () => {
  http = await overHttp();
});
afterAll(() => http.stop());

/** The person lets the app know their number. */
async function giveNumber(client: Client, options?: PhoneOptions) {
  const flow = await placed(client, options);
  press(client, flow).allow();
  return until(flow, ({ state, busy }) => !busy && state !== 'asking' && state !== 'inviting');
}

it('404 → register → link → silent login (G-18)', async () => {
  const person = http.newPerson();
  const first = http.open(person);
  await expect(first.auth.ensure({ createUser: false })).rejects.toMatchObject({ kind: 'unregistered' });
  const linking = first.auth.linking();
  linking.register({ username: newName(), password: PASSWORD });
  const { user } = await until(linking, reached('linked'));
  first.auth.stop();

  const next = http.open(person);
  const session = await next.auth.ensure({ createUser: false });
  expect([session.user.id, session.user.openid]).toEqual([user?.id, expect.any(String)]);
});

it('sets a name and a password after a silent login, by which the user signs in on a phone of somebody else (G-19)', async () => {
  const [own, others] = [http.open(http.newPerson()), http.open(http.newPerson())];
  const { user } = await own.auth.ensure();
  const settings = own.auth.settings();
  const username = newName();
  settings.save({ username, password: PASSWORD });
  await until(settings, reached('saved'));

  const linking = others.auth.linking();
  linking.signIn({ username, password: PASSWORD });
  await until(linking, reached('occupied'));
  linking.overwrite();
  await until(linking, reached('linked'));
  expect(others.auth.getSnapshot().user?.id).toBe(user.id);
});

describe('signing in by phone', () => {
  it.each([
    ['encrypts the number for a login code', OLD],
    ['answers with a phone code', NEW],
  ])('where the host %s (W-13)', async (_, phone) => {
    const person = http.newPerson();
    const client = http.open(person, phone);
    expect(await giveNumber(client)).toMatchObject({ state: 'succeeded', failure: null });
    const { user } = client.auth.getSnapshot();
    expect([user?.phone?.reveal(), user?.phoneVerified]).toEqual([`+86${person.phoneNumber}`, true]);
    const again = await http.open(person).auth.ensure({ createUser: false });
    expect(again.user.id).toBe(user?.id);
  });

  it.each([OLD, NEW])('makes no user where none was wanted, with base library $baseLibrary (G-18)', async (phone) => {
    const client = http.open(http.newPerson(), phone);
    expect(await giveNumber(client, { createUser: false })).toMatchObject({ state: 'unregistered' });
    expect(client.auth.getSnapshot().user).toBeNull();
  });

  it('asks for one more tap where the other phone of this person has logged in meanwhile (G-20)', async () => {
    const person = http.newPerson();
    const [one, other] = [http.open(person, OLD), http.open(person, NEW)];
    const flow = await placed(one);
    const sheet = press(one, flow);
    const { user } = await other.auth.ensure();
    sheet.allow();
    await until(flow, ({ state, live }) => state === 'wantingAnotherTap' && live);
    press(one, flow).allow();
    await until(flow, reached('succeeded'));
    expect(one.auth.getSnapshot().user?.id).toBe(user.id);
  });
});

describe('setting the phone of the signed-in user', () => {
  it.each([OLD, NEW])(
    'is refused without overwrite, and allowed with, with base library $baseLibrary',
    async (phone) => {
      const person = http.newPerson();
      const client = http.open(person, phone);
      await client.auth.ensure();
      const settings = client.auth.settings();
      const before = `139${person.phoneNumber.slice(3)}`;
      settings.save({ phone: before });
      await until(settings, reached('saved'));

      expect(await giveNumber(client, { mode: 'update', overwrite: false })).toMatchObject({ state: 'alreadySet' });
      expect(client.auth.getSnapshot().user?.phone?.reveal()).toBe(`+86${before}`);
      expect(await giveNumber(client, { mode: 'update' })).toMatchObject({ state: 'succeeded' });
      expect(client.auth.getSnapshot().user).toMatchObject({ phoneVerified: true });
      expect(client.auth.getSnapshot().user?.phone?.reveal()).toBe(`+86${person.phoneNumber}`);
    },
  );

  it('asks for one more tap where a login on another phone replaced the key under the sheet (G-20)', async () => {
    const person = http.newPerson();
    const client = http.open(person, OLD);
    await client.auth.ensure();
    const flow = await placed(client, { mode: 'update' });
    const sheet = press(client, flow);
    await http.loginElsewhere(person);
    sheet.allow();
    await until(flow, ({ state, live }) => state === 'wantingAnotherTap' && live);
    press(client, flow).allow();
    await until(flow, reached('succeeded'));
    expect(client.auth.getSnapshot().user?.phone?.reveal()).toBe(`+86${person.phoneNumber}`);
  });
});

describe('the profile that the host tells', () => {
  const desc = '用于展示';

  /** The person taps, and lets the host tell. */
  async function tellProfile({ device }: Client, flow: ProfileFlow) {
    await until(flow, ({ live }) => live);
    device.answers.next('getUserProfile', 'allow');
    device.tap(() => flow.ask());
  }

  it.each<[sync: ProfileSync, nickname: string, avatar: 'kept' | 'new']>([
    ['overwrite', '小明', 'new'],
    ['setnx', '旧名', 'new'],
    [false, '旧名', 'kept'],
  ])('is kept as sync %j says: the name becomes %s, the picture is %s', async (sync, nickname, avatar) => {
    const person = http.newPerson();
    const client = http.open(person, OLD);
    const { user } = await client.auth.ensure();
    await http.server.updateProfile(user.id, { nickname: '旧名' });
    const flow = client.auth.profile({ desc, sync });
    await tellProfile(client, flow);
    await until(flow, reached('saved'));
    expect(client.auth.getSnapshot().user).toMatchObject({
      nickname,
      avatarUrl: avatar === 'new' ? person.avatarUrl : null,
    });
  });

  it('is refused by a server that lets no client write it', async () => {
    const { url } = await http.startServer({ profileUpdates: false });
    const client = http.open(http.newPerson(), OLD, url);
    await client.auth.ensure();
    const flow = client.auth.profile({ desc });
    await tellProfile(client, flow);
    expect(await until(flow, reached('updatesOff'))).toMatchObject({ failure: { kind: 'profile-updates-off' } });
    expect(client.auth.getSnapshot().user?.nickname).toBeNull();
  });
});

describe('the profile that the person fills in', () => {
  it('is a picture that is uploaded first, and a nickname (G-22)', async () => {
    const client = http.open(http.newPerson(), NEW);
    await client.auth.ensure();
    const flow = client.auth.profile({ desc: '用于展示' });
    const chosen = client.device.press(
      { openType: 'chooseAvatar' },
      { chooseavatar: ({ detail }) => flow.chooseAvatar(String(detail.avatarUrl)) },
    );
    chosen.allow();
    await until(flow, ({ avatar }) => avatar !== null);
    expect(flow.getSnapshot()).toMatchObject({ by: 'form', isAvatarTemporary: true });
    flow.submit('新名');
    await until(flow, reached('saved'));

    const { user } = client.auth.getSnapshot();
    expect(user?.nickname).toBe('新名');
    const picture = await fetch(String(user?.avatarUrl));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
  });

  it('keeps the form where the picture is none', async () => {
    const client = http.open(http.newPerson(), NEW);
    await client.auth.ensure();
    const flow = client.auth.profile({ desc: '用于展示' });
    flow.chooseAvatar(client.device.temporaryFile(new TextEncoder().encode('<svg onload="alert(1)"/>')));
    flow.submit('新名');
    expect(await until(flow, reached('failed'))).toMatchObject({ by: 'form', failure: { kind: 'avatar-refused' } });
    expect(client.auth.getSnapshot().user?.nickname).toBeNull();
  });

  it('is refused by a server that lets no client write it, and the form is kept', async () => {
    const { url } = await http.startServer({ profileUpdates: false });
    const client = http.open(http.newPerson(), NEW, url);
    await client.auth.ensure();
    const flow = client.auth.profile({ desc: '用于展示' });
    flow.submit('新名');
    expect(await until(flow, reached('updatesOff'))).toMatchObject({
      by: 'form',
      failure: { kind: 'profile-updates-off' },
    });
  });
});
