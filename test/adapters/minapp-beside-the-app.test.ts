import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OverHttp, overHttp, placed, press, until } from '../server/support/client.js';
import { CLIENT_ID, minappRig, named, newName, PASSWORD, silently } from '../support/minapp-rig.js';
import { SDKS } from '../support/minapp-sdk.js';

// Whoever the SDK keeps is who is signed in, also where the app itself has signed them in or out by the SDK.

const OLD = { baseLibrary: '2.21.1' };
const SOMEBODY_ELSE = { kind: 'account-changed' };

let http: OverHttp;
let url: string;

beforeAll(async () => {
  http = await overHttp();
  ({ url } = await http.startServer({ baasClientId: CLIENT_ID }));
});
afterAll(() => http.stop());

describe.each(SDKS)('%s, driven beside the app’s own calls', (name) => {
  const { bare, driven, opened, reopened, loginCode, requestsOf, revoke, stop } = minappRig(name, () => ({
    http,
    url,
  }));
  afterEach(stop);

  type App = ReturnType<typeof opened>;

  const register = ({ sdk }: Pick<App, 'sdk'>) => sdk.auth.register({ username: newName(), password: PASSWORD });
  const ask = ({ auth }: App) => auth.request({ url: `/hserve/v2.5/user/info/${auth.getSnapshot().user?.id}/` });

  describe('a logout of the app’s own', () => {
    it.each(['a request', 'a form', 'a later run of the app'])('is not undone by %s', async (by) => {
      let app = opened();
      await app.auth.ensure();
      await app.sdk.auth.logout();
      if (by === 'a later run of the app') app = reopened(app);
      if (by === 'a form') {
        const settings = app.auth.settings();
        settings.save({ username: newName() });
        await until(settings, ({ failure }) => failure?.kind === SOMEBODY_ELSE.kind);
      } else {
        app.auth.start();
        await until(app.auth, ({ user }) => user !== null);
        await expect(ask(app)).rejects.toMatchObject(SOMEBODY_ELSE);
      }
      expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', user: null });
      await expect(ask(app)).rejects.toMatchObject(SOMEBODY_ELSE);
      expect(await app.sdk.getAuthToken()).toBeFalsy();
    });

    it('ends with the next sign-in on purpose', async () => {
      const app = opened();
      const { user } = await app.auth.ensure();
      await app.sdk.auth.logout();
      await expect(ask(app)).rejects.toMatchObject(SOMEBODY_ELSE);
      const again = await app.auth.ensure();
      expect([again.user.id, await app.sdk.getAuthToken()]).toEqual([user.id, again.token.reveal()]);
      expect(await ask(app)).toMatchObject({ status: 200 });
    });

    it('is not undone by a login that was under way (G-06)', async () => {
      const { backend, device, person, sdk } = driven();
      const { user } = await backend.signIn(silently(await loginCode(person)));
      device.faults.next('request', { hang: true });
      const late = backend.signIn(silently(await loginCode(person), { expectedUserId: user.id })).then(
        () => 'signed in',
        ({ kind }) => kind,
      );
      await expect.poll(() => device.pending('request').length).toBe(1);
      await sdk.auth.logout();
      device.pending('request')[0]?.release();
      expect(await late).toBe(SOMEBODY_ELSE.kind);
      expect(await sdk.getAuthToken()).toBeFalsy();
    });
  });

  describe('a sign-in of the app’s own', () => {
    it('is not undone, and its user gets nothing that was meant for another one (G-06)', async () => {
      const app = opened();
      await app.auth.ensure();
      const { id } = await register(app);
      const settings = app.auth.settings();
      const username = newName();
      settings.save({ username });
      await until(settings, ({ failure }) => failure?.kind === SOMEBODY_ELSE.kind);
      const now = await app.sdk.auth.getCurrentUser();
      expect([now.id, now.get('_username') === username]).toEqual([id, false]);
      expect(app.auth.getSnapshot().user).toBeNull();
    });

    it('is noticed before a request goes as the earlier user (G-06)', async () => {
      const app = opened();
      await app.auth.ensure();
      await register(app);
      const before = requestsOf(app);
      await expect(ask(app)).rejects.toMatchObject(SOMEBODY_ELSE);
      expect(requestsOf(app)).toBe(before);
    });

    it('is taken over by the next sign-in on purpose, without another account', async () => {
      const app = opened();
      await app.auth.ensure();
      const { id } = await register(app);
      const token = await app.sdk.getAuthToken();
      await expect(ask(app)).rejects.toMatchObject(SOMEBODY_ELSE);
      const taken = await app.auth.ensure();
      expect([taken.user.id, taken.token.reveal()]).toEqual([String(id), token]);
      expect(await ask(app)).toMatchObject({ status: 200, data: { id } });
      expect(await app.sdk.getAuthToken()).toBe(token);
    });

    it('from before denglu came is taken over, and lasts as long as the server says', async () => {
      const before = bare();
      const { id } = await register(before);
      const first = opened(before.person, {}, {}, before.device);
      expect((await first.auth.ensure()).user.id).toBe(String(id));
      const later = reopened(first);
      // The host's session says nothing of somebody who has no account of the host's.
      later.device.faults.next('checkSession', { fail: { errMsg: 'checkSession:fail' } });
      expect((await later.auth.ensure()).user.id).toBe(String(id));
      expect((await later.sdk.auth.getCurrentUser()).id).toBe(id);

      await revoke(await later.sdk.getAuthToken());
      await expect(ask(later)).rejects.toMatchObject({ kind: 'unregistered' });
    });

    it('is followed where it is the same user', async () => {
      const app = opened();
      const { user } = await app.auth.ensure();
      await app.sdk.auth.logout();
      await app.sdk.auth.loginWithWechat(null);
      const token = await app.sdk.getAuthToken();
      expect(await ask(app)).toMatchObject({ status: 200, data: { id: Number(user.id) } });
      expect(await app.sdk.getAuthToken()).toBe(token);
    });

    it('by the host leaves the server with the key of denglu’s own code (G-03)', async () => {
      const before = bare(undefined, OLD);
      const { id } = await before.sdk.auth.loginWithWechat(null);
      const app = opened(before.person, OLD, {}, before.device);
      const { user, token } = await app.auth.ensure();
      expect([user.id, await app.sdk.getAuthToken()]).toEqual([String(id), token.reveal()]);
      const flow = await placed(app, { mode: 'update' });
      press(app, flow).allow();
      await until(flow, ({ state }) => state === 'succeeded');
    });

    it('that has ended meanwhile makes way for a login', async () => {
      const app = opened();
      await app.auth.ensure();
      await register(app);
      await revoke(await app.sdk.getAuthToken());
      await expect(ask(app)).rejects.toMatchObject(SOMEBODY_ELSE);
      const { user, token } = await app.auth.ensure();
      expect(user.openid).toEqual(expect.any(String));
      expect(await app.sdk.getAuthToken()).toBe(token.reveal());
    });
  });

  it('what denglu itself has ended is renewed as ever (G-05)', async () => {
    const app = opened();
    const { user, token } = await app.auth.ensure();
    await revoke(token.reveal());
    const settings = app.auth.settings();
    settings.save({ username: newName() });
    await until(settings, ({ state }) => state === 'saved');
    expect(app.auth.getSnapshot().user?.id).toBe(user.id);
    const brought = await app.backend.register(named());
    await app.backend.signOut(brought.token);
    expect(await ask(app)).toMatchObject({ status: 200 });
  });
});
