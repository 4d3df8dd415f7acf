import { describe, expect, it } from 'vitest';
import type { ProfileFlow, ProfileOptions, ProfileSnapshot } from '../../machines/profile-flow.js';
import type { Answer, NicknameInput, Picture, Press } from '../../simulator/index.js';
import { createTestApp, SIGN_IN, type TestApp, watch, wordOf } from '../support/app.js';

const second = 1000;
const minute = 60 * second;
const HOST_PROFILE = '/wechat/profile';
const PROFILE = '/denglu/profile';
const AVATAR = '/avatar';
const REAL_NAME = '小明';

/** The sheet is the best way, and what it tells is signed (W-06). */
const SHEET = { baseLibrary: '2.20.0' };
/** The sheet tells plain fields alone (W-06). */
const PLAIN = { baseLibrary: '2.10.4' };
/** There is the host's button alone (W-18); published before it tells of nobody (W-08). */
const LEGACY = { baseLibrary: '2.0.0', publishedAt: Date.UTC(2021, 0, 1) };
/** The sheet is still there, and tells of nobody (W-08). */
const STAND_IN = { baseLibrary: '2.27.1' };

interface Page {
  flow: ProfileFlow;
  /** What the flow went through, in order. */
  states: string[];
  /** Every snapshot that a view was told. */
  seen: ProfileSnapshot[];
  /** A finger taps whatever button the flow lets be shown; the press of the host's own, else `null`. */
  tap(): Press | null;
}

/** A page with a profile button, bound as a component binds it. */
function place(app: TestApp, options: Partial<ProfileOptions> = {}): Page {
  const flow = app.auth.profile({ desc: '用于完善资料', ...options });
  const seen = [flow.getSnapshot()];
  const states = seen.map(({ state }) => state);
  flow.subscribe((snapshot) => {
    seen.push(snapshot);
    if (snapshot.state !== states.at(-1)) states.push(snapshot.state);
  });
  return {
    flow,
    states,
    seen,
    tap() {
      const { by } = flow.getSnapshot();
      if (by === 'tap') app.device.tap(() => flow.ask());
      if (by !== 'hostButton') return null;
      return app.device.press(
        { openType: 'getUserInfo', lang: 'zh_CN' },
        { tap: () => flow.ask(), getuserinfo: ({ detail }) => flow.answer(detail, 'zh_CN') },
      );
    },
  };
}

async function tapAndAnswer(app: TestApp, page: Page, answer: Exclude<Answer, 'ignore'> = 'allow'): Promise<void> {
  page.tap();
  await app.clock.advance(100);
  app.device.sheets.at(-1)?.[answer]();
  await app.clock.advance(2 * second);
}

async function signedIn(phone: Parameters<typeof createTestApp>[1] = SHEET): Promise<TestApp> {
  const app = createTestApp({}, phone);
  watch(app.auth.ensure());
  await app.clock.advance(second);
  return app;
}

/** Signed in since before this run of the app, which knows nothing of the server's key. */
async function returned(phone: Parameters<typeof createTestApp>[1] = SHEET): Promise<TestApp> {
  const app = await signedIn(phone);
  app.restart().start();
  await app.clock.advance(second);
  return app;
}

/** The token is revoked, and both the login and the sign-in that renew it take their time. */
function slowRenewal(app: TestApp): void {
  app.backend.revokeTokens();
  app.device.faults.next('login', { delay: 3 * second });
  app.backend.failNext(SIGN_IN, { delay: 8 * second });
}

const shown = ({ auth }: TestApp) => auth.getSnapshot().user;
const stored = ({ backend }: TestApp) => backend.users[0];
const callsOf = (app: TestApp, path: string) => app.backend.calls.filter((call) => call.path.endsWith(path));
const bodiesOf = (app: TestApp, path: string) => callsOf(app, path).map(({ body }) => Object.keys(Object(body)).sort());
/** Of the calls from now on, those that tell the order of a tap. */
function hostCalls(app: TestApp) {
  const from = app.device.calls.length;
  const told = ['login', 'getUserProfile', 'getSetting', 'getUserInfo', 'button.getUserInfo'];
  return () => app.device.calls.slice(from).filter(({ api }) => told.includes(api));
}

