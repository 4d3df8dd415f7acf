import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { texts as agreement } from '../../../components/agreement/texts.js';
import { texts as linking } from '../../../components/link-account/texts.js';
import { texts } from '../../../components/sign-in-sheet/texts.js';
import { failureText } from '../../../ports/failure.js';
import { SIGN_IN } from '../../support/app.js';
import type { PageOptions } from '../support/component-page.js';
import { useHostForms } from '../support/host-forms.js';
import { installNativePackage } from '../support/native-package.js';
import { createPhone, type PhoneOptions } from '../support/phone.js';
import { loadSheet, type SheetPage } from '../support/sheet-page.js';

const second = 1000;
const minute = 60 * second;
const PHONE_SIGN_IN = '/wechat/phone-sign-in';
const PROFILE = '/profile';
const REGISTER = '/register';
const LINK = '/wechat/link';
const says = texts.zh;
const password = 'correct horse battery';
const label = '手机号快捷登录';

const native = installNativePackage();
const load = loadSheet(native.folder);

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});
afterAll(native.remove);

function start(
  props: Record<string, unknown> = {},
  { phone: options, ...page }: PageOptions & { phone?: PhoneOptions } = {},
) {
  const phone = createPhone(native, options);
  const auth = phone.createAuth();
  auth.start();
  return { phone, auth, page: load({ ...page, props: { open: true, ...props } }) };
}

type App = ReturnType<typeof start>;

async function answerPhone({ phone, page }: App, answer: 'allow' | 'deny' | 'cancel') {
  const press = page.pressPhone(phone.device);
  await phone.clock.advance(100);
  press[answer]();
  await phone.clock.advance(2 * second);
  return press;
}

const nobodyThere = { kind: 'unregistered', text: failureText('unregistered', 'zh') };

describe('the sheet leads through signing in', () => {
  it('by phone, and closes once somebody is signed in', async () => {
    const app = start();
    const { page, auth } = app;
    expect(page.look()).toEqual({ title: says.signInTitle, step: 'signIn', aside: '' });
    await answerPhone(app, 'allow');
    const { user } = auth.getSnapshot();
    expect(page.details('success')).toEqual([{ user }]);
    expect(page.details('close')).toEqual([{ reason: 'done' }]);
    expect(page.story).toEqual(['change', 'success', 'close']);
    page.moved();
    expect([page.look(), page.part('sheet')]).toEqual([null, undefined]);
  });

  it('silently, where the page wants so', async () => {
    const { phone, page } = start({ by: 'silent' });
    expect([page.label('phone'), page.label('silent')]).toEqual([undefined, '登录']);
    page.tapSilent();
    await phone.clock.advance(second);
    expect([page.story, phone.requests(SIGN_IN)]).toEqual([['change', 'success', 'close'], 1]);
  });

  it('and shows nothing to whoever is signed in already and lacks nothing', async () => {
    const { phone, auth, page } = start({ open: false, profile: false, done: true });
    auth.ensure();
    await phone.clock.advance(second);
    page.set({ open: true });
    expect([page.look(), page.story]).toEqual([null, ['success', 'close']]);
    expect(page.details('success')).toEqual([{ user: auth.getSnapshot().user }]);
    page.set({ open: false });
    page.set({ open: true });
    expect(page.story).toEqual(['success', 'close', 'success', 'close']);
  });

  it('and goes on by itself when somebody is signed in elsewhere', async () => {
    const { phone, auth, page } = start({ profile: true });
    auth.ensure();
    await phone.clock.advance(second);
    expect(page.look()?.step).toBe('profile');
  });

  it('and begins anew when whoever came has left', async () => {
    const { phone, auth, page } = start({ profile: true });
    auth.ensure();
    await phone.clock.advance(second);
    auth.signOut();
    await phone.clock.advance(second);
    expect(page.look()?.step).toBe('signIn');
  });

  it('but where the app has not called createAuth: that it is not set up', () => {
    const phone = createPhone(native);
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const page = load({ props: { open: true } });
    expect(page.hint('phone')).toBe('应用配置有误');
    page.pressPhone(phone.device);
    expect(page.details('failure')).toEqual([{ kind: 'misconfigured', text: '应用配置有误' }]);
    log.mockRestore();
  });
});

