import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { AuthOptions } from '../../../machines/create-auth.js';
import { type FailureKind, failureText } from '../../../ports/failure.js';
import { BASE_URL, SIGN_IN, SIGN_OUT } from '../../support/app.js';
import { type ButtonProps, type Look, loadLoginButton } from '../support/button-page.js';
import { installNativePackage } from '../support/native-package.js';
import { createPhone, type Phone, type PhoneOptions } from '../support/phone.js';

const second = 1000;
const minute = 60 * second;
const calm: Look = { label: '登录', hint: '', busy: false, signedIn: false, disabled: false };
const signedIn: Look = { ...calm, label: '已登录', signedIn: true };
const signingIn: Look = { ...calm, label: '正在登录…', busy: true };

const native = installNativePackage();
const open = loadLoginButton(native.folder);

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});
afterAll(native.remove);

/** An app that runs, and nobody is signed in. */
function start(phoneOptions?: PhoneOptions, authOptions?: Partial<AuthOptions>) {
  const phone = createPhone(native, phoneOptions);
  const auth = phone.createAuth(authOptions);
  auth.start();
  return { phone, auth };
}

/** A server that knows its users by name. */
function serverThatNames(nickname: string): AuthOptions['backend'] {
  return (platform) => {
    const backend = native.server({ baseUrl: BASE_URL })(platform);
    return {
      ...backend,
      signIn: (input) => backend.signIn(input).then((session) => ({ ...session, user: { ...session.user, nickname } })),
    };
  };
}

