import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { failureText } from '../../../ports/failure.js';
import { installNativePackage } from '../support/native-package.js';
import { createPhone, type Phone, type PhoneOptions } from '../support/phone.js';
import { loadPhoneButton, type PhoneLook, type PhonePage } from '../support/phone-page.js';

const second = 1000;
const minute = 60 * second;
const PHONE_SIGN_IN = '/wechat/phone-sign-in';
const SET_PHONE = '/wechat/phone';
/** The last one whose phone button gives no code of its own (W-13). */
const OLD = { baseLibrary: '2.21.1' };

const calm: PhoneLook = { label: '手机号快捷登录', hint: '', busy: false, disabled: false, openType: 'getPhoneNumber' };
const busy: PhoneLook = { ...calm, label: '请稍候…', busy: true };
const done: PhoneLook = { ...calm, label: '已完成' };
const plain: PhoneLook = { ...calm, openType: '' };

const native = installNativePackage();
const open = loadPhoneButton(native.folder);

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});
afterAll(native.remove);

function start(phoneOptions?: PhoneOptions) {
  const phone = createPhone(native, phoneOptions);
  const auth = phone.createAuth();
  auth.start();
  return { phone, auth };
}

async function signedIn(phoneOptions?: PhoneOptions) {
  const app = start(phoneOptions);
  app.auth.ensure();
  await app.phone.clock.advance(second);
  return app;
}

/** A finger presses the button, and its sheet opens. */
async function ask(phone: Phone, page: PhonePage) {
  const press = page.press(phone.device);
  await phone.clock.advance(100);
  return press;
}

async function askAnd(answer: 'allow' | 'deny' | 'cancel', phone: Phone, page: PhonePage) {
  const press = await ask(phone, page);
  press[answer]();
  await phone.clock.advance(2 * second);
  return press;
}

const outcomes = (page: PhonePage) => page.heard.filter(({ type }) => type !== 'change' && type !== 'tap');

describe('the phone button shows', () => {
  it('an invitation, the sheet as it was, the exchange, and that it is done', async () => {
    const { phone, auth } = start();
    const page = open();
    expect(page.look()).toEqual(calm);
    const press = await ask(phone, page);
    expect([press.state, page.look()]).toEqual(['open', calm]);
    phone.backend.failNext(PHONE_SIGN_IN, { delay: second });
    press.allow();
    await phone.clock.advance(500);
    expect(page.look()).toEqual(busy);
    await phone.clock.advance(2 * second);
    expect([page.look(), auth.getSnapshot().status]).toEqual([done, 'signedIn']);
  });

  it('a plain button where the host’s must be prepared, until it is (G-03)', async () => {
    const { phone } = start({ ...OLD, latency: 500 });
    const page = open();
    expect(page.look()).toEqual(plain);
    await phone.clock.advance(second);
    expect(page.look()).toEqual(calm);
    await askAnd('allow', phone, page);
    await phone.clock.advance(second);
    expect(page.look().label).toBe('已完成');
  });

  it('why it could not be prepared; a tap tries again, and asks for one more', async () => {
    const { phone } = start(OLD);
    phone.device.faults.next('login', { fail: { errMsg: 'login:fail auth deny' } });
    const page = open();
    await phone.clock.advance(2 * second);
    expect(page.look()).toEqual({ ...plain, label: '重试', hint: failureText('denied', 'zh') });
    expect(outcomes(page)).toEqual([]);
    page.press(phone.device);
    expect(page.look()).toEqual({ ...plain, label: '请稍候…', busy: true });
    await phone.clock.advance(second);
    expect(page.look()).toEqual({ ...calm, hint: '请再点一次' });
    await askAnd('allow', phone, page);
    expect(outcomes(page).map(({ type }) => type)).toEqual(['success']);
  });

  it('that one more tap is needed after a login elsewhere, which is no failure yet (G-20)', async () => {
    const { phone } = start(OLD);
    const page = open();
    await phone.clock.advance(second);
    const press = await ask(phone, page);
    await phone.world.wechat.issueCode(phone.account);
    press.allow();
    await phone.clock.advance(2 * second);
    expect(page.look()).toEqual({ ...calm, hint: '请再点一次' });
    await askAnd('allow', phone, page);
    expect(outcomes(page).map(({ type }) => type)).toEqual(['success']);
  });

  it('that this host has no such button; a tap tells the page (W-17)', async () => {
    const { phone } = start({ baseLibrary: '1.1.1' });
    const page = open({ content: '<view slot="other" class="password">密码登录</view>' });
    expect(page.look()).toEqual({ ...plain, hint: failureText('unsupported', 'zh') });
    page.press(phone.device);
    page.press(phone.device);
    const told = { type: 'failure', detail: { kind: 'unsupported', text: failureText('unsupported', 'zh') } };
    expect(outcomes(page)).toEqual([told, told]);
  });

  it('that the app is not set up, where it has not called createAuth', () => {
    const phone = createPhone(native);
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const page = open();
    expect(page.look()).toEqual({ ...plain, label: '重试', hint: '应用配置有误' });
    page.press(phone.device);
    expect(outcomes(page)).toEqual([{ type: 'failure', detail: { kind: 'misconfigured', text: '应用配置有误' } }]);
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });

  it('the label and the classes of the page, on either button', async () => {
    start({ ...OLD, latency: 500 });
    const page = open({
      props: { customLabel: true },
      attributes: 'denglu-class="big" denglu-label-class="bold" denglu-hint-class="small"',
      content: '<text slot="label">一键登录</text>',
    });
    for (const part of ['button', 'label', 'hint']) {
      expect(page.get(part).dom.className).toMatch({ button: /big/, label: /bold/, hint: /small/ }[part] ?? /never/);
    }
    expect(page.look().label).toBe('一键登录');
    expect(page.aria('button')).toMatchObject({ ariaLabel: '手机号快捷登录', ariaBusy: false, ariaDisabled: false });
  });

  it('the language of the host, in label, hint and events', async () => {
    const { phone } = start({ language: 'en' });
    const page = open();
    await askAnd('deny', phone, page);
    expect(page.look()).toEqual({ ...calm, label: 'Try again', hint: 'Permission was not given.' });
    expect(outcomes(page)).toEqual([
      { type: 'denied', detail: { kind: 'denied', text: 'Permission was not given.', user: null } },
    ]);
  });
});