describe('terms that are not accepted (G-16)', () => {
  it.each(['phone', 'silent'] as const)('come before the way in: %s', async (way) => {
    const { phone, page } = start({ by: way, terms: true });
    const tap = () => (way === 'phone' ? page.pressPhone(phone.device) : page.tapSilent());
    tap();
    await phone.clock.advance(second);
    expect([page.hint('terms'), phone.device.sheets, phone.count('login')]).toEqual([agreement.zh.missing, [], 0]);
    page.accept();
    expect(page.hint('terms')).toBe('');
    tap();
    await phone.clock.advance(100);
    phone.device.sheets.at(0)?.allow();
    await phone.clock.advance(2 * second);
    expect(page.story).toEqual(['change', 'success', 'close']);
  });

  it('come before the password, too', () => {
    const { page } = start({ by: 'phone password', terms: true, link: true });
    page.tap('sheet-password');
    expect([page.look()?.step, page.hint('terms')]).toEqual(['signIn', agreement.zh.missing]);
    page.accept();
    page.tap('sheet-password');
    expect(page.look()?.step).toBe('link');
  });

  it('are said to be missing once: the button is silent meanwhile', () => {
    const { phone, page } = start({ terms: true });
    page.pressPhone(phone.device);
    const hint = () => page.get('sheet-phone').find('hint')?.dom.className;
    expect(hint()).toContain('denglu-sheet-unsaid');
    page.accept();
    expect(hint()).not.toContain('denglu-sheet-unsaid');
  });

  it('are accepted where the page says so, and not asked for where it asks for none', () => {
    const { page } = start({ terms: true, accepted: true });
    expect(page.get('sheet-phone').find('button')?.data.openType).toBe('getPhoneNumber');
    page.set({ terms: false, accepted: false });
    expect(page.find('sheet-terms')).toBeUndefined();
    expect(page.get('sheet-phone').find('button')?.data.openType).toBe('getPhoneNumber');
  });
});

describe('a way in that was refused (G-12)', () => {
  it('is told, stays, and another is offered: the person comes in by that', async () => {
    const app = start();
    const { phone, page } = app;
    expect(page.label('silent')).toBeUndefined();
    await answerPhone(app, 'deny');
    expect(page.details('denied')).toEqual([{ kind: 'denied', text: '你没有授权', user: null }]);
    expect([page.hint('phone'), page.label('silent')]).toEqual(['你没有授权', says.silent]);
    page.tapSilent();
    await phone.clock.advance(second);
    expect(page.story).toEqual(['change', 'denied', 'success', 'close']);
  });

  it('by closing the host’s sheet offers no other way, and is told', async () => {
    const app = start();
    await answerPhone(app, 'cancel');
    expect([app.page.label('silent'), app.page.story]).toEqual([undefined, ['change', 'failure']]);
  });

  it('may be silent: then the phone is offered', async () => {
    const { phone, page } = start({ by: 'silent phone' });
    phone.backend.failNext(SIGN_IN, { status: 403, code: 'ACCOUNT_BLOCKED' });
    page.tapSilent();
    await phone.clock.advance(second);
    expect([page.details('failure'), page.label('phone')]).toEqual([
      [{ kind: 'account-blocked', text: failureText('account-blocked', 'zh') }],
      label,
    ]);
  });

  it('is no more refused when the sheet opens again', async () => {
    const app = start();
    const { page } = app;
    await answerPhone(app, 'deny');
    page.tap('sheet-close');
    page.moved();
    page.set({ open: false });
    page.set({ open: true });
    expect([page.look()?.step, page.label('silent'), page.hint('phone')]).toEqual(['signIn', undefined, '']);
  });

  it('nor are terms missing then, before a tap', () => {
    const { phone, page } = start({ terms: true });
    page.pressPhone(phone.device);
    page.tap('sheet-close');
    page.moved();
    page.set({ open: false });
    page.set({ open: true });
    expect(page.hint('terms')).toBe('');
  });
});