describe('the sheet, where what it tells is signed', () => {
  it('is asked for right after the login, both inside the tap (W-06, W-07, G-10)', async () => {
    const app = await returned();
    const page = place(app);
    const calls = hostCalls(app);
    expect(page.flow.getSnapshot()).toMatchObject({ by: 'tap', busy: false });
    page.tap();
    expect(calls().map(({ api, inGesture }) => [api, inGesture])).toEqual([
      ['login', true],
      ['getUserProfile', true],
    ]);
  });

  it.each([
    ['the login', 20, 'waiting'],
    ['the person', 3 * second, 'proving'],
  ])('is joined with the login when %s was quicker (W-07)', async (_, delay, between) => {
    const app = await returned();
    const page = place(app);
    app.device.faults.next('login', { delay, early: true });
    page.tap();
    await app.clock.advance(second);
    app.device.sheets[0]?.allow();
    await app.clock.advance(5 * second);
    expect(page.states).toEqual(['idle', 'loggingIn', between, 'exchanging', 'saved']);
    expect([app.count('login'), app.requests(HOST_PROFILE), shown(app)?.nickname]).toEqual([2, 1, REAL_NAME]);
  });

  it('that was answered before the login replaced the key costs one more tap (G-03)', async () => {
    const app = await returned();
    const page = place(app);
    app.device.faults.next('login', { delay: 3 * second });
    await tapAndAnswer(app, page);
    await app.clock.advance(3 * second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'tapAgain', by: 'tap', busy: false });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('sends what was signed with that login’s code, verbatim (G-03, G-04)', async () => {
    const app = await returned();
    await tapAndAnswer(app, place(app));
    const [call] = callsOf(app, HOST_PROFILE);
    expect(Object.keys(Object(call?.body)).sort()).toEqual(
      ['code', 'encryptedData', 'iv', 'rawData', 'signature', 'sync'].sort(),
    );
    expect(Reflect.get(Object(call?.body), 'code')).toBe(app.world.wechat.codes.at(-1)?.code);
    expect(stored(app)).toMatchObject({ nickname: REAL_NAME, avatarUrl: app.world.people[0]?.avatarUrl });
  });

  it('is enough alone while the server’s key is current (W-06)', async () => {
    const app = await signedIn();
    const page = place(app);
    const calls = hostCalls(app);
    await tapAndAnswer(app, page);
    expect(calls().map(({ api }) => api)).toEqual(['getUserProfile']);
    expect(bodiesOf(app, HOST_PROFILE)).toEqual([['encryptedData', 'iv', 'rawData', 'signature', 'sync']]);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'saved', user: { nickname: REAL_NAME } });
  });

  it('goes with the code of a login that nobody has taken, instead of another login (G-03)', async () => {
    const app = await returned();
    app.auth.phone().want();
    await app.clock.advance(second);
    const [page, calls] = [place(app), hostCalls(app)];
    await tapAndAnswer(app, page);
    expect(calls()[0]?.api).toBe('getUserProfile');
    expect(bodiesOf(app, HOST_PROFILE)[0]).toContain('code');
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('lets nobody else log in until the server has answered (G-03)', async () => {
    const app = await returned();
    const page = place(app);
    page.tap();
    await app.clock.advance(second);
    const logins = app.count('login');
    const session = watch(app.auth.ensure({ withUnionId: true }));
    await app.clock.advance(10 * second);
    expect(app.count('login')).toBe(logins);
    app.device.sheets[0]?.allow();
    await app.clock.advance(5 * second);
    expect([page.flow.getSnapshot().state, wordOf(session)]).toEqual(['saved', 'ok']);
  });

  it('has no deadline (G-09)', async () => {
    const app = await returned();
    const page = place(app);
    page.tap();
    await app.clock.advance(9 * minute);
    expect(page.flow.getSnapshot()).toMatchObject({ busy: false, by: 'tap' });
    app.device.sheets[0]?.allow();
    await app.clock.advance(2 * second);
    // The code of that login has outlived its five minutes (G-01), and a fresh tap mends it.
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'tapAgain', by: 'tap', busy: false });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('cannot be checked after a login on another device: one more tap, which succeeds (G-03, G-20)', async () => {
    const app = await signedIn();
    const page = place(app);
    page.tap();
    await app.clock.advance(100);
    await app.world.wechat.issueCode(app.account);
    app.device.sheets[0]?.allow();
    await app.clock.advance(2 * second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'tapAgain', by: 'tap', failure: { kind: 'key-stale' } });
    expect(app.device.sheets).toEqual([]);
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'saved', failure: null, user: { nickname: REAL_NAME } });
  });

  it('asks for one more tap once in a row, then gives the reason (G-03)', async () => {
    const app = await signedIn();
    const page = place(app);
    for (let i = 0; i < 2; i += 1) {
      app.backend.failNext(HOST_PROFILE, { status: 400, code: 'SIGNATURE_MISMATCH' });
      await tapAndAnswer(app, page);
    }
    expect(page.states.filter((state) => state === 'tapAgain')).toHaveLength(1);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'failed', failure: { kind: 'key-stale' }, by: 'tap' });
  });

  it('that is open while the session is revoked costs one more tap, for the same user (G-05, G-06)', async () => {
    const app = await returned();
    const page = place(app);
    const before = shown(app)?.id;
    page.tap();
    await app.clock.advance(100);
    app.backend.revokeTokens();
    app.device.sheets[0]?.allow();
    await app.clock.advance(3 * second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'tapAgain', by: 'tap', busy: false });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
    expect([shown(app)?.id, app.backend.users.length]).toEqual([before, 1]);
  });

  it('waits for another sheet that keeps the key, and says nothing of it (G-03)', async () => {
    const app = await returned();
    const page = place(app);
    const phone = app.auth.phone({ mode: 'update' });
    phone.want();
    await app.clock.advance(second);
    const press = app.device.press(
      { openType: 'getPhoneNumber' },
      { tap: () => phone.ask(), getphonenumber: ({ detail }) => phone.answer(detail) },
    );
    await app.clock.advance(5 * minute);
    expect(page.flow.getSnapshot()).toMatchObject({
      state: 'idle',
      by: 'tap',
      live: false,
      busy: false,
      failure: null,
    });
    press.deny();
    await app.clock.advance(second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'idle', live: true });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('that is tapped too early is made ready, and asked for by one more tap (G-03, G-10)', async () => {
    const app = await returned();
    watch(app.auth.ensure({ withUnionId: true }));
    const page = place(app);
    expect(page.flow.getSnapshot()).toMatchObject({ by: 'tap', live: false, busy: false });
    page.tap();
    expect([page.flow.getSnapshot().busy, app.count('getUserProfile')]).toEqual([true, 0]);
    await app.clock.advance(second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'tapAgain', live: true, busy: false });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('makes no user where nobody is signed in (G-18)', async () => {
    const app = createTestApp({}, SHEET);
    const page = place(app);
    for (let i = 0; i < 3; i += 1) await tapAndAnswer(app, page);
    expect([app.backend.users.length, page.flow.getSnapshot().busy]).toEqual([0, false]);
    expect(page.flow.getSnapshot().failure).not.toBeNull();
  });
});