describe('a no on the phone button', () => {
  it('rests, is told once as denied, and only a new tap asks again (G-12)', async () => {
    const { phone } = start();
    const page = open();
    await askAnd('deny', phone, page);
    await phone.clock.advance(10 * minute);
    expect(page.look()).toEqual({ ...calm, label: '重试', hint: '你没有授权' });
    expect(outcomes(page)).toEqual([{ type: 'denied', detail: { kind: 'denied', text: '你没有授权', user: null } }]);
    expect(phone.device.sheets).toEqual([]);
    await askAnd('allow', phone, page);
    expect(page.look()).toEqual(done);
  });

  it('offers another way in, whose place is kept, and which stays while the sheet is open again, until a success (G-12)', async () => {
    const { phone } = start();
    const page = open({ content: '<view slot="other">密码登录</view>' });
    const isOffered = () => page.part('unoffered') === undefined;
    expect(document.body.textContent).toContain('密码登录');
    expect(isOffered()).toBe(false);
    await askAnd('deny', phone, page);
    expect(isOffered()).toBe(true);
    const press = await ask(phone, page);
    expect(isOffered()).toBe(true);
    press.allow();
    await phone.clock.advance(2 * second);
    expect(isOffered()).toBe(false);
  });

  it('that closes the sheet leaves no reproach, and is told', async () => {
    const { phone } = start();
    const page = open();
    await askAnd('cancel', phone, page);
    expect(page.look()).toEqual(calm);
    expect(outcomes(page)).toMatchObject([{ type: 'failure', detail: { kind: 'cancelled' } }]);
  });

  it('by the app, while the sheet is open, tells no older no again', async () => {
    const { phone, auth } = start();
    const page = open();
    await askAnd('deny', phone, page);
    await ask(phone, page);
    auth.signOut();
    await phone.clock.advance(second);
    expect(outcomes(page)).toHaveLength(1);
  });
});

