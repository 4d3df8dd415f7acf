import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { AccountForm } from '../../machines/credentials.js';
import type { SettingsFlow } from '../../machines/settings-flow.js';
import { createTestApp, SIGN_IN, type TestApp, watch, wordOf } from '../support/app.js';

const second = 1000;
const minute = 60 * second;
const ACCOUNT = '/account';
const PASSWORD = 'correct horse battery';

interface Page {
  flow: SettingsFlow;
  /** What the flow went through, in order. */
  states: string[];
}

function open(app: TestApp): Page {
  const flow = app.auth.settings();
  const states = [flow.getSnapshot().state];
  flow.subscribe(({ state }) => {
    if (state !== states.at(-1)) states.push(state);
  });
  return { flow, states };
}

async function signedIn(): Promise<TestApp> {
  const app = createTestApp();
  watch(app.auth.ensure());
  await app.clock.advance(second);
  return app;
}

async function save(app: TestApp, { flow }: Page, form: AccountForm): Promise<string> {
  flow.save(form);
  await app.clock.advance(second);
  return flow.getSnapshot().state;
}

/** Somebody whose names are taken. */
async function somebodyElse(app: TestApp): Promise<void> {
  const names = [{ username: 'taken' }, { email: 'taken@example.com' }, { phone: '13900139000' }];
  for (const name of names) {
    const init = { method: 'POST', body: JSON.stringify({ ...name, password: PASSWORD }) };
    const response = await app.backend.fetch('https://api.test/api/auth/denglu/register', init);
    expect(response.status).toBe(201);
  }
}

describe('after a silent login', () => {
  it.each([
    ['username', { username: 'xiaoming' }],
    ['email', { email: 'xiaoming@example.com' }],
    ['phone', { phone: '13700137000' }],
  ])('a %s and a password are set, and the next sign-in may be by them (G-18)', async (_, name) => {
    const app = await signedIn();
    const id = app.auth.getSnapshot().user?.id;
    const page = open(app);
    expect(await save(app, page, { ...name, password: PASSWORD })).toBe('saved');
    expect(page.states).toEqual(['untouched', 'saving', 'saved']);
    expect(page.flow.getSnapshot().user).toEqual(app.auth.getSnapshot().user);
    watch(app.auth.signOut());
    await app.clock.advance(second);

    const linking = app.auth.linking();
    linking.signIn({ ...name, password: PASSWORD });
    await app.clock.advance(2 * second);
    expect([linking.getSnapshot().state, app.auth.getSnapshot().user?.id]).toEqual(['alreadyLinked', id]);
  });

  it('the user is known by the new name to the whole app, over a restart too', async () => {
    const app = await signedIn();
    await save(app, open(app), { username: 'xiaoming' });
    expect(app.auth.getSnapshot().user?.username).toBe('xiaoming');
    app.restart().start();
    await app.clock.advance(second);
    expect(app.auth.getSnapshot().user?.username).toBe('xiaoming');
  });

  it('one change follows another', async () => {
    const app = await signedIn();
    const page = open(app);
    expect(await save(app, page, { username: 'xiaoming' })).toBe('saved');
    expect(await save(app, page, { email: 'xiaoming@example.com' })).toBe('saved');
    expect(app.auth.getSnapshot().user).toMatchObject({ username: 'xiaoming', email: 'xiaoming@example.com' });
  });

  it('a password is changed by whoever knows the one before', async () => {
    const app = await signedIn();
    const page = open(app);
    await save(app, page, { password: PASSWORD });
    expect(await save(app, page, { password: 'another password' })).toBe('passwordWrong');
    expect(await save(app, page, { password: 'another password', currentPassword: 'a guess' })).toBe('passwordWrong');
    expect(await save(app, page, { password: 'another password', currentPassword: PASSWORD })).toBe('saved');
    expect(page.flow.getSnapshot().failure).toBeNull();
  });
});

describe('a change that is refused', () => {
  it.each([
    [{ username: 'taken' }, 'nameTaken', 'name-taken'],
    [{ email: 'taken@example.com' }, 'nameTaken', 'name-taken'],
    [{ phone: '13900139000' }, 'phoneTaken', 'phone-taken'],
    [{ password: '1234' }, 'passwordTooWeak', 'password-too-weak'],
    [{ username: '!' }, 'failed', 'invalid-request'],
  ])('has an outcome of its own: %o → %s', async (form, state, kind) => {
    const app = await signedIn();
    await somebodyElse(app);
    const page = open(app);
    expect(await save(app, page, form)).toBe(state);
    expect(page.flow.getSnapshot()).toMatchObject({ busy: false, failure: { kind } });
    expect(await save(app, page, { username: 'xiaoming' })).toBe('saved');
  });

  it.each([
    ['no answer (G-09)', { hang: true }, 'timeout'],
    ['an answer that got lost', { lost: true }, 'offline'],
    ['a server out of order', { status: 500, code: 'INTERNAL' }, 'unavailable'],
  ] as const)('by %s is named, and can be made again', async (_, fault, kind) => {
    const app = await signedIn();
    const page = open(app);
    app.backend.failNext(ACCOUNT, fault);
    page.flow.save({ username: 'xiaoming' });
    await app.clock.advance(16 * second);
    expect(page.flow.getSnapshot()).toMatchObject({ state: 'failed', busy: false, failure: { kind } });
    expect(await save(app, page, { username: 'xiaoming' })).toBe('saved');
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['no change', {}],
    ['the current password alone', { currentPassword: PASSWORD }],
    ['only what is empty', { username: '', password: '' }],
    ['a number', { phone: 13900139000 }],
    ['an object', { username: {} }],
  ])('is nonsense (%s): thrown as a typed failure, and nothing is sent', async (_, form) => {
    const app = await signedIn();
    const { flow } = open(app);
    expect(() => Reflect.apply(flow.save, flow, [form])).toThrow(expect.objectContaining({ kind: 'invalid-request' }));
    await app.clock.advance(second);
    expect([flow.getSnapshot().state, app.requests(ACCOUNT)]).toEqual(['untouched', 0]);
  });
});