describe('the login button shows', () => {
  it('that nobody is signed in', () => {
    start();
    expect(open().look()).toEqual(calm);
  });

  it('that somebody signs in, from the tap on, and then that somebody is signed in', async () => {
    const { phone } = start();
    const page = open();
    page.tap();
    await phone.clock.settle();
    expect(page.look()).toEqual(signingIn);
    await phone.clock.advance(second);
    expect(page.look()).toEqual(signedIn);
  });

  it('who is signed in, where the server knows a name', async () => {
    const { phone } = start({}, { backend: serverThatNames('小明') });
    const page = open();
    page.tap();
    await phone.clock.advance(second);
    expect(page.look()).toEqual({ ...signedIn, label: '小明' });
  });

  it('what the app does without it', async () => {
    const { phone, auth } = start();
    const page = open();
    auth.ensure();
    expect(page.look()).toEqual(signingIn);
    await phone.clock.advance(second);
    expect(page.look()).toEqual(signedIn);
    phone.device.faults.next('request', { hang: true });
    auth.signOut();
    expect(page.look()).toEqual({ ...calm, label: '正在退出…', busy: true });
    await phone.clock.advance(10 * second);
    expect(page.look()).toEqual(calm);
  });

  it('who is signed in already, as soon as it is on the page', async () => {
    const { phone, auth } = start();
    auth.ensure();
    await phone.clock.advance(second);
    expect(open().look()).toEqual(signedIn);
  });

  it('who is signed in also while the session is checked and renewed', async () => {
    const { phone, auth } = start();
    auth.ensure();
    await phone.clock.advance(6 * minute);
    const page = open();
    const seen: unknown[] = [];
    auth.subscribe(({ status }) => seen.push([status, page.look()]));
    phone.world.wechat.expireSession(phone.account);
    phone.device.hide();
    phone.device.show();
    await phone.clock.advance(second);
    expect(seen).toEqual([
      ['checking', signedIn],
      ['renewing', signedIn],
      ['signedIn', signedIn],
    ]);
  });

  it('that there is no account yet, where none is to be made (G-18)', async () => {
    const { phone } = start();
    const page = open({ props: { createUser: false } });
    page.tap();
    await phone.clock.advance(second);
    expect(page.look()).toEqual({ ...calm, hint: '还没有账号,请先注册' });
    expect(phone.backend.users).toEqual([]);
  });

  it('that the terms come first, and signs nobody in before they are accepted (G-16)', async () => {
    const { phone } = start();
    const page = open({ props: { accepted: false } });
    expect(page.look()).toEqual(calm);
    page.tap();
    await phone.clock.advance(second);
    expect([page.look(), phone.count('login')]).toEqual([{ ...calm, hint: '请先阅读并同意用户协议' }, 0]);
    page.set({ accepted: true });
    expect(page.look()).toEqual(calm);
    page.set({ accepted: false });
    expect(page.look()).toEqual(calm);
    page.set({ accepted: true });
    page.tap();
    await phone.clock.advance(second);
    expect(page.look()).toEqual(signedIn);
  });

  it('that the network is gone, and who is signed in once it is back', async () => {
    const { phone } = start();
    const page = open();
    phone.device.goOffline();
    page.tap();
    await phone.clock.advance(second);
    expect(page.look()).toEqual({ ...calm, label: '重试', hint: '网络未连接,请检查网络' });
    phone.device.goOnline();
    await phone.clock.advance(second);
    expect(page.look()).toEqual(signedIn);
  });

  const causes: [FailureKind, (phone: Phone) => void][] = [
    ['unavailable', ({ backend }) => backend.failNext(SIGN_IN, { status: 500, code: 'INTERNAL' })],
    ['rate-limited', ({ backend }) => backend.failNext(SIGN_IN, { status: 429, code: 'RATE_LIMITED', retryAfter: 60 })],
    ['account-blocked', ({ backend }) => backend.failNext(SIGN_IN, { status: 403, code: 'ACCOUNT_BLOCKED' })],
    ['timeout', ({ backend }) => backend.failNext(SIGN_IN, { hang: true })],
    ['timeout', ({ device }) => device.faults.next('login', { hang: true })],
    ['denied', ({ device }) => device.faults.next('login', { fail: { errMsg: 'login:fail auth deny' } })],
    ['unknown', ({ device }) => device.faults.next('login', { emptyCode: true })],
  ];

  it.each(causes)('that it failed, why, and that one may try again: %s', async (kind, breakSomething) => {
    const { phone } = start();
    const page = open();
    breakSomething(phone);
    page.tap();
    await phone.clock.advance(minute);
    expect(page.look()).toEqual({ ...calm, label: '重试', hint: failureText(kind, 'zh') });
    page.tap();
    await phone.clock.settle();
    expect(page.look()).toEqual(signingIn);
    await phone.clock.advance(second);
    expect(page.look()).toEqual(signedIn);
  });

  it('no reproach after a cancelled sign-in', async () => {
    const { phone, auth } = start();
    const page = open();
    page.tap();
    await phone.clock.settle();
    auth.signOut();
    await phone.clock.advance(second);
    expect(page.look()).toEqual(calm);
  });

  it('that it is disabled, in every other state', async () => {
    const { phone, auth } = start();
    const page = open({ props: { disabled: true } });
    expect(page.look()).toEqual({ ...calm, disabled: true });
    auth.ensure();
    expect(page.look()).toEqual({ ...signingIn, disabled: true });
    await phone.clock.advance(second);
    expect(page.look()).toEqual({ ...signedIn, disabled: true });
  });

  it('that the app is not set up, where it has not called createAuth', async () => {
    const phone = createPhone(native);
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const page = open();
    expect(page.look()).toEqual({ ...calm, label: '重试', hint: '应用配置有误' });
    page.tap();
    page.tap();
    await phone.clock.settle();
    page.tap();
    await phone.clock.settle();
    const failure = { type: 'failure', detail: { kind: 'misconfigured', text: '应用配置有误' } };
    expect(page.heard.filter(({ type }) => type !== 'tap')).toEqual([failure, failure]);
    expect(log.mock.lastCall).toEqual([expect.stringContaining('createAuth() was not called')]);
    log.mockRestore();
  });
});

