import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../ports/backend.js';
import type { PhoneProof } from '../../ports/phone.js';
import { type Secret, secret } from '../../ports/secret.js';
import { createVirtualClock, type Person } from '../../simulator/index.js';
import { type OverHttp, overHttp, placed, press, until } from '../server/support/client.js';
import { CLIENT_ID, minappRig, named, newName, PASSWORD, silently } from '../support/minapp-rig.js';
import { SDKS } from '../support/minapp-sdk.js';

// The published SDK on a simulated phone, bare and as a backend. Between it and denglu's server is HTTP.

const OLD = { baseLibrary: '2.21.1' };

let http: OverHttp;
let url: string;

beforeAll(async () => {
  http = await overHttp();
  ({ url } = await http.startServer({ baasClientId: CLIENT_ID }));
});
afterAll(() => http.stop());

describe.each(SDKS)('%s', (name) => {
  const { bare, driven, opened, loginCode, revoke, requestsOf, roundTrip, stop } = minappRig(name, () => ({
    http,
    url,
  }));
  afterEach(stop);

  describe('as a backend of the flows', () => {
    it('signs in by one login of the owner, and the rest of the SDK has the same session', async () => {
      const { auth, sdk, device } = opened();
      const [one, other] = await Promise.all([auth.ensure(), auth.ensure()]);
      expect(other.user.id).toBe(one.user.id);
      const { id } = await sdk.auth.getCurrentUser();
      expect([String(id), await sdk.getAuthToken()]).toEqual([one.user.id, one.token.reveal()]);
      expect(device.calls.filter(({ api }) => api === 'login')).toHaveLength(1);
      expect(one.user.openid).toEqual(expect.any(String));
    });

    it('says `unregistered` where no user is to be made, then registers, links and comes back silently (G-18, G-19)', async () => {
      const { auth, person } = opened();
      await expect(auth.ensure({ createUser: false })).rejects.toMatchObject({ kind: 'unregistered' });
      const linking = auth.linking();
      linking.register({ username: newName(), password: PASSWORD });
      const { user } = await until(linking, ({ state }) => state === 'linked');
      expect((await opened(person).auth.ensure({ createUser: false })).user.id).toBe(user?.id);
    });

    it.each([{}, OLD])('signs in by a phone button, and changes the number by one (%j, W-13)', async (phone) => {
      const app = opened(undefined, phone);
      const flow = await placed(app);
      press(app, flow).allow();
      await until(flow, ({ state }) => state === 'succeeded');
      expect(app.auth.getSnapshot().user?.phone?.reveal()).toBe(`+86${app.person.phoneNumber}`);

      const settings = app.auth.settings();
      settings.save({ phone: `139${app.person.phoneNumber.slice(3)}` });
      await until(settings, ({ state }) => state === 'saved');
      const update = await placed(app, { mode: 'update' });
      press(app, update).allow();
      await until(update, ({ state }) => state === 'succeeded');
      expect(app.auth.getSnapshot().user).toMatchObject({ phoneVerified: true });
    });

    it('asks for one more tap where another phone has replaced the key, and renews it meanwhile (G-20)', async () => {
      const app = opened(undefined, OLD);
      await app.auth.ensure();
      const flow = await placed(app, { mode: 'update' });
      const sheet = press(app, flow);
      await http.loginElsewhere(app.person);
      sheet.allow();
      await until(flow, ({ state, live }) => state === 'wantingAnotherTap' && live);
    });

    it.each([{}, OLD])(
      'says that a number is another user’s, at the latest at the second tap (%j, G-03, W-13)',
      async (phone) => {
        const app = opened(undefined, phone);
        await app.auth.ensure();
        const { phoneNumber } = app.person;
        const other = opened(http.newPerson({ phoneNumber }));
        const owner = await placed(other);
        press(other, owner).allow();
        await until(owner, ({ state }) => state === 'succeeded');
        const flow = await placed(app, { mode: 'update' });
        press(app, flow).allow();
        if (phone === OLD) {
          // The first refusal may be for a key that another phone has replaced.
          await until(flow, ({ state, live }) => state === 'wantingAnotherTap' && live);
          press(app, flow).allow();
        }
        await until(flow, ({ failure }) => failure?.kind === 'phone-taken');
      },
    );

    it('says that another number is set, but not of a number that the server may not have read (G-03)', async () => {
      const app = driven(undefined, OLD);
      const { token } = await app.backend.signIn(silently(await loginCode(app.person)));
      const another = `+86139${app.person.phoneNumber.slice(3)}`;
      await app.backend.setAccount(token, { phone: secret(another) });
      const allowed = ({ device, platform }: ReturnType<typeof driven>) =>
        new Promise<PhoneProof>((resolve) => {
          const heard = ({ detail }: { detail: unknown }) => resolve(platform.readPhone(detail));
          device.press({ openType: 'getPhoneNumber' }, { getphonenumber: heard }).allow();
        });
      const kindOf = async (phone: PhoneProof, code: Secret | null) =>
        app.backend.setPhone(token, { phone, code, overwrite: false }).then(
          () => 'done',
          ({ kind }) => kind,
        );
      // A login that the server has not heard of has replaced the key.
      const code = await app.login();
      const sealed = await allowed(app);
      expect(await kindOf(sealed, null)).toBe('key-stale');
      expect(await kindOf(sealed, code)).toBe('phone-already-set');

      const newer = driven();
      const session = await newer.backend.register({
        ...named(),
        by: 'phone',
        name: secret(`+86136${newer.person.phoneNumber.slice(3)}`),
      });
      const update = { phone: await allowed(newer), code: null, overwrite: false };
      await expect(newer.backend.setPhone(session.token, update)).rejects.toMatchObject({ kind: 'phone-already-set' });
    });

    it('says what a name, a number or a password was refused for, as far as the server’s text tells', async () => {
      const { backend } = driven();
      const taken = named();
      const { token } = await backend.register(taken);
      const phone = {
        by: 'phone' as const,
        name: secret(`+86137${Date.now().toString().slice(-8)}`),
        password: taken.password,
      };
      await driven().backend.register(phone);
      const weak = secret('short');
      const nameless = driven();
      const session = await nameless.backend.signIn(silently(await loginCode(nameless.person)));
      for (const [ask, kind] of [
        [() => driven().backend.register(taken), 'name-taken'],
        [() => driven().backend.register(phone), 'phone-taken'],
        [() => driven().backend.register({ ...named(), password: weak }), 'password-too-weak'],
        [() => backend.setAccount(token, { phone: phone.name }), 'phone-taken'],
        [() => backend.setAccount(token, { username: newName(), password: weak }), 'password-wrong'],
        [
          () => nameless.backend.setAccount(session.token, { username: newName(), password: weak }),
          'password-too-weak',
        ],
        [() => backend.setAccount(token, { password: weak, currentPassword: taken.password }), 'password-too-weak'],
        [
          () => backend.setAccount(token, { username: newName(), password: taken.password, currentPassword: weak }),
          'password-wrong',
        ],
      ] as const) {
        await expect(ask()).rejects.toMatchObject({ kind });
      }
    });

    it('keeps the profile that the host tells', async () => {
      const app = opened(undefined, OLD);
      await app.auth.ensure();
      const flow = app.auth.profile({ desc: '用于展示', sync: 'overwrite' });
      // The SDK sends nothing signed without a code: where the server held the key, a second tap brings one.
      for (const state of ['tapAgain', 'saved']) {
        await until(flow, ({ live }) => live);
        app.device.answers.next('getUserProfile', 'allow');
        app.device.tap(() => flow.ask());
        await until(flow, (snapshot) => snapshot.state === state);
      }
      expect(app.auth.getSnapshot().user).toMatchObject({ nickname: '小明', avatarUrl: app.person.avatarUrl });
    });

    it('renews a session that the server has ended, and sends the request once more (G-05)', async () => {
      const { auth, sdk } = opened();
      const { user, token } = await auth.ensure();
      await revoke(token.reveal());
      const answer = await auth.request({ url: `/hserve/v2.5/user/info/${user.id}/` });
      expect(answer).toMatchObject({ status: 200, data: { id: Number(user.id) } });
      expect(String((await sdk.auth.getCurrentUser()).id)).toBe(user.id);
    });

    it('signs out of the SDK too, and signs in by name', async () => {
      const { auth, sdk, backend } = opened();
      await auth.ensure();
      const settings = auth.settings();
      const username = newName();
      settings.save({ username, password: PASSWORD });
      await until(settings, ({ state }) => state === 'saved');
      const { user } = auth.getSnapshot();
      await auth.signOut();
      await expect(sdk.auth.getCurrentUser()).rejects.toMatchObject({ code: 604 });
      const { user: again } = await backend.passwordSignIn(named(username));
      expect(again.id).toBe(user?.id);
      const wrong = { ...named(username), password: secret('another one') };
      await expect(backend.passwordSignIn(wrong)).rejects.toMatchObject({ kind: 'password-wrong' });
      expect(String((await sdk.auth.getCurrentUser()).id)).toBe(user?.id);
    });

    it('renews nobody else’s session (G-06), and says what the SDK has no call for', async () => {
      const { backend, person, sdk } = driven();
      const entered = await backend.signIn(silently(await loginCode(person)));
      const stranger = await loginCode(http.newPerson());
      await driven().backend.signIn(silently(stranger));
      const other = http.newPerson();
      await driven().backend.signIn(silently(await loginCode(other)));
      const wish = silently(await loginCode(other), { expectedUserId: entered.user.id });
      await expect(backend.signIn(wish)).rejects.toMatchObject({ kind: 'account-changed' });
      expect(await sdk.getAuthToken()).toBe(entered.token.reveal());
      const fields = { nickname: '新名', avatarUrl: null };
      await expect(backend.setProfile(entered.token, fields, 'overwrite')).rejects.toMatchObject({
        kind: 'unsupported',
      });
      await expect(backend.uploadAvatar(entered.token, 'x')).rejects.toMatchObject({ kind: 'unsupported' });
    });

    it('sends the token nowhere but to its server (G-23)', async () => {
      const { backend } = driven();
      const token = secret('t');
      expect(backend.authorize({ url: '/a', headers: { Authorization: 'x' } }, token)).toMatchObject({
        url: `${url}/a`,
        headers: { authorization: 'Hydrogen-r1 t', 'x-hydrogen-client-id': CLIENT_ID },
      });
      expect(() => backend.authorize({ url: 'https://elsewhere.invalid/' }, token)).toThrow('is for');
    });
  });

  describe('fault 1: calls in flight are shared, whatever their arguments', () => {
    it('bare: a login that may make a user shares the 404 of one that may not', async () => {
      const app = bare();
      const outcomes = await Promise.allSettled([
        app.sdk.auth.loginWithWechat(null, { createUser: false }),
        app.sdk.auth.loginWithWechat(null),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(requestsOf(app)).toBe(1);
    });

    it('bare: of two people who sign in by name at once, the second one gets the first one’s account', async () => {
      const accounts = [newName(), newName()].map((username) => ({ username, password: PASSWORD }));
      const users = [];
      for (const account of accounts) users.push(await bare().sdk.auth.register(account));
      const app = bare();
      const entered = await Promise.all(accounts.map((account) => app.sdk.auth.login(account)));
      expect(entered.map(({ id }) => id)).toEqual([users[0]?.id, users[0]?.id]);
    });

    it('driven: each gets its own answer', async () => {
      const { backend, person } = driven();
      const [first, second] = [await loginCode(person), await loginCode(person)];
      const outcomes = await Promise.allSettled([
        backend.signIn(silently(first, { createUser: false })),
        backend.signIn(silently(second)),
      ]);
      expect(outcomes).toMatchObject([
        { status: 'rejected', reason: { kind: 'unregistered' } },
        { status: 'fulfilled' },
      ]);
      const [one, other] = [named(), named()];
      const users = await Promise.all([backend.register(one), backend.register(other)]);
      const again = await Promise.all([backend.passwordSignIn(one), backend.passwordSignIn(other)]);
      expect(again.map(({ user }) => user.id)).toEqual(users.map(({ user }) => user.id));
      expect(again[0]?.user.id).not.toBe(again[1]?.user.id);
    });

    it('driven: the answer to a call of the app’s own is not taken for one’s own', async () => {
      const { backend, device, person, sdk, login } = driven();
      const account = { username: newName(), password: PASSWORD };
      const [other, code] = [named(), await login()];
      const otherUser = await driven().backend.register(other);
      for (const [own, ours] of [
        [() => sdk.auth.loginWithWechat(null, { createUser: false }), () => backend.signIn(silently(code))],
        [() => sdk.auth.register(account), () => backend.register(named())],
        // This one is refused: the name is taken now.
        [() => sdk.auth.register(account), () => backend.register(named())],
        [() => sdk.auth.login(account), () => backend.passwordSignIn(other)],
      ] as const) {
        device.faults.next('request', { hang: true });
        const apps = own().then(
          ({ id }) => id,
          ({ code: number }) => number,
        );
        await expect.poll(() => device.pending('request').length).toBe(1);
        const asked = ours().then(
          () => 'done',
          ({ kind }) => kind,
        );
        await roundTrip();
        device.pending('request')[0]?.release();
        expect([await asked, await apps]).toEqual(['busy', expect.any(Number)]);
      }
      const kept = await sdk.auth.getCurrentUser();
      expect(kept.get('_username')).toBe(account.username);
      expect((await backend.passwordSignIn(other)).user.id).toBe(otherUser.user.id);
      expect((await backend.signIn(silently(await loginCode(person)))).user.openid).toEqual(expect.any(String));
    });

    it('driven: nor is the refusal of a link of the app’s own (G-19)', async () => {
      const { backend, device, person, sdk } = driven();
      await driven(person).backend.signIn(silently(await loginCode(person)));
      const user = await sdk.auth.register({ username: newName(), password: PASSWORD });
      const token = secret(await sdk.getAuthToken());
      const link = { code: await loginCode(person), withUnionId: false, overwrite: false };
      device.faults.next('request', { hang: true });
      const own = user.linkWechat().then(
        () => 'linked',
        ({ code }) => code,
      );
      await expect.poll(() => device.pending('request').length).toBe(1);
      const before = requestsOf({ device });
      const asked = backend.link(token, link).then(
        () => 'linked',
        ({ kind }) => kind,
      );
      // It asks who is signed in, and then for the link.
      await expect.poll(() => [requestsOf({ device }), device.calls.at(-1)?.outcome]).toEqual([before + 1, 'success']);
      await roundTrip();
      device.pending('request')[0]?.release();
      expect([await asked, await own]).toEqual(['busy', 400]);
    });

    it('driven: the app’s own call does not get the code of another one (G-01)', async () => {
      const { backend, device, person, sdk } = driven();
      const user = await sdk.auth.register({ username: newName(), password: PASSWORD });
      await backend.signOut(secret(await sdk.getAuthToken()));
      device.faults.next('request', { hang: true });
      const asked = backend.signIn(silently(await loginCode(person)));
      await expect.poll(() => device.pending('request').length).toBe(1);
      const before = requestsOf({ device });
      await expect(user.linkWechat()).rejects.toMatchObject({ code: 601 });
      expect(requestsOf({ device })).toBe(before);
      device.pending('request')[0]?.release();
      expect((await asked).user.openid).toEqual(expect.any(String));
    });
  });

  describe('fault 2: a host’s login that never calls back hangs every later call', () => {
    it('bare: a second login waits with the first one', async () => {
      const { sdk, device } = bare();
      device.faults.next('login', { hang: true });
      let settled = 0;
      const note = () => {
        settled += 1;
      };
      sdk.auth.loginWithWechat(null).then(note, note);
      await expect.poll(() => device.pending('login').length).toBe(1);
      sdk.auth.loginWithWechat(null).then(note, note);
      await sdk.auth.register({ username: newName(), password: PASSWORD });
      expect([settled, device.calls.filter(({ api }) => api === 'login').length]).toEqual([0, 1]);
    });

    it('driven: the SDK finds the owner’s code, and never calls the host’s login', async () => {
      const { backend, device, person } = driven();
      device.faults.always('login', { hang: true });
      const { user } = await backend.signIn(silently(await loginCode(person)));
      expect(user.id).toMatch(/^\d+$/);
      expect(device.calls.filter(({ api }) => api === 'login')).toHaveLength(0);
    });

    const kindOf = (asked: PromiseLike<unknown>) =>
      asked.then(
        () => 'done',
        ({ kind }) => kind,
      );

    it('driven: a request that hangs is left after our own time, and later calls go on without it (G-09)', async () => {
      const clock = createVirtualClock();
      const { backend, device, person, sdk } = driven(undefined, {}, { clock, timeout: 5000 });
      device.faults.next('request', { hang: true });
      const hung = kindOf(backend.register(named()));
      await expect.poll(() => device.pending('request').length).toBe(1);
      await clock.advance(3000);
      const waiting = kindOf(backend.register(named()));
      await clock.advance(2000);
      expect([await hung, await waiting]).toEqual(['timeout', 'done']);
      expect((await backend.signIn(silently(await loginCode(person)))).user.openid).toEqual(expect.any(String));
      const { token } = await backend.register(named());
      expect(await sdk.getAuthToken()).toBe(token.reveal());
    });

    it('driven: what a request brings late is given back', async () => {
      const clock = createVirtualClock();
      const ended: string[] = [];
      const spied = (input: string, init?: RequestInit) => {
        if (input.endsWith('/session/destroy/')) ended.push(new Headers(init?.headers).get('authorization') ?? '');
        return fetch(input, init);
      };
      const { backend, device, person, sdk } = driven(undefined, { fetch: spied }, { clock, timeout: 5000 });
      device.faults.next('request', { hang: true });
      const asked = kindOf(backend.signIn(silently(await loginCode(person))));
      await expect.poll(() => device.pending('request').length).toBe(1);
      await clock.advance(5000);
      expect(await asked).toBe('timeout');
      const { token } = await backend.register(named());
      device.pending('request')[0]?.release();
      await expect.poll(() => ended).toEqual([expect.stringContaining('Hydrogen-r1 ')]);
      expect(ended[0]).not.toContain(token.reveal());
      expect(await sdk.getAuthToken()).toBe(token.reveal());
    });

    it.each([
      { api: 'login', faults: {} },
      { api: 'getStorage', faults: {} },
      { api: 'getNetworkType', faults: { request: { fail: { errMsg: 'request:fail ' } } } },
    ] as const)('driven: nor does a call of the app’s own whose $api hangs (G-09)', async ({ api, faults }) => {
      const clock = createVirtualClock();
      const { backend, device, person, sdk } = driven(undefined, {}, { clock, timeout: 5000 });
      if ('request' in faults) device.faults.next('request', faults.request);
      device.faults.next(api, { hang: true });
      const own = sdk.auth.loginWithWechat(null).then(
        () => 'done',
        ({ code }) => code,
      );
      await expect.poll(() => device.pending(api).length).toBe(1);
      await clock.advance(5000);
      expect(await own).toBe(601);
      expect(await kindOf(backend.signIn(silently(await loginCode(person))))).toBe('done');
      expect((await sdk.auth.loginWithWechat(null)).id).toEqual(expect.any(Number));
    });

    it('driven: nor does the end of a session that the SDK does not keep', async () => {
      const clock = createVirtualClock();
      const { backend, device } = driven(undefined, {}, { clock, timeout: 5000 });
      device.faults.next('request', { hang: true });
      const hung = backend.signOut(secret('of.nobody'));
      await expect.poll(() => device.pending('request').length).toBe(1);
      expect(await kindOf(backend.register(named()))).toBe('done');
      device.pending('request')[0]?.release();
      await hung;
    });

    it('driven: what else the app sends by the SDK may take as long as it likes', async () => {
      const clock = createVirtualClock();
      const { device, sdk } = driven(undefined, {}, { clock, timeout: 5000 });
      device.faults.next('request', { hang: true });
      const own = sdk.request({ url: '/healthz' });
      await expect.poll(() => device.pending('request').length).toBe(1);
      await clock.advance(60_000);
      device.pending('request')[0]?.release();
      expect(await own).toMatchObject({ statusCode: 200 });
    });
  });

  describe('fault 3: a refusal, a spent quota and a missing permission are all 603', () => {
    const quota = { fail: { errMsg: 'getPhoneNumber:fail use count exceeds the limit', errno: 1400001 } };

    const noPermission = { fail: { errMsg: 'getPhoneNumber:fail no permission', errno: 102 } };

    it('bare: four answers, one code; and no event at all signs in silently', async () => {
      const app = bare();
      const hear = (answer: 'allow' | 'deny') =>
        new Promise<unknown>((resolve) => {
          app.device.press({ openType: 'getPhoneNumber' }, { getphonenumber: resolve })[answer]();
        });
      const denied = await hear('deny');
      app.device.faults.next('button.getPhoneNumber', quota);
      const spent = await hear('allow');
      app.device.faults.next('button.getPhoneNumber', noPermission);
      const forbidden = await hear('allow');
      // A yes, by the code that is all a server needs (W-13).
      const accepted = { detail: { errMsg: 'getPhoneNumber:ok', code: 'a code of the phone’s' } };
      for (const event of [denied, spent, forbidden, accepted]) {
        await expect(app.sdk.auth.loginWithWechat(event, { code: 'c' })).rejects.toMatchObject({ code: 603 });
      }
      expect((await app.sdk.auth.loginWithWechat({})).id).toEqual(expect.any(Number));
    });

    it('driven: each is told by its own name before the SDK is called (G-11)', async () => {
      const app = opened();
      const flow = await placed(app);
      press(app, flow).deny();
      await until(flow, ({ state }) => state === 'denied');
      app.device.faults.next('button.getPhoneNumber', quota);
      press(app, flow).allow();
      await until(flow, ({ state }) => state === 'quotaExhausted');
      app.device.faults.next('button.getPhoneNumber', noPermission);
      press(app, flow).allow();
      await until(flow, ({ failure }) => failure?.kind === 'not-permitted');
      expect(requestsOf(app)).toBe(0);
    });
  });

  describe('fault 4: with the token revoked, login, getCurrentUser and logout all reject until it expires', () => {
    it('bare: nobody gets in or out', async () => {
      const { sdk } = bare();
      await sdk.auth.loginWithWechat(null);
      await revoke(await sdk.getAuthToken());
      for (const call of [() => sdk.auth.loginWithWechat(null), sdk.auth.getCurrentUser, sdk.auth.logout]) {
        await expect(call()).rejects.toMatchObject({ code: 401 });
      }
    });

    it('driven: the token is forgotten at the first 401, a sign-out succeeds, and a sign-in too', async () => {
      const { backend, person, sdk } = driven();
      const { user, token } = await backend.signIn(silently(await loginCode(person)));
      await revoke(token.reveal());
      const changes = { username: newName() };
      await expect(backend.setAccount(token, changes)).rejects.toMatchObject({ kind: 'token-rejected' });
      expect(await sdk.getAuthToken()).toBeFalsy();
      const again = await backend.signIn(silently(await loginCode(person)));
      expect(again.user.id).toBe(user.id);

      await revoke(again.token.reveal());
      await backend.signOut(again.token);
      expect(await sdk.getAuthToken()).toBeFalsy();
    });
  });

  describe('fault 5: with autoLogin, a 401 turns a password session into a newly made user of the host', () => {
    const silentlyKnown = async (person: Person) => {
      const asked = driven().backend.signIn(silently(await loginCode(person), { createUser: false }));
      return asked.then(
        () => true,
        () => false,
      );
    };

    it('bare: somebody nobody asked for is there', async () => {
      const { sdk, person } = bare(undefined, {}, true);
      const user = await sdk.auth.register({ username: newName(), password: PASSWORD });
      await revoke(await sdk.getAuthToken());
      const { data } = await user.linkWechat();
      expect(data.user_id).not.toBe(user.id);
      expect(await silentlyKnown(person)).toBe(true);
      expect((await sdk.auth.getCurrentUser()).id).not.toBe(user.id);
    });

    it('driven: the link is refused, and nobody is made', async () => {
      const { backend, person } = driven(undefined, {}, { init: { autoLogin: true } });
      const { token } = await backend.register(named());
      await revoke(token.reveal());
      const link = { code: await loginCode(person), withUnionId: false, overwrite: false };
      await expect(backend.link(token, link)).rejects.toMatchObject({ kind: 'token-rejected' });
      expect(await silentlyKnown(person)).toBe(false);
    });
  });

  describe('fault 6: a late login undoes a logout, and a login that rejects may have stored its token', () => {
    const afterFirstRequest = ({ device }: ReturnType<typeof bare>) => {
      device.faults.next('request', {});
      device.faults.next('request', { fail: { errMsg: 'request:fail ' } });
    };

    it('bare: who has logged out is signed in', async () => {
      const { sdk, device } = bare();
      const account = { username: newName(), password: PASSWORD };
      await sdk.auth.register(account);
      device.faults.next('request', { hang: true });
      const late = sdk.auth.login(account);
      await expect.poll(() => device.pending('request').length).toBe(1);
      expect(await sdk.auth.logout()).toMatchObject({ statusCode: 201 });
      expect(await sdk.getAuthToken()).toBeFalsy();
      device.pending('request')[0]?.release();
      await late;
      expect(await sdk.getAuthToken()).toBeTruthy();
    });

    it('driven: who has signed out stays so', async () => {
      const { auth, sdk, device } = opened();
      device.faults.next('request', { hang: true });
      const entering = auth.ensure().then(
        () => 'signed in',
        ({ kind }) => kind,
      );
      await expect.poll(() => device.pending('request').length).toBe(1);
      await auth.signOut();
      expect(await entering).toBe('cancelled');
      device.pending('request')[0]?.release();
      await expect.poll(() => requestsOf({ device })).toBeGreaterThanOrEqual(2);
      await expect.poll(() => sdk.getAuthToken()).toBeFalsy();
      await expect(sdk.auth.getCurrentUser()).rejects.toMatchObject({ code: 604 });
    });

    it('bare: a login that failed has stored a token', async () => {
      const app = bare();
      afterFirstRequest(app);
      const failed = app.sdk.auth.register({ username: newName(), password: PASSWORD });
      await expect(failed).rejects.toMatchObject({ code: 601 });
      expect(await app.sdk.getAuthToken()).toBeTruthy();
    });

    it('driven: a login that failed leaves the session that was there', async () => {
      const app = driven();
      const { token } = await app.backend.signIn(silently(await loginCode(app.person)));
      afterFirstRequest(app);
      await expect(app.backend.register(named())).rejects.toMatchObject({ kind: 'timeout' });
      expect(await app.sdk.getAuthToken()).toBe(token.reveal());
      expect((await app.sdk.auth.getCurrentUser()).id).toEqual(expect.any(Number));
    });
  });

  describe('fault 7: some calls throw, and some write into what they are given', () => {
    const broken = { throw: new TypeError('the host is broken') };

    it('bare: a call throws in the caller’s stack, and a password is moved about in the caller’s object', async () => {
      const { sdk, device } = bare();
      const user = await sdk.auth.loginWithWechat(null);
      device.faults.next('getSystemInfoSync', broken);
      expect(() => sdk.auth.updatePhoneNumber({ detail: { encryptedData: 'e', iv: 'i' } })).toThrow(TypeError);
      const account = { username: newName(), password: PASSWORD };
      await user.setAccount(account);
      expect(account).not.toHaveProperty('password');
    });

    it('driven: it rejects as a failure, and what the caller gave stays as it is', async () => {
      const { backend, device, person } = driven();
      const { token, user }: Session = await backend.signIn(silently(await loginCode(person)));
      device.faults.next('getSystemInfoSync', broken);
      const phone = { phoneCode: secret('a code') };
      const asked = backend.setPhone(token, { phone, code: null, overwrite: true });
      await expect(asked).rejects.toMatchObject({ name: 'Failure', kind: 'unknown' });
      const changes = Object.freeze({ username: newName(), password: secret(PASSWORD) });
      expect(await backend.setAccount(token, changes)).toMatchObject({ id: user.id, username: changes.username });
      expect(Object.keys(changes)).toEqual(['username', 'password']);
      await roundTrip();
    });
  });
});