describe('from the tap to the answer, the phone button stays as it is (G-15)', () => {
  const changes: [string, Parameters<PhonePage['set']>[0]][] = [
    ['disabled', { disabled: true }],
    ['realtime', { realtime: true }],
    ['coupled', { coupled: true }],
    ['mode', { mode: 'update' }],
    ['createUser', { createUser: false }],
    ['accepted', { accepted: false }],
    ['locale', { locale: 'en' }],
  ];
  const props = {
    disabled: false,
    realtime: false,
    coupled: false,
    mode: 'signIn',
    createUser: true,
    accepted: true,
    locale: 'zh',
  };

  it.each(changes)('though the page sets %s: the answer is heard, and exchanged as asked', async (_, change) => {
    const { phone } = start();
    const page = open({ props });
    const press = await ask(phone, page);
    page.set(change);
    expect(page.look()).toMatchObject({ disabled: false, openType: 'getPhoneNumber' });
    press.allow();
    await phone.clock.advance(2 * second);
    expect([press.lost, page.told.includes('success'), phone.requests(PHONE_SIGN_IN)]).toEqual([false, true, 1]);
    expect(phone.backend.calls.at(-1)?.body).toMatchObject({ createUser: true });
  });

  it('and what the page has set is heeded at rest', async () => {
    const { phone } = start();
    const page = open({ props });
    const press = await ask(phone, page);
    page.set({ disabled: true, mode: 'update', realtime: true });
    press.deny();
    await phone.clock.advance(second);
    expect(page.look()).toEqual({ ...calm, label: '绑定手机号', disabled: true, openType: 'getRealtimePhoneNumber' });
  });

  it('and a second tap asks anew; either sheet may be answered, and one answer is exchanged', async () => {
    const { phone } = start();
    const page = open();
    const presses = [await ask(phone, page), await ask(phone, page)];
    for (const press of presses) press.allow();
    await phone.clock.advance(2 * second);
    expect([page.look(), phone.requests(PHONE_SIGN_IN), outcomes(page)]).toMatchObject([
      done,
      1,
      [{ type: 'success' }],
    ]);
    expect(presses.map(({ lost }) => lost)).toEqual([false, false]);
  });

  it('and during the exchange a cover keeps fingers off, while the button is neither gone nor disabled', async () => {
    const { phone } = start();
    const page = open({ props: { disabled: false } });
    expect(page.find('cover')).toBeUndefined();
    phone.backend.failNext(PHONE_SIGN_IN, { delay: second });
    const button = page.get('button');
    (await ask(phone, page)).allow();
    await phone.clock.advance(500);
    page.set({ disabled: true });
    expect([page.find('cover') !== undefined, button.isThere, page.look()]).toEqual([true, true, busy]);
    await phone.clock.advance(2 * second);
    expect([page.find('cover'), page.look()]).toEqual([undefined, { ...done, disabled: true }]);
  });

  it('and an auth that is stopped leaves no button busy, frozen or live; a tap starts it again', async () => {
    const { phone, auth } = start();
    const page = open({ props: { disabled: false } });
    phone.backend.failNext(PHONE_SIGN_IN, { hang: true });
    (await ask(phone, page)).allow();
    await phone.clock.advance(500);
    auth.stop();
    expect(page.look()).toEqual(plain);
    page.set({ disabled: true });
    expect(page.look()).toEqual({ ...plain, disabled: true });
    page.set({ disabled: false });
    page.press(phone.device);
    await phone.clock.advance(second);
    await askAnd('allow', phone, page);
    expect([page.look(), auth.getSnapshot().status]).toEqual([done, 'signedIn']);
  });
});

describe('on a page that is covered by another, the phone button', () => {
  it('logs in no more, and is ready again soon after the page is shown (G-02)', async () => {
    const { phone } = start(OLD);
    const page = open();
    await phone.clock.advance(second);
    page.hide();
    await phone.clock.advance(20 * minute);
    expect([page.look(), phone.count('login')]).toEqual([plain, 1]);
    page.show();
    await phone.clock.advance(second);
    expect([page.look(), phone.count('login')]).toEqual([calm, 2]);
    await askAnd('allow', phone, page);
    expect(page.look().label).toBe('已完成');
  });

  it('keeps what it says of the last time (G-12)', async () => {
    const { phone } = start(OLD);
    const page = open();
    await phone.clock.advance(second);
    await askAnd('deny', phone, page);
    page.hide();
    page.show();
    await phone.clock.advance(second);
    expect(page.look()).toEqual({ ...calm, label: '重试', hint: '你没有授权' });
  });

  it.each([OLD, {}])('loses no question that is open, nor its answer, on %j (G-15)', async (host) => {
    const { phone } = start(host);
    const page = open();
    await phone.clock.advance(second);
    const press = await ask(phone, page);
    page.hide();
    await phone.clock.advance(minute);
    expect(page.look()).toEqual(calm);
    press.allow();
    await phone.clock.advance(2 * second);
    expect([press.lost, outcomes(page).map(({ type }) => type)]).toEqual([false, ['success']]);
    const logins = phone.count('login');
    await phone.clock.advance(20 * minute);
    expect(phone.count('login')).toBe(logins);
  });

  it('renews nothing either where the app makes its auth meanwhile', async () => {
    const phone = createPhone(native, OLD);
    const page = open();
    page.hide();
    phone.createAuth().start();
    await phone.clock.advance(20 * minute);
    expect(phone.count('login')).toBe(1);
    page.show();
    await phone.clock.advance(second);
    expect(page.look()).toEqual(calm);
  });
});