describe('the sheet below base library 2.16.0', () => {
  it('tells plain fields, and no login is made in the tap (W-06)', async () => {
    const app = await returned(PLAIN);
    const page = place(app);
    const calls = hostCalls(app);
    await tapAndAnswer(app, page);
    expect(calls().map(({ api, inGesture }) => [api, inGesture])).toEqual([['getUserProfile', true]]);
    expect(bodiesOf(app, HOST_PROFILE)).toEqual([['sync', 'userInfo']]);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'saved', user: { nickname: REAL_NAME } });
  });

  it('needs no other tap where the session was revoked: it is renewed on the way (G-05)', async () => {
    const app = await returned(PLAIN);
    const page = place(app);
    page.tap();
    await app.clock.advance(100);
    app.backend.revokeTokens();
    app.device.sheets[0]?.allow();
    await app.clock.advance(3 * second);
    expect([page.flow.getSnapshot().state, app.requests(HOST_PROFILE)]).toEqual(['saved', 2]);
  });

  it('waits for such a renewal however slow the network is, and never tells as failed what is saved later', async () => {
    const app = await returned(PLAIN);
    const page = place(app);
    slowRenewal(app);
    for (let i = 0; i < 2; i += 1) app.backend.failNext(HOST_PROFILE, { delay: 15 * second });
    page.tap();
    await app.clock.advance(100);
    app.device.sheets[0]?.allow();
    await app.clock.advance(minute);
    expect(page.states).toEqual(['idle', 'waiting', 'exchanging', 'saved']);
  });
});

describe('the host’s own button', () => {
  it('decides consent only: then a code, then the profile is asked for again and sent (W-18, G-03)', async () => {
    const app = await signedIn(LEGACY);
    const page = place(app);
    await app.clock.advance(second);
    expect(page.flow.getSnapshot().by).toBe('hostButton');
    const calls = hostCalls(app);
    const press = page.tap();
    await app.clock.advance(100);
    press?.allow();
    await app.clock.advance(2 * second);
    expect(
      calls()
        .map(({ api }) => api)
        .slice(0, 3),
    ).toEqual(['button.getUserInfo', 'login', 'getUserInfo']);
    expect(page.states).toEqual(['idle', 'takingCode', 'gettingUserInfo', 'exchanging', 'saved']);
    expect(bodiesOf(app, HOST_PROFILE)).toEqual([['code', 'encryptedData', 'iv', 'rawData', 'signature', 'sync']]);
    expect([press?.lost, stored(app)?.nickname]).toEqual([false, REAL_NAME]);
  });

  it('is a plain one where the person has allowed it before, as getSetting tells (W-18)', async () => {
    const app = await signedIn(LEGACY);
    const first = place(app);
    await app.clock.advance(second);
    await tapAndAnswer(app, first);
    const page = place(app, { sync: 'overwrite' });
    await app.clock.advance(second);
    expect(page.flow.getSnapshot().by).toBe('tap');
    const calls = hostCalls(app);
    await tapAndAnswer(app, page);
    expect(
      calls()
        .map(({ api }) => api)
        .slice(0, 2),
    ).toEqual(['login', 'getUserInfo']);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('is shown where getSetting never answers (W-18, G-09)', async () => {
    const app = await signedIn(LEGACY);
    app.device.faults.next('getSetting', { hang: true });
    const page = place(app);
    await app.clock.advance(10 * second);
    expect(page.flow.getSnapshot().by).toBe('hostButton');
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('that is denied rests, and asks again only at a new tap (G-12)', async () => {
    const app = await signedIn(LEGACY);
    const page = place(app);
    await app.clock.advance(second);
    await tapAndAnswer(app, page, 'deny');
    await app.clock.advance(10 * minute);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'denied', otherWay: true, busy: false, by: 'hostButton' });
    expect([app.device.sheets, app.requests(HOST_PROFILE)]).toEqual([[], 0]);
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('stays while a second press of it may be answered (G-15)', async () => {
    const app = await signedIn(LEGACY);
    const page = place(app);
    await app.clock.advance(second);
    const presses = [page.tap(), page.tap()];
    await app.clock.advance(100);
    const heard = page.seen.length;
    presses[0]?.deny();
    await app.clock.advance(second);
    expect(new Set(page.seen.slice(heard).map(({ by, live }) => `${by} ${live}`))).toEqual(
      new Set(['hostButton true']),
    );
    presses[1]?.allow();
    await app.clock.advance(2 * second);
    expect([page.flow.getSnapshot().state, app.requests(HOST_PROFILE)]).toEqual(['saved', 1]);
  });

  it('that tells of nobody rests and says so, where no picture can be chosen; a name can be typed in (W-08, W-11)', async () => {
    const app = await signedIn({ baseLibrary: '2.0.0' });
    const page = place(app);
    await app.clock.advance(second);
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot()).toMatchObject({
      state: 'anonymous',
      by: 'none',
      live: false,
      otherWay: true,
      busy: false,
    });
    expect([app.requests(HOST_PROFILE), stored(app)?.nickname]).toEqual([0, null]);
    page.flow.fillIn();
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'open', by: 'form', canChooseAvatar: false });
    page.flow.submit('阿明');
    await app.clock.advance(2 * second);
    expect([page.flow.getSnapshot().state, stored(app)?.nickname]).toEqual(['saved', '阿明']);
  });

  it.each(['login', 'getUserInfo'] as const)('ends in a named state where %s never answers (G-09)', async (api) => {
    const app = await signedIn(LEGACY);
    const page = place(app);
    await app.clock.advance(second);
    app.device.faults.next(api, { hang: true });
    await tapAndAnswer(app, page);
    await app.clock.advance(minute);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'timedOut', busy: false });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });
});