describe('the login button finds the auth of the app', () => {
  it('when createAuth is called after it was attached', async () => {
    const phone = createPhone(native);
    const page = open();
    phone.createAuth();
    expect(page.look()).toEqual(calm);
    page.tap();
    await phone.clock.advance(second);
    expect(page.look()).toEqual(signedIn);
  });

  it('when another createAuth takes the place of the first, which it hears no more', async () => {
    const { phone, auth: first } = start();
    const page = open();
    first.ensure();
    await phone.clock.advance(second);
    const user = first.getSnapshot().user;
    const successor = phone.createAuth();
    expect(page.look()).toEqual(calm);
    const { length } = page.sent;
    first.signOut();
    await phone.clock.advance(second);
    expect(page.sent).toHaveLength(length);
    page.tap();
    await phone.clock.advance(second);
    expect(page.look()).toEqual(signedIn);
    expect(successor.getSnapshot()).toMatchObject({ status: 'signedIn', user });
    expect(first.getSnapshot()).toMatchObject({ status: 'signedOut' });
  });

  it('though the app has not started it: the tap does (G-08)', async () => {
    const phone = createPhone(native);
    phone.createAuth();
    const page = open();
    expect(page.look()).toEqual(calm);
    page.tap();
    await phone.clock.advance(second);
    expect(page.look()).toEqual(signedIn);
  });
});

describe('the login button speaks', () => {
  const hosts: [host: string, PhoneOptions, label: string][] = [
    ['a Chinese', { language: 'zh_CN' }, '登录'],
    ['a traditional Chinese', { language: 'zh_TW' }, '登录'],
    ['an English', { language: 'en' }, 'Sign in'],
    ['a French', { language: 'fr' }, 'Sign in'],
    ['a silent', { language: '' }, '登录'],
    ['an old English', { language: 'en', baseLibrary: '2.10.0' }, 'Sign in'],
    ['an old Chinese', { language: 'zh_CN', baseLibrary: '2.10.0' }, '登录'],
  ];

  it.each(hosts)('the language of %s host', (_, phone, label) => {
    start(phone);
    expect(open().look().label).toBe(label);
  });

  it.each([
    ['zh', 'en', '登录'],
    ['en', 'zh_CN', 'Sign in'],
  ])('%s where the page says so, on a host that speaks %s', (locale, language, label) => {
    start({ language });
    expect(open({ props: { locale } }).look().label).toBe(label);
  });

  it('one language everywhere: label, hint, aria and events', async () => {
    const { phone } = start({ language: 'en' });
    const page = open({ props: { createUser: false } });
    page.tap();
    await phone.clock.settle();
    expect(page.look().label).toBe('Signing in…');
    await phone.clock.advance(second);
    expect(page.look()).toEqual({ ...calm, label: 'Sign in', hint: 'There is no account here yet.' });
    expect(page.aria('button').ariaLabel).toBe('Sign in');
    expect(page.heard.at(-1)).toEqual({
      type: 'failure',
      detail: { kind: 'unregistered', text: 'There is no account here yet.' },
    });
  });

  const words = { signIn: '进', signingIn: '进…', signedIn: '进了', signingOut: '出…', retry: '再进' };

  it('the words of the page, each in its state', async () => {
    const { phone, auth } = start();
    const page = open({ props: { texts: words } });
    const labels = [page.look().label];
    const look = async (after: number) => {
      await phone.clock.advance(after);
      labels.push(page.look().label);
    };
    phone.backend.failNext(SIGN_IN, { status: 500, code: 'INTERNAL' });
    page.tap();
    await look(0);
    await look(second);
    page.tap();
    await look(second);
    phone.backend.failNext(SIGN_OUT, { hang: true });
    auth.signOut();
    await look(0);
    expect(labels).toEqual([words.signIn, words.signingIn, words.retry, words.signedIn, words.signingOut]);
  });

  it('its own words where the page replaces others, or by nothing', async () => {
    const { phone } = start();
    const page = open({ props: { texts: { signIn: '', signedIn: '进了' } } });
    expect(page.look().label).toBe('登录');
    page.set({ texts: null });
    expect(page.look().label).toBe('登录');
    page.set({ texts: { signedIn: '进了' } });
    page.tap();
    await phone.clock.settle();
    expect(page.look().label).toBe('正在登录…');
    await phone.clock.advance(second);
    expect(page.look().label).toBe('进了');
  });
});