describe('whoever has no account yet (G-18)', () => {
  async function toLinking(props: Record<string, unknown> = {}) {
    const app = start({ link: true, ...props });
    await answerPhone(app, 'allow');
    return app;
  }

  it('is led to a form, which is no failure; registers, links, and is asked for a name and a picture', async () => {
    const { phone, auth, page } = await toLinking({ profile: true });
    expect(page.look()).toEqual({ title: linking.zh.registerTitle, step: 'link', aside: says.back });
    expect([page.details('failure'), phone.backend.users]).toEqual([[], []]);
    page.submitAccount('xiaoming', password);
    await phone.clock.settle();
    expect(page.look()).toMatchObject({ step: 'link', aside: '' });
    await phone.clock.advance(second);
    expect(page.look()).toEqual({ title: says.profileTitle, step: 'profile', aside: says.skipProfile });
    expect(page.find('sheet-phone')).toBeUndefined();
    await useHostForms();
    page.submitNickname('小明');
    await phone.clock.advance(second);
    expect(page.details('success')).toMatchObject([{ user: { nickname: '小明' } }]);
    expect(page.details('change')).toEqual([{ step: 'signIn' }, { step: 'link' }, { step: 'profile' }]);
    expect([phone.requests(REGISTER), phone.requests(LINK), auth.getSnapshot().user?.nickname]).toEqual([1, 1, '小明']);
  });

  it('is led there by a silent sign-in as well', async () => {
    const { phone, page } = start({ by: 'silent', link: true });
    page.tapSilent();
    await phone.clock.advance(second);
    expect([page.look()?.step, page.story]).toEqual(['link', ['change', 'change']]);
  });

  it('is told so, and no more, where the page has no step for it', async () => {
    const app = start({ createUser: false });
    await answerPhone(app, 'allow');
    expect([app.page.look()?.step, app.page.details('failure')]).toEqual(['signIn', [nobodyThere]]);
  });

  it('may go back, and forward by a password', async () => {
    const { phone, page } = await toLinking({ by: 'phone password' });
    page.tap('sheet-aside');
    expect([page.look()?.step, page.find('sheet-linking')]).toEqual(['signIn', undefined]);
    page.tap('sheet-password');
    expect(page.look()?.title).toBe(linking.zh.signInTitle);
    page.submitAccount('xiaoming', password);
    await phone.clock.advance(second);
    expect(page.details('failure')).toMatchObject([{ kind: 'password-wrong' }]);
    expect(page.look()).toMatchObject({ step: 'link', aside: says.back });
  });

  it('and cannot link may go on without it', async () => {
    const { phone, auth, page } = await toLinking();
    phone.backend.failNext(LINK, { status: 500, code: 'INTERNAL' });
    page.submitAccount('xiaoming', password);
    await phone.clock.advance(minute);
    expect([page.look(), page.details('success')]).toEqual([
      { title: linking.zh.linkTitle, step: 'link', aside: says.skipLink },
      [],
    ]);
    page.tap('sheet-aside');
    expect(page.details('success')).toEqual([{ user: auth.getSnapshot().user }]);
  });
});