interface Form {
  input: NicknameInput;
  /** The person picks a picture, and the host hands it over. */
  choose(answer?: Exclude<Answer, 'ignore'>, picture?: Picture): Promise<void>;
  /** The form's submit, as the host reads it. */
  submit(): Promise<void>;
}

/** The form of a page, bound as a component binds it. */
function formOf(app: TestApp, { flow }: Page): Form {
  const input = app.device.nicknameInput({
    input: () => flow.typeNickname(),
    nicknamereview: ({ detail }) =>
      flow.reviewNickname({ pass: detail.pass === true, timeout: detail.timeout === true }),
  });
  return {
    input,
    async choose(answer = 'allow', picture) {
      const press = app.device.press(
        { openType: 'chooseAvatar' },
        { chooseavatar: ({ detail }) => flow.chooseAvatar(String(detail.avatarUrl)) },
      );
      await app.clock.advance(100);
      if (answer === 'allow') press.allow(picture);
      else press[answer]();
      await app.clock.advance(100);
    },
    async submit() {
      flow.submit(input.value);
      await app.clock.advance(2 * second);
    },
  };
}

async function openForm(options: Partial<ProfileOptions> = {}) {
  const app = await signedIn({});
  const page = place(app, options);
  return { app, page, form: formOf(app, page) };
}