describe('the login button wears', () => {
  it('the label of the page in the place of its own, which screen readers still hear', () => {
    start();
    const page = open({ props: { customLabel: true }, content: '<text slot="label">微信登录</text>' });
    expect(page.look().label).toBe('微信登录');
    expect(page.aria('button').ariaLabel).toBe('登录');
    page.set({ customLabel: false });
    expect(page.look().label).toBe('登录');
  });

  it('the classes of the page on the button, the label and the hint', () => {
    start();
    const page = open({ attributes: 'denglu-class="big" denglu-label-class="bold" denglu-hint-class="small"' });
    expect(page.part('button')?.classList).toContain('big');
    expect(page.part('label')?.classList).toContain('bold');
    expect(page.part('hint')?.classList).toContain('small');
  });

  it('attributes for screen readers that follow its state', async () => {
    const { phone } = start();
    const page = open({ props: { disabled: false } });
    const idle = { ariaRole: 'button', ariaLabel: '登录', ariaBusy: false, ariaDisabled: false };
    expect(page.aria('button')).toEqual(idle);
    expect(page.aria('hint')).toEqual({ ariaLive: 'polite' });
    page.tap();
    await phone.clock.settle();
    expect(page.aria('button')).toEqual({ ...idle, ariaLabel: '正在登录…', ariaBusy: true });
    expect(page.aria('spinner')).toEqual({ ariaHidden: 'true' });
    await phone.clock.advance(second);
    expect(page.aria('button')).toEqual({ ...idle, ariaLabel: '已登录' });
    page.set({ disabled: true });
    expect(page.aria('button')).toEqual({ ...idle, ariaLabel: '已登录', ariaDisabled: true });
  });
});

describe('a tap on the login button', () => {
  it('does nothing while it is disabled', async () => {
    const { phone } = start();
    const page = open({ props: { disabled: true } });
    page.tap();
    await phone.clock.advance(second);
    expect([page.look(), page.told, phone.count('login')]).toEqual([{ ...calm, disabled: true }, ['change'], 0]);
  });

  it('shares one sign-in with those before its answer, and one event tells of it (G-05)', async () => {
    const { phone } = start();
    const page = open();
    page.tap();
    page.tap();
    await phone.clock.advance(10);
    page.tap();
    await phone.clock.advance(second);
    expect([phone.count('login'), phone.requests(SIGN_IN), phone.backend.users.length]).toEqual([1, 1, 1]);
    expect(page.told.filter((name) => name === 'success')).toHaveLength(1);
  });

  it('shares the sign-in that the app has begun (G-05)', async () => {
    const { phone, auth } = start();
    const page = open();
    auth.ensure();
    page.tap();
    await phone.clock.advance(second);
    expect([phone.count('login'), phone.requests(SIGN_IN)]).toEqual([1, 1]);
    expect(page.told.filter((name) => name === 'success')).toHaveLength(1);
  });

  it('is answered at once where somebody is signed in', async () => {
    const { phone, auth } = start();
    auth.ensure();
    await phone.clock.advance(second);
    const page = open();
    page.tap();
    await phone.clock.settle();
    page.tap();
    await phone.clock.settle();
    expect(page.told).toEqual(['change', 'success', 'success']);
    expect(phone.count('login')).toBe(1);
  });

  it('asks for what the properties say', async () => {
    const { phone } = start();
    const page = open({ props: { createUser: false, withUnionId: true } });
    page.tap();
    await phone.clock.advance(second);
    page.set({ createUser: true, withUnionId: false });
    page.tap();
    await phone.clock.advance(second);
    expect(phone.backend.calls.map(({ body }) => body)).toEqual([
      expect.objectContaining({ createUser: false, withUnionId: true }),
      expect.objectContaining({ createUser: true, withUnionId: false }),
    ]);
  });

  it('makes a user where neither the page nor the app says otherwise', async () => {
    const { phone } = start();
    open().tap();
    await phone.clock.advance(second);
    expect(phone.backend.calls[0]?.body).toMatchObject({ createUser: true, withUnionId: false });
  });

  it('asks for what the app has as its defaults, where the page says nothing', async () => {
    const { phone } = start({}, { defaults: { createUser: false, withUnionId: true } });
    open().tap();
    await phone.clock.advance(second);
    expect(phone.backend.calls[0]?.body).toMatchObject({ createUser: false, withUnionId: true });
  });

  it.each([
    ['a bare attribute', '', true],
    ['a text', 'false', false],
  ])('understands %s as a switch', async (_, createUser, meant) => {
    const { phone } = start({}, { defaults: { createUser: !meant } });
    open({ props: { createUser } }).tap();
    await phone.clock.advance(second);
    expect(phone.backend.calls[0]?.body).toMatchObject({ createUser: meant });
  });

  it('asks anew where the properties have changed under a sign-in, and tells the answer to the later tap', async () => {
    const { phone } = start();
    const page = open({ props: { createUser: false } });
    page.tap();
    await phone.clock.settle();
    page.set({ createUser: true });
    page.tap();
    page.tap();
    await phone.clock.advance(2 * second);
    expect(phone.backend.calls.map(({ body }) => body)).toEqual([
      expect.objectContaining({ createUser: false }),
      expect.objectContaining({ createUser: true }),
    ]);
    expect(page.told.filter((event) => event !== 'change')).toEqual(['success']);
  });

  it('does not sign in again whoever taps while being signed out', async () => {
    const { phone, auth } = start();
    const page = open();
    page.tap();
    await phone.clock.advance(second);
    phone.backend.failNext(SIGN_OUT, { delay: second });
    auth.signOut();
    await phone.clock.settle();
    page.tap();
    await phone.clock.advance(5 * second);
    expect([auth.getSnapshot().status, phone.count('login')]).toEqual(['signedOut', 1]);
  });
});