describe('a coupled phone button (G-14)', () => {
  it('is opt-in: by default the person is asked one thing at a time', () => {
    start();
    expect(open().look().openType).toBe('getPhoneNumber');
  });

  it('asks for both in one tap where the host can do so, for which it has an id (W-16)', async () => {
    const { phone } = start({ privacyAgreed: false });
    const page = open({ props: { coupled: true } });
    expect(page.look().openType).toBe('getPhoneNumber|agreePrivacyAuthorization');
    await askAnd('allow', phone, page);
    expect(page.look().label).toBe('已完成');
  });

  it('is not coupled on versions where that is known to fail', () => {
    start({ baseLibrary: '2.33.0' });
    expect(open({ props: { coupled: true } }).look().openType).toBe('getPhoneNumber');
  });

  it('is given back in two steps where it is not heard of, and says so; an older no is not told again', async () => {
    const { phone } = start();
    const page = open({ props: { coupled: true } });
    await askAnd('deny', phone, page);
    phone.device.faults.next('button.getPhoneNumber', { hang: true });
    page.press(phone.device);
    await phone.clock.advance(20 * second);
    const openType = 'getPhoneNumber|agreePrivacyAuthorization';
    expect(page.look()).toEqual({ ...calm, hint: '请再点一次', openType });
    expect(outcomes(page)).toHaveLength(1);
    expect(page.heard.at(-1)).toEqual({ type: 'change', detail: { state: 'unanswered', busy: false } });
    phone.device.faults.next('button.getPhoneNumber', { hang: true });
    page.press(phone.device);
    await phone.clock.advance(second);
    expect(page.look().openType).toBe('getPhoneNumber');
  });
});

describe('terms that are not accepted (G-16)', () => {
  it('put a plain button there, which says so at a tap, and are forgotten once they are', async () => {
    const { phone } = start();
    const page = open({ props: { accepted: false } });
    expect(page.look()).toEqual(plain);
    const press = page.press(phone.device);
    await phone.clock.advance(second);
    expect([press.question, page.look()]).toEqual([null, { ...plain, hint: '请先阅读并同意用户协议' }]);
    page.set({ accepted: true });
    expect(page.look()).toEqual(calm);
    page.set({ accepted: false });
    expect(page.look()).toEqual(plain);
  });

  it('that are withdrawn under an open sheet change nothing before the answer', async () => {
    const { phone } = start();
    const page = open({ props: { accepted: true } });
    const press = await ask(phone, page);
    page.set({ accepted: false });
    expect(page.look()).toEqual(calm);
    press.deny();
    await phone.clock.advance(second);
    expect(page.look().openType).toBe('');
  });

  it('are none where the page says nothing', () => {
    start();
    expect(open().look()).toEqual(calm);
  });
});

describe('the properties of the phone button', () => {
  it('sign in as they say, and as the app says where they are silent', async () => {
    const { phone } = start();
    const page = open({ props: { createUser: 'false', withUnionId: '' } });
    await askAnd('allow', phone, page);
    expect(phone.backend.calls.at(-1)?.body).toMatchObject({ createUser: false, withUnionId: true });
    expect(outcomes(page)).toMatchObject([{ type: 'failure', detail: { kind: 'unregistered' } }]);
    expect(page.look()).toEqual({ ...calm, hint: '还没有账号,请先注册' });
  });

  it.each([true, false])('set the number of whoever is signed in, with overwrite %s', async (overwrite) => {
    const { phone } = await signedIn();
    const page = open({ props: { mode: 'update', overwrite } });
    expect(page.look().label).toBe('绑定手机号');
    await askAnd('allow', phone, page);
    expect([page.look(), phone.requests(SET_PHONE)]).toEqual([done, 1]);
    expect(phone.backend.calls.at(-1)?.body).toMatchObject({ overwrite });
  });

  it('choose the button that checks the number, where the host has it (W-15)', async () => {
    const { phone } = start();
    const page = open({ props: { realtime: true } });
    await askAnd('allow', phone, page);
    expect(page.look()).toEqual({ ...done, openType: 'getRealtimePhoneNumber' });
  });

  it('leave the flow alone where they are set to what they were', async () => {
    const { phone } = start();
    const page = open({ props: { createUser: true, mode: 'signIn' } });
    await askAnd('deny', phone, page);
    const look = page.look();
    page.set({ createUser: true, mode: 'signIn' });
    expect(page.look()).toEqual(look);
  });

  it('keep the host’s own toast away when the quota is used up (W-15)', async () => {
    const { phone } = start();
    const page = open();
    phone.device.faults.next('button.getPhoneNumber', { fail: { errMsg: 'getPhoneNumber:fail', errno: 1400001 } });
    await askAnd('allow', phone, page);
    expect(outcomes(page)).toMatchObject([{ type: 'failure', detail: { kind: 'quota-exhausted' } }]);
    expect([page.get('button').data.phoneNumberNoQuotaToast, phone.device.toasts]).toEqual([false, []]);
  });

  it('disable it', async () => {
    const { phone } = start();
    const page = open({ props: { disabled: true } });
    const press = await ask(phone, page);
    expect([press.question, page.look(), page.told]).toEqual([null, { ...calm, disabled: true }, ['change']]);
  });
});