describe('the profile', () => {
  it('may be left out', async () => {
    const app = start({ profile: true });
    const { page, auth } = app;
    await answerPhone(app, 'allow');
    expect([page.look()?.step, page.details('success')]).toEqual(['profile', []]);
    page.tap('sheet-aside');
    expect([page.details('success'), page.details('close')]).toEqual([
      [{ user: auth.getSnapshot().user }],
      [{ reason: 'done' }],
    ]);
  });

  it('that could not be saved is asked for again, and the page is told', async () => {
    const app = start({ profile: true });
    const { phone, page } = app;
    await answerPhone(app, 'allow');
    phone.backend.failNext(PROFILE, { status: 500, code: 'INTERNAL' });
    page.submitNickname('小明');
    await phone.clock.settle();
    expect(page.look()?.aside).toBe('');
    await phone.clock.advance(minute);
    expect([page.look(), page.details('failure')]).toMatchObject([
      { step: 'profile', aside: says.skipProfile },
      [{ kind: 'unavailable' }],
    ]);
  });

  it('is followed by a last word, where the page wants one', async () => {
    const app = start({ profile: true, done: true });
    const { page } = app;
    await answerPhone(app, 'allow');
    page.tap('sheet-aside');
    expect([page.look(), page.story.at(-1)]).toEqual([{ title: says.doneTitle, step: 'done', aside: '' }, 'success']);
    page.tap('sheet-finish');
    expect(page.details('close')).toEqual([{ reason: 'done' }]);
    expect(page.details('success')).toHaveLength(1);
  });
});

describe('a sheet that is closed', () => {
  const ways: [by: string, reason: string, close: (page: SheetPage) => void][] = [
    ['its button', 'button', (page) => page.tap('sheet-close')],
    ['its mask', 'mask', (page) => page.tap('sheet-mask')],
    ['the page', 'page', (page) => page.set({ open: false })],
  ];

  it.each(ways)('by %s says so once, moves away, and leaves nothing behind', (_, reason, close) => {
    const { page } = start();
    close(page);
    expect([page.details('close'), page.part('sheet--leaving') !== undefined]).toEqual([[{ reason }], true]);
    page.moved();
    expect([page.part('sheet'), page.story]).toEqual([undefined, ['change', 'close']]);
  });

  it('is not, where the page says that it cannot be', () => {
    const { page } = start({ closable: false });
    page.tap('sheet-mask');
    expect([page.part('sheet-close'), page.details('close'), page.look()?.step]).toEqual([undefined, [], 'signIn']);
  });

  it('is gone at once where the page is covered meanwhile', () => {
    const { page } = start();
    page.tap('sheet-close');
    page.hide();
    expect(page.part('sheet')).toBeUndefined();
  });

  it('stays closed, though the movement of its coming ends late', () => {
    const { page } = start();
    page.moved();
    expect(page.look()?.step).toBe('signIn');
  });

  it('keeps a button whose sheet is open until it was answered, and tells of that (G-15, G-17)', async () => {
    const { phone, auth, page } = start({ profile: true });
    const press = page.pressPhone(phone.device);
    await phone.clock.advance(100);
    page.tap('sheet-close');
    page.moved();
    expect([page.look(), page.find('sheet-phone') !== undefined]).toEqual([null, true]);
    press.allow();
    await phone.clock.advance(2 * second);
    expect([press.lost, page.part('sheet'), page.story]).toEqual([false, undefined, ['change', 'close', 'success']]);
    expect(page.details('success')).toEqual([{ user: auth.getSnapshot().user }]);
  });

  it('tells of a no that comes later, and is gone then', async () => {
    const { phone, page } = start();
    const press = page.pressPhone(phone.device);
    await phone.clock.advance(100);
    page.tap('sheet-close');
    page.moved();
    press.deny();
    await phone.clock.advance(second);
    expect([page.story, page.part('sheet')]).toEqual([['change', 'close', 'denied'], undefined]);
  });

  it('waits no longer for a question that was withdrawn', async () => {
    const { phone, auth, page } = start();
    page.pressPhone(phone.device);
    await phone.clock.advance(100);
    page.tap('sheet-close');
    page.moved();
    auth.signOut();
    await phone.clock.advance(second);
    expect([page.part('sheet'), page.story]).toEqual([undefined, ['change', 'close']]);
  });

  it.each([
    ['success', {}],
    ['failure', { status: 403, code: 'ACCOUNT_BLOCKED' }],
  ])('hears the end of a silent sign-in that was begun: %s', async (outcome, answer) => {
    const { phone, page } = start({ by: 'silent' });
    if (outcome === 'failure') phone.backend.failNext(SIGN_IN, { ...answer, status: 403 });
    page.tapSilent();
    await phone.clock.settle();
    page.tap('sheet-close');
    page.moved();
    expect(page.find('sheet-silent')).toBeDefined();
    await phone.clock.advance(second);
    expect([page.story, page.part('sheet')]).toEqual([['change', 'close', outcome], undefined]);
  });

  it('finishes what was sent by the form, and tells of it (G-17)', async () => {
    const { phone, page } = start({ by: 'password', link: true });
    page.tap('sheet-by-password');
    page.submitAccount('xiaoming', password);
    await phone.clock.settle();
    expect(page.details('failure')).toEqual([]);
    page.tap('sheet-close');
    page.moved();
    await phone.clock.advance(second);
    expect(page.story).toEqual(['change', 'change', 'close', 'failure']);
    expect(page.part('sheet')).toBeUndefined();
  });

  it('goes on where it was when it opens again before the answer (G-15)', async () => {
    const { phone, page } = start({ profile: true });
    const press = page.pressPhone(phone.device);
    await phone.clock.advance(100);
    page.set({ open: false });
    page.moved();
    page.set({ open: true });
    expect(page.look()?.step).toBe('signIn');
    press.allow();
    await phone.clock.advance(2 * second);
    expect([press.lost, page.look()?.step]).toEqual([false, 'profile']);
    expect(page.details('success')).toEqual([]);
  });

  it('before a step that may be left out has left it out', async () => {
    const app = start({ profile: true });
    await answerPhone(app, 'allow');
    app.page.tap('sheet-close');
    expect(app.page.story).toEqual(['change', 'change', 'success', 'close']);
  });

  it('tells nothing of who signs in elsewhere afterwards', async () => {
    const { phone, auth, page } = start();
    page.tap('sheet-close');
    page.moved();
    auth.ensure();
    await phone.clock.advance(second);
    expect(page.story).toEqual(['change', 'close']);
  });

  it('opens again, and tells its success again', async () => {
    const app = start();
    const { phone, auth, page } = app;
    await answerPhone(app, 'allow');
    page.moved();
    auth.signOut();
    await phone.clock.advance(second);
    page.set({ open: false });
    page.set({ open: true });
    await answerPhone(app, 'allow');
    expect(page.details('success')).toHaveLength(2);
  });
});