describe('avatar and nickname', () => {
  it('keeps both, and needs neither a login nor a sheet of the profile (W-11, W-12)', async () => {
    const { app, page, form } = await openForm();
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'open', by: 'form', busy: false, canChooseAvatar: true });
    const calls = hostCalls(app);
    await form.choose();
    form.input.type('阿明');
    form.input.blur();
    await app.clock.advance(100);
    await form.submit();
    expect(page.states).toEqual(['open', 'uploadingAvatar', 'savingForm', 'saved']);
    expect([calls(), app.requests(AVATAR), app.requests(PROFILE)]).toEqual([[], 1, 1]);
    expect(stored(app)).toMatchObject({ nickname: '阿明', avatarUrl: expect.stringMatching(/^https:.*\/avatars\//) });
    expect(shown(app)).toMatchObject({ nickname: '阿明' });
  });

  it('marks the picture as temporary until it is uploaded (W-11, G-22)', async () => {
    const { app, page, form } = await openForm();
    await form.choose();
    expect(page.flow.getSnapshot()).toMatchObject({
      avatar: expect.stringMatching(/^wxfile:/),
      isAvatarTemporary: true,
    });
    app.backend.failNext(PROFILE, { delay: 5 * second });
    await form.submit();
    expect(page.flow.getSnapshot()).toMatchObject({
      state: 'savingForm',
      avatar: expect.stringMatching(/^https:/),
      isAvatarTemporary: false,
    });
    await app.clock.advance(10 * second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'saved', avatar: null });
  });

  it('never sends the temporary path to be kept (G-22)', async () => {
    const { app, form } = await openForm();
    await form.choose();
    await form.submit();
    expect(JSON.stringify(callsOf(app, PROFILE).map(({ body }) => body))).not.toContain('wxfile:');
  });

  it.each(['cancel', 'deny'] as const)(
    'goes on without a picture where the picker ends by %s (W-11)',
    async (answer) => {
      const { app, page, form } = await openForm();
      await form.choose(answer);
      expect(page.flow.getSnapshot()).toMatchObject({ state: 'open', avatar: null });
      form.input.type('阿明');
      await form.submit();
      expect([page.flow.getSnapshot().state, app.requests(AVATAR)]).toEqual(['saved', 0]);
    },
  );

  it('does not send a nickname that the host has rejected (W-12, G-22)', async () => {
    const { app, page, form } = await openForm();
    form.input.type('坏名字');
    form.input.blur('reject');
    await app.clock.advance(100);
    expect(page.flow.getSnapshot().isNicknameRejected).toBe(true);
    await form.submit();
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'nicknameRejected', by: 'form' });
    // Blur and confirm still carry it, and a page may hand that over.
    page.flow.submit('坏名字');
    await app.clock.advance(second);
    expect([page.flow.getSnapshot().state, app.requests(PROFILE)]).toEqual(['nicknameRejected', 0]);
  });

  it('takes a rejected nickname that was typed anew (W-12, G-22)', async () => {
    const { app, page, form } = await openForm();
    form.input.type('坏名字');
    form.input.blur('reject');
    await app.clock.advance(100);
    form.input.type('好名字');
    expect(page.flow.getSnapshot().isNicknameRejected).toBe(false);
    form.input.confirm();
    await app.clock.advance(100);
    await form.submit();
    expect([page.flow.getSnapshot().state, stored(app)?.nickname]).toEqual(['saved', '好名字']);
  });

  it('saves the picture though the name was rejected and cleared (W-12)', async () => {
    const { app, page, form } = await openForm();
    await form.choose();
    form.input.type('坏名字');
    form.input.blur('reject');
    await app.clock.advance(100);
    await form.submit();
    expect(page.flow.getSnapshot().state).toBe('saved');
    expect(bodiesOf(app, PROFILE)).toEqual([['avatarUrl', 'sync']]);
  });

  it('is not held up by a review that timed out (W-12)', async () => {
    const { app, page, form } = await openForm();
    form.input.type('阿明');
    form.input.blur('timeout');
    await app.clock.advance(100);
    await form.submit();
    expect([page.flow.getSnapshot().state, stored(app)?.nickname]).toEqual(['saved', '阿明']);
  });

  it('says so where there is nothing to save', async () => {
    const { app, page, form } = await openForm();
    form.input.type('   ');
    await form.submit();
    expect([page.flow.getSnapshot().state, app.requests(PROFILE)]).toEqual(['empty', 0]);
  });

  it('waits for a picture longer than for a request (G-22)', async () => {
    const { app, page, form } = await openForm();
    await form.choose();
    app.backend.failNext(AVATAR, { delay: 40 * second });
    await form.submit();
    await app.clock.advance(33 * second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'uploadingAvatar', busy: true });
    await app.clock.advance(10 * second);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('is never told as failed while the session is renewed on the way, and saved later (G-05)', async () => {
    const { app, page, form } = await openForm();
    form.input.type('阿明');
    slowRenewal(app);
    for (let i = 0; i < 2; i += 1) app.backend.failNext(PROFILE, { delay: 15 * second });
    await form.submit();
    await app.clock.advance(minute);
    expect(page.states).toEqual(['open', 'savingForm', 'saved']);
    expect(stored(app)?.nickname).toBe('阿明');
  });

  it('does not upload again after a save that failed (G-22)', async () => {
    const { app, page, form } = await openForm();
    await form.choose();
    form.input.type('阿明');
    app.backend.failNext(PROFILE, { status: 503, code: 'HOST_BUSY' });
    await form.submit();
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'failed', by: 'form', failure: { kind: 'busy' } });
    await form.submit();
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'saved', failure: null });
    expect([app.requests(AVATAR), app.requests(PROFILE)]).toEqual([1, 2]);
  });

  it('uploads another picture that was chosen after that', async () => {
    const { app, page, form } = await openForm();
    await form.choose();
    app.backend.failNext(PROFILE, { status: 503, code: 'HOST_BUSY' });
    await form.submit();
    await form.choose();
    expect(page.flow.getSnapshot().isAvatarTemporary).toBe(true);
    await form.submit();
    expect([page.flow.getSnapshot().state, app.requests(AVATAR)]).toEqual(['saved', 2]);
  });

  it('keeps the form on the page while it is being saved, so that a failure loses nothing (G-15)', async () => {
    const { app, page, form } = await openForm();
    await form.choose();
    form.input.type('阿明');
    app.backend.failNext(AVATAR, { status: 400, code: 'AVATAR_REFUSED' });
    await form.submit();
    expect(page.states).toEqual(['open', 'uploadingAvatar', 'failed']);
    expect(new Set(page.seen.map(({ by }) => by))).toEqual(new Set(['form']));
    expect(page.seen.find(({ state }) => state === 'uploadingAvatar')?.busy).toBe(true);
    expect(page.flow.getSnapshot()).toMatchObject({ failure: { kind: 'avatar-refused' }, isAvatarTemporary: true });
  });

  it('forgets why the last picture could not be used when another is chosen', async () => {
    const { app, page, form } = await openForm();
    await form.choose();
    app.backend.failNext(AVATAR, { status: 400, code: 'AVATAR_REFUSED' });
    await form.submit();
    await form.choose();
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'open', failure: null });
  });

  it('renews a revoked session on the way, for the same user (G-05, G-06)', async () => {
    const { app, page, form } = await openForm();
    app.backend.revokeTokens();
    await form.choose();
    await form.submit();
    expect([page.flow.getSnapshot().state, app.backend.users.length, app.requests(AVATAR)]).toEqual(['saved', 1, 2]);
  });

  it('is no way out where the server lets no client write profiles; the form is kept', async () => {
    const { app, page, form } = await openForm();
    form.input.type('阿明');
    app.backend.failNext(PROFILE, { status: 403, code: 'PROFILE_UPDATES_OFF' });
    await form.submit();
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'updatesOff', by: 'form', busy: false });
    expect(page.flow.getSnapshot().failure?.kind).toBe('profile-updates-off');
  });

  it('can be filled in anew after it was saved, or withdrawn', async () => {
    const { app, page, form } = await openForm({ sync: 'overwrite' });
    form.input.type('阿明');
    await form.submit();
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'saved', by: 'tap' });
    page.tap();
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'open', by: 'form' });
    page.flow.cancel();
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'idle', by: 'tap' });
    page.tap();
    form.input.type('老明');
    await form.submit();
    expect(stored(app)?.nickname).toBe('老明');
  });

  it('is saved once, however often it is submitted (G-15)', async () => {
    const { app, page, form } = await openForm();
    form.input.type('阿明');
    page.flow.submit('阿明');
    page.flow.submit('阿明');
    await app.clock.advance(2 * second);
    expect([page.flow.getSnapshot().state, app.requests(PROFILE)]).toEqual(['saved', 1]);
  });
});

describe('what may be replaced', () => {
  it.each([
    ['overwrite', '小明', '阿明'],
    ['setnx', '小明', '小明'],
    [false, null, null],
  ] as const)('by the sheet, then by the form: %s', async (sync, afterSheet, afterForm) => {
    const app = await signedIn({ baseLibrary: '2.26.0' });
    const sheet = place(app, { sync });
    await tapAndAnswer(app, sheet);
    expect([sheet.flow.getSnapshot().state, stored(app)?.nickname]).toEqual(['saved', afterSheet]);
    const page = place(app, { sync, way: 'avatarNickname' });
    const form = formOf(app, page);
    form.input.type('阿明');
    await form.submit();
    expect([page.flow.getSnapshot().state, stored(app)?.nickname]).toEqual(['saved', afterForm]);
    expect(shown(app)?.nickname).toBe(afterForm);
  });

  it('is what was never set, where nobody says anything', async () => {
    const app = await signedIn();
    await tapAndAnswer(app, place(app));
    expect(Reflect.get(Object(callsOf(app, HOST_PROFILE)[0]?.body), 'sync')).toBe('setnx');
  });
});