describe('the events of the login button', () => {
  it('tell once who signed in and each change on the way, and no secret (G-23)', async () => {
    const { phone, auth } = start();
    const page = open();
    page.tap();
    await phone.clock.advance(second);
    const { user } = auth.getSnapshot();
    expect(user?.id).toBe('user-1');
    expect(page.heard).toEqual([
      { type: 'change', detail: { status: 'signedOut', user: null } },
      { type: 'change', detail: { status: 'signingIn', user: null } },
      { type: 'tap', detail: {} },
      { type: 'change', detail: { status: 'signedIn', user } },
      { type: 'success', detail: { user } },
    ]);
    auth.signOut();
    await phone.clock.advance(second);
    expect(page.heard.slice(5)).toEqual([
      { type: 'change', detail: { status: 'signingOut', user: null } },
      { type: 'change', detail: { status: 'signedOut', user: null } },
    ]);
  });

  it('tell once why nobody signed in, by a kind for programs and a text for people', async () => {
    const { phone } = start();
    const page = open();
    phone.backend.failNext(SIGN_IN, { status: 500, code: 'INTERNAL' });
    page.tap();
    await phone.clock.advance(second);
    expect(page.heard).toEqual([
      { type: 'change', detail: { status: 'signedOut', user: null } },
      { type: 'change', detail: { status: 'signingIn', user: null } },
      { type: 'tap', detail: {} },
      { type: 'change', detail: { status: 'signedOut', user: null } },
      { type: 'failure', detail: { kind: 'unavailable', text: '服务暂不可用,请稍后再试' } },
    ]);
  });

  it('tell a sign-in that the network interrupted as a failure, and its later end as a change', async () => {
    const { phone } = start();
    const page = open();
    phone.device.goOffline();
    page.tap();
    await phone.clock.advance(second);
    phone.device.goOnline();
    await phone.clock.advance(second);
    expect(page.told).toEqual(['change', 'change', 'change', 'failure', 'change', 'change']);
    expect(page.heard.at(-1)).toMatchObject({ type: 'change', detail: { status: 'signedIn' } });
  });

  it('tell no change where nobody signs out', async () => {
    const { phone, auth } = start();
    const page = open();
    await auth.signOut();
    await phone.clock.settle();
    expect(auth.getSnapshot().failure).toBeNull();
    expect(page.told).toEqual(['change']);
  });

  it('tell a page that opens what it opens with, and then of another auth', async () => {
    const { phone, auth } = start();
    auth.ensure();
    await phone.clock.advance(second);
    const page = open();
    const { user } = auth.getSnapshot();
    expect(page.heard).toEqual([{ type: 'change', detail: { status: 'signedIn', user } }]);
    phone.createAuth();
    expect(page.heard.slice(1)).toEqual([{ type: 'change', detail: { status: 'stopped', user: null } }]);
  });

  it('have names of their own, and a tap is heard once by the page (W-20)', async () => {
    const { phone } = start();
    const page = open({ props: { createUser: false } });
    page.tap();
    await phone.clock.advance(second);
    page.set({ createUser: true });
    page.tap();
    await phone.clock.advance(second);
    expect(page.heard.filter(({ type }) => type === 'tap')).toHaveLength(2);
    expect(new Set(page.told)).toEqual(new Set(['change', 'failure', 'success']));
  });
});