describe('a question that is open when the step changes (G-15)', () => {
  it('keeps its button, out of sight, until it was answered', async () => {
    const { phone, auth, page } = start({ profile: true });
    const press = page.pressPhone(phone.device);
    await phone.clock.advance(100);
    auth.ensure();
    await phone.clock.advance(second);
    expect([page.look()?.step, page.find('sheet-phone') !== undefined]).toEqual(['profile', true]);
    press.deny();
    await phone.clock.advance(second);
    expect([press.lost, page.look()?.step, page.find('sheet-phone')]).toEqual([false, 'profile', undefined]);
  });
});

describe('the page', () => {
  const own = `
    <view slot="title">Welcome</view>
    <view slot="links">Terms</view>
    <view slot="sign-in">Members</view>
    <view slot="other">Help</view>
    <view slot="link">Own form</view>
    <view slot="profile">Own profile</view>
    <view slot="done">Own word</view>`;

  it('puts its own parts into each step, and leads from one to the next', async () => {
    const all = { customTitle: true, customLinks: true, customSignIn: true, customLink: true, customProfile: true };
    const props = { ...all, customDone: true, terms: true, link: true, profile: true, done: true };
    const { phone, auth, page } = start(props, { content: own });
    const reads = () => page.reads;
    expect(reads()).toBe('Welcome我已阅读并同意TermsMembersHelp');
    page.call('next');
    expect(reads()).toContain('Own form');
    auth.ensure();
    await phone.clock.advance(second);
    expect(reads()).toContain('Own form');
    page.call('next');
    expect(reads()).toContain('Own profile');
    page.call('next');
    expect([reads(), page.details('success').length]).toEqual(['WelcomeOwn word', 1]);
  });

  it('takes a page’s own way to accept the terms, and asks for nothing before (G-16)', async () => {
    const props = {
      terms: true,
      accepted: false,
      customTerms: true,
      by: 'silent',
      agreementTexts: { missing: 'Tick it' },
    };
    const { phone, page } = start(props, { content: '<view slot="terms">Own box</view>' });
    expect(page.reads).toContain('Own box');
    expect([page.part('sheet-terms'), page.text('sheet-missing')]).toEqual([undefined, '']);
    page.tapSilent();
    await phone.clock.advance(second);
    expect([page.text('sheet-missing'), phone.count('login')]).toEqual(['Tick it', 0]);
    page.set({ accepted: true });
    expect(page.text('sheet-missing')).toBe('');
    page.tapSilent();
    await phone.clock.advance(second);
    expect(page.story).toEqual(['change', 'success', 'close']);
  });

  it('replaces each text, of the sheet and of its parts', async () => {
    const app = start({
      texts: { signInTitle: 'Hello', silent: 'Without', password: 'Word' },
      phoneTexts: { signIn: 'Number' },
      agreementTexts: { accept: 'Yes to' },
      by: 'phone silent password',
      terms: true,
      accepted: true,
    });
    await answerPhone(app, 'deny');
    for (const text of ['Hello', 'Without', 'Word', 'Yes to']) expect(app.page.reads).toContain(text);
    app.page.set({ phoneTexts: { signIn: 'Number', retry: 'Once more' } });
    expect(app.page.label('phone')).toBe('Once more');
  });

  it('speaks one language in all of it', () => {
    const { page } = start({ locale: 'en', terms: true });
    expect([page.text('sheet-title'), page.label('phone')]).toEqual(['Sign in', 'Sign in by phone']);
    expect(page.reads).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it('dresses the panel, its words, the buttons, the inputs and the hints', () => {
    const classes = ['', '-title', '-note', '-button', '-hint'].map((part) => `denglu${part}-class="own${part}"`);
    const { page } = start({}, { attributes: classes.join(' ') });
    expect(page.part('sheet-panel')?.classList).toContain('own');
    expect(page.part('sheet-title')?.classList).toContain('own-title');
    expect(page.part('sheet-note')?.classList).toContain('own-note');
    expect(page.get('sheet-phone').find('button')?.dom.className).toContain('own-button');
    expect(page.get('sheet-phone').find('hint')?.dom.className).toContain('own-hint');
  });

  it('tells screen readers that it is a dialog, what it is called, and how to close it', () => {
    const { page } = start();
    expect(page.aria('sheet-panel')).toMatchObject({ ariaRole: 'dialog', ariaModal: 'true', ariaLabel: '登录' });
    expect(page.aria('sheet-head')).toEqual({ ariaLive: 'polite' });
    expect(page.aria('sheet-close')).toMatchObject({ ariaLabel: '关闭' });
  });

  it('does not scroll under the sheet', () => {
    const { page } = start();
    for (const part of ['sheet-mask', 'sheet-title']) page.get(part).fire('touchmove');
    expect(page.story).toEqual(['change']);
  });

  it('that disables the sheet disables every part, and no way out', () => {
    const { page } = start({ disabled: true, terms: true, by: 'phone password' });
    expect(page.get('sheet-phone').find('button')?.data.disabled).toBe(true);
    expect(page.get('sheet-terms').find('check')?.data.disabled).toBe(true);
    expect(page.get('sheet-password').data.disabled).toBe(true);
    expect(page.get('sheet-close').data.disabled).toBe(false);
    page.get('sheet-ways').fire('tap');
    expect(page.hint('terms')).toBe('');
  });

  it('hears nothing once it has gone, and what was answered is finished (G-17)', async () => {
    const { phone, auth, page } = start();
    const press = page.pressPhone(phone.device);
    await phone.clock.advance(100);
    press.allow();
    await phone.clock.settle();
    const before = [page.sent.length, page.told.length];
    page.leave();
    await phone.clock.advance(2 * second);
    expect([page.sent.length, page.told.length]).toEqual(before);
    expect([phone.requests(PHONE_SIGN_IN), auth.getSnapshot().status]).toEqual([1, 'signedIn']);
  });

  it('hears names of the sheet’s own only (W-20), and nothing secret (G-23)', async () => {
    const app = start();
    await answerPhone(app, 'deny');
    await answerPhone(app, 'allow');
    expect(app.page.told).toEqual(['change', 'denied', 'success', 'close']);
    expect(JSON.stringify([app.page.heard, app.page.sent])).not.toMatch(/token|13800/i);
  });
});

it('what the sheet sends over the bridge is what changed, once per visible change (W-24)', async () => {
  const app = start({ texts: {}, loginTexts: {}, locale: 'zh' });
  const { page } = app;
  const { length } = page.sent;
  await answerPhone(app, 'deny');
  page.set({ texts: {}, loginTexts: {}, locale: 'zh' });
  await answerPhone(app, 'allow');
  page.moved();
  expect(page.sent.slice(length)).toEqual([
    { 'view.offersSecond': true },
    { 'view.place': 'leaving', open: false },
    { 'view.place': 'gone' },
  ]);
});

describe('the sheet', () => {
  it('leaves the page where the host tells of no animation', () => {
    vi.useFakeTimers();
    const { page } = start();
    page.set({ open: false });
    expect(page.part('sheet--leaving')).toBeDefined();
    vi.advanceTimersByTime(second);
    vi.useRealTimers();
    expect(page.part('sheet-panel')).toBeUndefined();
  });

  it('says nothing of what had failed before it opened', async () => {
    const { page, auth, phone } = start({ open: false, by: 'silent' });
    auth.ensure({ createUser: false }).catch(() => {});
    await phone.clock.advance(2 * second);
    expect(auth.getSnapshot().failure?.kind).toBe('unregistered');
    page.set({ open: true });
    expect(page.reads).not.toContain(failureText('unregistered', 'zh'));
    phone.backend.failNext(SIGN_IN, { status: 403, code: 'ACCOUNT_BLOCKED' });
    page.tapSilent();
    await phone.clock.advance(60 * second);
    expect(page.reads).toContain(failureText('account-blocked', 'zh'));
  });

  it('takes a tap beside the silent button for none: it waits for nobody’s answer', async () => {
    const { page, auth, phone } = start({ by: 'silent' });
    phone.device.faults.next('login', { hang: true });
    auth.ensure().catch(() => {});
    await phone.clock.advance(100);
    page.get('sheet-silent').find('hint')?.fire('tap');
    page.set({ open: false });
    page.moved();
    expect(page.part('sheet-panel')).toBeUndefined();
  });

  it('takes the page’s own words for each of its small buttons', () => {
    const props = { by: 'phone password', customPassword: true, customClose: true };
    const own = '<view slot="password">用工号登录</view><view slot="close">以后再说</view>';
    const { page } = start(props, { content: own });
    expect([page.part('sheet-password')?.textContent, page.part('sheet-close')?.textContent]).toEqual([
      '用工号登录',
      '以后再说',
    ]);
    page.tap('sheet-close');
    expect(page.details('close')).toEqual([{ reason: 'button' }]);
  });

  it('takes the page’s own words for leaving a step out', async () => {
    const app = start({ profile: true, customAside: true }, { content: '<view slot="aside">下次再填</view>' });
    await answerPhone(app, 'allow');
    expect(app.page.part('sheet-aside')?.textContent).toBe('下次再填');
  });
});