describe('a host that tells of nobody', () => {
  it('leads to the form, instead of having 微信用户 stored (W-08)', async () => {
    const app = await signedIn(STAND_IN);
    const page = place(app, { way: 'getUserProfile' });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'anonymous', by: 'form', otherWay: true, busy: false });
    expect([app.requests(HOST_PROFILE), stored(app)?.nickname]).toEqual([0, null]);
    const form = formOf(app, page);
    form.input.type('阿明');
    await form.submit();
    expect([page.flow.getSnapshot().state, stored(app)?.nickname]).toEqual(['saved', '阿明']);
  });

  it('is asked at once by the form, where nobody wants anything else (W-08)', async () => {
    const app = await signedIn(STAND_IN);
    expect(place(app).flow.getSnapshot().by).toBe('form');
  });

  it('still tells real data of versions published before (W-08)', async () => {
    const app = await signedIn({ ...STAND_IN, publishedAt: Date.UTC(2022, 0, 1) });
    const page = place(app, { way: 'getUserProfile' });
    await tapAndAnswer(app, page);
    expect([page.flow.getSnapshot().state, stored(app)?.nickname]).toEqual(['saved', REAL_NAME]);
  });

  it('keeps nobody from logging in while the form is filled in (G-03)', async () => {
    const app = await returned(STAND_IN);
    const page = place(app, { way: 'getUserProfile' });
    await tapAndAnswer(app, page);
    const session = watch(app.auth.ensure({ withUnionId: true }));
    await app.clock.advance(2 * second);
    expect([page.flow.getSnapshot().by, wordOf(session)]).toEqual(['form', 'ok']);
  });
});

describe('a refusal of the sheet', () => {
  it('by the person rests, and only a new tap asks again (W-09, G-12)', async () => {
    const app = await returned();
    const page = place(app);
    await tapAndAnswer(app, page, 'deny');
    await app.clock.advance(10 * minute);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'denied', otherWay: true, busy: false, by: 'tap' });
    expect([app.device.sheets, app.count('getUserProfile'), app.requests(HOST_PROFILE)]).toEqual([[], 1, 0]);
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('offers the form as another way (G-12)', async () => {
    const app = await signedIn({ baseLibrary: '2.26.0' });
    const page = place(app);
    await tapAndAnswer(app, page, 'deny');
    page.flow.fillIn();
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'open', by: 'form', failure: null });
    const form = formOf(app, page);
    form.input.type('阿明');
    await form.submit();
    expect([page.flow.getSnapshot().state, stored(app)?.nickname]).toEqual(['saved', '阿明']);
  });

  it('does not keep others from logging in (G-03)', async () => {
    const app = await returned();
    await tapAndAnswer(app, place(app), 'deny');
    const session = watch(app.auth.ensure({ withUnionId: true }));
    await app.clock.advance(2 * second);
    expect(wordOf(session)).toBe('ok');
  });

  it('by the host, as it was not called inside a tap, is a mistake of the app (W-09, G-10)', async () => {
    const app = await returned();
    const { flow } = place(app);
    flow.ask();
    await app.clock.advance(2 * second);
    expect(flow.getSnapshot()).toMatchObject({ state: 'failed', failure: { kind: 'misconfigured' }, busy: false });
    expect(app.requests(HOST_PROFILE)).toBe(0);
  });

  it.each([
    ['no', ''],
    ['a blank', '  '],
    ['too long a', '长'.repeat(31)],
  ])('because of %s desc is a mistake of the app, too (W-06)', async (_, desc) => {
    const app = await returned();
    const page = place(app, { desc });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'failed', failure: { kind: 'misconfigured' } });
    expect([app.count('getUserProfile'), page.flow.getSnapshot().busy]).toEqual([0, false]);
  });

  it('takes a desc of just 30 characters (W-06)', async () => {
    const app = await returned();
    const page = place(app, { desc: '长'.repeat(30) });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it.each([
    [{ errMsg: 'getUserProfile:fail auth deny' }, 'denied', true],
    [{ errMsg: 'getUserProfile:fail', errno: 104 }, 'privacyRefused', true],
    [{ errMsg: 'getUserProfile:fail', errno: 112 }, 'privacyUndeclared', true],
    [{ errMsg: 'getUserProfile:fail', errno: 102 }, 'notPermitted', true],
    [{ errMsg: 'getUserProfile:fail', errno: 600001 }, 'offline', false],
    [{ errMsg: 'getUserProfile:fail timeout' }, 'timedOut', false],
    [{ errMsg: 'getUserProfile:fail something new' }, 'failed', false],
  ])('has an outcome of its own (G-11): %o → %s', async (fail, state, otherWay) => {
    const app = await returned();
    app.device.faults.next('getUserProfile', { fail });
    const page = place(app);
    page.tap();
    await app.clock.advance(2 * second);
    expect(page.flow.getSnapshot()).toMatchObject({ state, otherWay, busy: false, by: 'tap' });
  });

  it('where the server lets no client write profiles is named (G-11)', async () => {
    const app = await returned();
    const page = place(app);
    app.backend.failNext(HOST_PROFILE, { status: 403, code: 'PROFILE_UPDATES_OFF' });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'updatesOff', otherWay: false, busy: false });
  });

  it('where the host has no way at all is named, and the form is another one (W-18)', async () => {
    const app = createTestApp({}, { baseLibrary: '1.2.0' });
    const page = place(app);
    await app.clock.advance(second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'unsupported', otherWay: true, by: 'none', busy: false });
    page.flow.fillIn();
    expect(page.flow.getSnapshot().by).toBe('form');
  });
});