describe('the events of the phone button', () => {
  it('tell each change and one success, and no secret (G-23)', async () => {
    const { phone, auth } = start();
    const page = open();
    await askAnd('allow', phone, page);
    const { user } = auth.getSnapshot();
    expect(page.heard).toEqual([
      { type: 'change', detail: { state: 'inviting', busy: false } },
      { type: 'change', detail: { state: 'asking', busy: false } },
      { type: 'tap', detail: {} },
      { type: 'change', detail: { state: 'takingCode', busy: true } },
      { type: 'change', detail: { state: 'signingIn', busy: true } },
      { type: 'change', detail: { state: 'succeeded', busy: false } },
      { type: 'success', detail: { user } },
    ]);
    expect(JSON.stringify(page.heard)).not.toContain('13800000001');
  });

  it('have names of their own: a tap is heard once, and the native event by nobody (W-20)', async () => {
    const { phone } = start();
    const page = open({ attributes: 'bind:getphonenumber="hear"' });
    await askAnd('allow', phone, page);
    expect(page.heard.filter(({ type }) => type === 'tap')).toHaveLength(1);
    expect(new Set(page.told)).toEqual(new Set(['change', 'success']));
  });
});

describe('a phone button that leaves the page', () => {
  it('with an open sheet drops the question (G-17)', async () => {
    const { phone } = start();
    const page = open({ props: { disabled: false } });
    const press = await ask(phone, page);
    const before = [page.sent.length, page.told.length];
    page.leave();
    press.allow();
    page.set({ disabled: true });
    await phone.clock.advance(2 * second);
    expect([page.sent.length, page.told.length]).toEqual(before);
    expect(phone.requests(PHONE_SIGN_IN)).toBe(0);
  });

  it('gives back the key, so that others may log in (G-03)', async () => {
    const { phone, auth } = start(OLD);
    const page = open();
    await phone.clock.advance(second);
    await ask(phone, page);
    page.leave();
    auth.ensure();
    await phone.clock.advance(2 * second);
    expect(auth.getSnapshot().status).toBe('signedIn');
  });

  it('after an answer sets no data any more, and the app finishes the sign-in (G-17)', async () => {
    const { phone, auth } = start();
    const page = open();
    phone.backend.failNext(PHONE_SIGN_IN, { delay: second });
    (await ask(phone, page)).allow();
    await phone.clock.advance(500);
    const before = [page.sent.length, page.told.length];
    page.leave();
    await phone.clock.advance(2 * second);
    expect(auth.getSnapshot().status).toBe('signedIn');
    expect([page.sent.length, page.told.length]).toEqual(before);
  });

  it('is a new button when it comes back', async () => {
    const { phone } = start();
    const page = open();
    await askAnd('deny', phone, page);
    page.leave();
    page.enter();
    expect(page.look()).toEqual(calm);
    await askAnd('allow', phone, page);
    expect(page.look()).toEqual(done);
  });
});

it('the phone button sends over the bridge what changed, once per change (W-24)', async () => {
  const { phone } = start();
  const page = open({ props: { disabled: false } });
  await askAnd('deny', phone, page);
  await askAnd('allow', phone, page);
  page.set({ disabled: true });
  page.set({ disabled: true });
  expect(page.sent).toEqual([
    { 'view.label': '手机号快捷登录', 'view.live': true },
    { 'view.label': '重试', 'view.hint': '你没有授权', 'view.otherWay': true },
    { 'view.label': '手机号快捷登录', 'view.hint': '' },
    { 'view.label': '请稍候…', 'view.busy': true },
    { 'view.label': '已完成', 'view.busy': false, 'view.otherWay': false },
    { 'view.disabled': true },
  ]);
});