describe('a login button that leaves the page in the middle of a sign-in', () => {
  it('sets no data and tells nothing any more, and the sign-in is finished by the app (G-17)', async () => {
    const { phone, auth } = start();
    const page = open({ props: { disabled: false, locale: '' } });
    page.tap();
    await phone.clock.settle();
    const before = [page.sent.length, page.told.length];
    page.leave();
    await phone.clock.advance(second);
    expect(auth.getSnapshot().status).toBe('signedIn');
    expect(phone.device.wx.getStorageSync('denglu:session')).toContain('user-1');
    phone.createAuth();
    page.set({ disabled: true, locale: 'en' });
    await phone.clock.advance(second);
    expect([page.sent.length, page.told.length]).toEqual(before);
  });

  it('tells nothing of its failure either (G-17)', async () => {
    const { phone, auth } = start();
    const page = open();
    phone.backend.failNext(SIGN_IN, { status: 500, code: 'INTERNAL' });
    page.tap();
    await phone.clock.settle();
    page.leave();
    await phone.clock.advance(second);
    expect(auth.getSnapshot().failure?.kind).toBe('unavailable');
    expect(page.told).toEqual(['change', 'change']);
  });

  it('shows how it ended when it comes back', async () => {
    const { phone } = start();
    const page = open();
    page.tap();
    await phone.clock.settle();
    page.leave();
    await phone.clock.advance(second);
    page.enter();
    expect(page.look()).toEqual(signedIn);
  });
});

describe('what the login button sends over the bridge (W-24)', () => {
  it('is what changed, once per change', async () => {
    const { phone, auth } = start();
    const page = open({ props: { disabled: false } });
    page.tap();
    await phone.clock.advance(second);
    page.set({ disabled: true });
    auth.signOut();
    await phone.clock.advance(second);
    expect(page.sent).toEqual([
      { 'view.label': '登录' },
      { 'view.label': '正在登录…', 'view.busy': true },
      { 'view.label': '已登录', 'view.busy': false, 'view.signedIn': true },
      { 'view.disabled': true },
      { 'view.label': '正在退出…', 'view.busy': true, 'view.signedIn': false },
      { 'view.label': '登录', 'view.busy': false },
    ]);
  });

  it('is nothing while what a person sees stays the same', async () => {
    const { phone, auth } = start();
    auth.ensure();
    await phone.clock.advance(6 * minute);
    const page = open({
      props: { createUser: true, withUnionId: false, texts: {}, locale: '', disabled: false },
    });
    const { length } = page.sent;
    phone.device.hide();
    phone.device.show();
    await phone.clock.advance(second);
    page.set({ createUser: false, texts: {}, locale: 'zh', disabled: false });
    page.tap();
    await phone.clock.advance(second);
    expect(phone.count('checkSession')).toBe(1);
    expect(page.told).toEqual(expect.arrayContaining(['change', 'success']));
    expect(page.sent).toHaveLength(length);
  });
});

describe('a property that changes on the page', () => {
  const changes: [keyof ButtonProps, Partial<ButtonProps>, Partial<Look>][] = [
    ['disabled', { disabled: true }, { disabled: true }],
    ['locale', { locale: 'en' }, { label: 'Try again', hint: 'The service is out of order. Please try again later.' }],
    ['texts', { texts: { retry: '再来' } }, { label: '再来' }],
    ['customLabel', { customLabel: true }, { label: '' }],
  ];

  it.each(changes)('is seen at once: %s', async (_, props, look) => {
    const { phone } = start();
    const page = open({ props: { disabled: false, locale: '', texts: {}, customLabel: false } });
    phone.backend.failNext(SIGN_IN, { status: 500, code: 'INTERNAL' });
    page.tap();
    await phone.clock.advance(second);
    const before = page.look();
    page.set(props);
    expect(page.look()).toEqual({ ...before, ...look });
  });
});