describe('a change and the session', () => {
  it('renews an expired one on the way, for the same user, and sends the change once more (G-05, G-06)', async () => {
    const app = await signedIn();
    const before = app.auth.getSnapshot().user?.id;
    app.backend.revokeTokens();
    expect(await save(app, open(app), { username: 'xiaoming' })).toBe('saved');
    expect([app.auth.getSnapshot().user?.id, app.requests(ACCOUNT), app.backend.users.length]).toEqual([before, 2, 1]);
  });

  it('is never told as failed while the renewal takes its time, and made later (G-05)', async () => {
    const app = await signedIn();
    app.backend.revokeTokens();
    app.device.faults.next('login', { delay: 3 * second });
    app.backend.failNext(SIGN_IN, { delay: 8 * second });
    app.backend.failNext(ACCOUNT, { delay: 5 * second });
    const page = open(app);
    page.flow.save({ username: 'xiaoming' });
    await app.clock.advance(minute);
    expect([page.states, app.auth.getSnapshot().user?.username]).toEqual([
      ['untouched', 'saving', 'saved'],
      'xiaoming',
    ]);
  });

  it('makes no user where nobody is signed in', async () => {
    const app = createTestApp();
    const page = open(app);
    expect(await save(app, page, { username: 'xiaoming' })).toBe('failed');
    expect([page.flow.getSnapshot().failure?.kind, app.backend.users.length]).toEqual(['unregistered', 0]);
  });

  it('is finished in time though the renewal never gets an answer (G-09)', async () => {
    const app = await signedIn();
    app.backend.revokeTokens();
    for (let i = 0; i < 3; i += 1) app.backend.failNext(SIGN_IN, { hang: true });
    const { flow } = open(app);
    flow.save({ username: 'xiaoming' });
    await app.clock.advance(2 * minute);
    expect(flow.getSnapshot()).toMatchObject({ state: 'failed', busy: false });
  });

  it('is withdrawn by a sign-out', async () => {
    const app = await signedIn();
    const { flow } = open(app);
    app.backend.failNext(ACCOUNT, { delay: 2 * second });
    flow.save({ username: 'xiaoming' });
    await app.clock.advance(second);
    const signOut = watch(app.auth.signOut());
    await app.clock.advance(10 * second);
    expect([wordOf(signOut), app.auth.getSnapshot().user]).toEqual(['ok', null]);
    expect(flow.getSnapshot()).toMatchObject({ state: 'failed', busy: false, failure: { kind: 'cancelled' } });
  });

  it('is withdrawn by the person, and known to the app all the same where it is made', async () => {
    const app = await signedIn();
    const { flow } = open(app);
    app.backend.failNext(ACCOUNT, { delay: 2 * second });
    flow.save({ username: 'xiaoming' });
    await app.clock.advance(second);
    flow.cancel();
    expect(flow.getSnapshot()).toMatchObject({ state: 'failed', busy: false });
    await app.clock.advance(5 * second);
    expect(app.auth.getSnapshot().user?.username).toBe('xiaoming');
  });

  it('is finished though the page be gone, which hears nothing more (G-17)', async () => {
    const app = await signedIn();
    const page = open(app);
    app.backend.failNext(ACCOUNT, { delay: second });
    page.flow.save({ username: 'xiaoming' });
    await app.clock.advance(500);
    page.flow.leave();
    await app.clock.advance(5 * second);
    expect([page.states, app.auth.getSnapshot().user?.username]).toEqual([['untouched', 'saving'], 'xiaoming']);
  });

  it('is made once where the form is submitted twice', async () => {
    const app = await signedIn();
    const { flow } = open(app);
    flow.save({ password: PASSWORD });
    flow.save({ password: PASSWORD });
    await app.clock.advance(2 * second);
    expect([flow.getSnapshot().state, app.requests(ACCOUNT)]).toEqual(['saved', 1]);
  });

  it('ends with the auth: the handle then moves nothing', async () => {
    const app = await signedIn();
    const { flow } = open(app);
    app.auth.stop();
    flow.save({ username: 'xiaoming' });
    await app.clock.advance(minute);
    expect(app.requests(ACCOUNT)).toBe(0);
  });
});

it('inspection, snapshots and failures carry no password, no phone number and no token (G-23)', async () => {
  const app = await signedIn();
  const page = open(app);
  const seen: unknown[] = [];
  page.flow.subscribe((snapshot) => seen.push(snapshot));
  await save(app, page, { phone: '13700137000', password: PASSWORD });
  await save(app, page, { password: 'another password', currentPassword: 'a guess at it' });
  const events = app.inspected.map(({ rootId: _, ...rest }) => ({ ...rest, actorRef: rest.actorRef.sessionId }));
  const text = [JSON.stringify(events), inspect(events, { depth: 6 }), inspect(seen, { depth: 6 })].join();
  expect(text).toContain('accountSettings');
  const tokens = app.backend.calls.map(({ token }) => token).filter(Boolean);
  const secrets = [PASSWORD, 'another password', 'a guess at it', '13700137000', ...tokens];
  expect(secrets.filter((one) => text.includes(one))).toEqual([]);
});