describe('a tap on a profile button whose sheet is open', () => {
  it('asks anew without another login, and one answer is sent (G-03, G-15)', async () => {
    const app = await returned();
    const page = place(app);
    const calls = hostCalls(app);
    page.tap();
    page.tap();
    expect(calls().map(({ api }) => api)).toEqual(['login', 'getUserProfile', 'getUserProfile']);
    await app.clock.advance(100);
    for (const sheet of [...app.device.sheets]) sheet.allow();
    await app.clock.advance(2 * second);
    expect([page.flow.getSnapshot().state, app.requests(HOST_PROFILE)]).toEqual(['saved', 1]);
  });

  it('does not undo the answer to the earlier one (G-15)', async () => {
    const app = await returned();
    const page = place(app);
    page.tap();
    page.tap();
    await app.clock.advance(100);
    app.device.sheets[0]?.allow();
    await app.clock.advance(2 * second);
    expect(page.flow.getSnapshot().state).toBe('saved');
    app.device.sheets[0]?.deny();
    await app.clock.advance(2 * second);
    expect([page.flow.getSnapshot().state, app.requests(HOST_PROFILE)]).toEqual(['saved', 1]);
  });

  it('that is being exchanged asks nothing (G-15)', async () => {
    const app = await returned();
    const page = place(app);
    app.backend.failNext(HOST_PROFILE, { delay: 5 * second });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'exchanging', busy: true });
    app.device.tap(() => page.flow.ask());
    await app.clock.advance(10 * second);
    expect([page.flow.getSnapshot().state, app.count('getUserProfile')]).toEqual(['saved', 1]);
  });

  it('of another profile button leaves that sheet, and is made ready for one more tap (G-03, G-15)', async () => {
    const app = await returned();
    const [one, other] = [place(app), place(app, { sync: 'overwrite' })];
    one.tap();
    await app.clock.advance(second);
    other.tap();
    await app.clock.advance(second);
    expect([one.flow.getSnapshot().state, other.flow.getSnapshot().state]).toEqual(['idle', 'tapAgain']);
    app.device.sheets[0]?.allow();
    await app.clock.advance(2 * second);
    expect(one.flow.getSnapshot().state).toBe('tapAgain');
    await tapAndAnswer(app, other);
    expect(other.flow.getSnapshot().state).toBe('saved');
  });

  it('of a phone button leaves that sheet too, and its answer is not kept waiting (G-15)', async () => {
    const app = await returned();
    const page = place(app);
    page.tap();
    await app.clock.advance(second);
    const phone = app.auth.phone();
    phone.ask();
    phone.answer({
      errMsg: 'getPhoneNumber:ok',
      code: await app.world.wechat.givePhone(app.account, 'getPhoneNumber').then(({ code }) => code),
    });
    await app.clock.advance(5 * second);
    expect(phone.getSnapshot().state).toBe('succeeded');
  });

  it('that was answered keeps its key until the server has it, whoever asks for a login (G-03)', async () => {
    const app = await returned();
    const page = place(app);
    app.backend.failNext('/wechat/profile', { delay: 3 * second });
    await tapAndAnswer(app, page);
    const logins = app.count('login');
    const session = watch(app.auth.ensure({ withUnionId: true }));
    const button = place(app);
    app.device.tap(() => button.flow.ask());
    await app.clock.advance(second);
    expect(app.count('login')).toBe(logins);
    await app.clock.advance(20 * second);
    expect([page.flow.getSnapshot().state, wordOf(session)]).toEqual(['saved', 'ok']);
  });
});

describe('whoever goes away', () => {
  it('by leaving the page drops an open question, and keeps nobody from logging in (G-17)', async () => {
    const app = await returned();
    const page = place(app);
    page.tap();
    await app.clock.advance(100);
    const heard = page.seen.length;
    page.flow.leave();
    const session = watch(app.auth.ensure({ withUnionId: true }));
    await app.clock.advance(2 * second);
    app.device.sheets[0]?.allow();
    await app.clock.advance(2 * second);
    expect([wordOf(session), app.requests(HOST_PROFILE), page.seen.length]).toEqual(['ok', 0, heard]);
  });

  it('by leaving the page has the given answer finished, and hears nothing more (G-17)', async () => {
    const app = await returned();
    const page = place(app);
    app.backend.failNext(HOST_PROFILE, { delay: second });
    page.tap();
    await app.clock.advance(100);
    app.device.sheets[0]?.allow();
    await app.clock.advance(200);
    const heard = page.seen.length;
    page.flow.leave();
    await app.clock.advance(5 * second);
    expect([shown(app)?.nickname, page.seen.length]).toEqual([REAL_NAME, heard]);
  });

  it('by leaving the page has a submitted form finished (G-17)', async () => {
    const { app, page, form } = await openForm();
    await form.choose();
    form.input.type('阿明');
    app.backend.failNext(AVATAR, { delay: second });
    page.flow.submit('阿明');
    page.flow.leave();
    await app.clock.advance(10 * second);
    expect(stored(app)).toMatchObject({ nickname: '阿明', avatarUrl: expect.stringContaining('/avatars/') });
  });

  it('by leaving twice, or speaking after it, breaks nothing (G-17)', async () => {
    const app = await returned();
    const { flow } = place(app);
    flow.leave();
    flow.leave();
    app.device.tap(() => flow.ask());
    flow.fillIn();
    flow.submit('阿明');
    await app.clock.advance(minute);
    expect([app.count('getUserProfile'), app.requests(PROFILE), app.problems]).toEqual([0, 0, []]);
  });

  it('by signing out with the sheet open drops the question; a new tap works for whoever signs in', async () => {
    const app = await returned();
    const page = place(app);
    page.tap();
    await app.clock.advance(100);
    watch(app.auth.signOut());
    await app.clock.advance(second);
    app.device.sheets[0]?.allow();
    await app.clock.advance(2 * second);
    expect([app.requests(HOST_PROFILE), app.auth.getSnapshot().status]).toEqual([0, 'signedOut']);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'idle', busy: false, by: 'tap', user: null });
    watch(app.auth.ensure());
    await app.clock.advance(2 * second);
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('by signing out at rest can be asked again by a tap', async () => {
    const app = await returned();
    const page = place(app);
    watch(app.auth.signOut());
    await app.clock.advance(second);
    watch(app.auth.ensure());
    await app.clock.advance(2 * second);
    expect(page.flow.getSnapshot()).toMatchObject({ by: 'tap', busy: false });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('by signing out while the profile is being saved is not waited for, and stays signed out (G-17)', async () => {
    const app = await returned();
    const page = place(app);
    app.backend.failNext(HOST_PROFILE, { delay: 3 * second });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().busy).toBe(true);
    watch(app.auth.signOut());
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'idle', busy: false, by: 'tap' });
    await app.clock.advance(10 * second);
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', user: null });
    expect(page.flow.getSnapshot()).toMatchObject({ busy: false, by: 'tap' });
  });

  it('by signing out while the form is filled in closes it, and sends nothing', async () => {
    const { app, page, form } = await openForm();
    await form.choose();
    form.input.type('阿明');
    watch(app.auth.signOut());
    await app.clock.advance(second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'idle', by: 'tap', busy: false });
    await form.submit();
    expect([app.requests(AVATAR), app.requests(PROFILE), app.auth.getSnapshot().status]).toEqual([0, 0, 'signedOut']);
  });

  it.each([
    ['signed', SHEET],
    ['plain', PLAIN],
  ])('by cancelling drops the question: a late yes sends nothing, %s or not (G-17)', async (_, phone) => {
    const app = await returned(phone);
    const page = place(app);
    page.tap();
    await app.clock.advance(100);
    page.flow.cancel();
    app.device.sheets[0]?.allow();
    await app.clock.advance(2 * second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'idle', busy: false, live: true });
    expect(app.requests(HOST_PROFILE)).toBe(0);
  });

  it('by cancelling a tap that came too early waits for nothing', async () => {
    const app = await returned();
    watch(app.auth.ensure({ withUnionId: true }));
    const page = place(app);
    page.tap();
    page.flow.cancel();
    await app.clock.advance(second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'idle', busy: false, failure: { kind: 'cancelled' } });
  });

  it('by stopping the auth ends the flow, whose handle then moves nothing', async () => {
    const app = await returned();
    const page = place(app);
    page.tap();
    app.auth.stop();
    page.flow.fillIn();
    page.flow.submit('阿明');
    await app.clock.advance(minute);
    expect([app.requests(HOST_PROFILE), app.requests(PROFILE), app.auth.getSnapshot().status]).toEqual([
      0,
      0,
      'stopped',
    ]);
  });
});

describe('a given answer', () => {
  it('is kept over a restart', async () => {
    const app = await returned();
    await tapAndAnswer(app, place(app));
    app.restart().start();
    await app.clock.advance(second);
    expect(shown(app)?.nickname).toBe(REAL_NAME);
  });

  it.each([
    ['no answer', { hang: true }, 'timedOut'],
    ['no network', { lost: true }, 'offline'],
    ['a server out of order', { status: 502, code: 'HOST_UNAVAILABLE' }, 'failed'],
  ] as const)('that meets %s ends in a named state, from which a tap tries again (G-09)', async (_, fault, state) => {
    const app = await returned();
    const page = place(app);
    app.backend.failNext(HOST_PROFILE, fault);
    await tapAndAnswer(app, page);
    await app.clock.advance(minute);
    expect(page.flow.getSnapshot()).toMatchObject({ state, busy: false, by: 'tap' });
    await tapAndAnswer(app, page);
    if (page.flow.getSnapshot().state === 'tapAgain') await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it.each([
    [AVATAR, 2 * minute],
    [PROFILE, minute],
  ])('in the form that meets no answer from %s keeps the form (G-09)', async (path, wait) => {
    const { app, page, form } = await openForm();
    await form.choose();
    form.input.type('阿明');
    app.backend.failNext(path, { hang: true });
    await form.submit();
    await app.clock.advance(wait);
    expect(page.flow.getSnapshot()).toMatchObject({
      state: 'failed',
      by: 'form',
      busy: false,
      failure: { kind: 'timeout' },
    });
    await form.submit();
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('whose login never comes ends too, and a tap tries again (W-02, G-09)', async () => {
    const app = await returned();
    const page = place(app);
    app.device.faults.next('login', { hang: true });
    await tapAndAnswer(app, page);
    await app.clock.advance(minute);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'timedOut', busy: false, by: 'tap' });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });

  it('whose login fails gives the reason, and a tap tries again', async () => {
    const app = await returned();
    const page = place(app);
    app.device.faults.next('login', { fail: { errMsg: 'login:fail', errno: 600001 } });
    page.tap();
    await app.clock.advance(second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'offline', busy: false, by: 'tap', live: true });
    app.device.sheets[0]?.allow();
    await app.clock.advance(2 * second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'tapAgain', busy: false, by: 'tap' });
    await tapAndAnswer(app, page);
    expect(page.flow.getSnapshot().state).toBe('saved');
  });
});
