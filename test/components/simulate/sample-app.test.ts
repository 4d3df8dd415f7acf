import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { failureText } from '../../../ports/failure.js';
import { installNativePackage } from '../support/native-package.js';
import type { PhoneOptions } from '../support/phone.js';
import { launchSample, type SampleApp } from '../support/sample-app.js';

const second = 1000;
const TERMS = '我已阅读并同意用户协议和隐私政策';
const BY_PHONE = '手机号快捷登录';
const native = installNativePackage();
let launched: SampleApp | undefined;

afterEach(() => {
  launched?.remove();
  launched = undefined;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});
afterAll(native.remove);

function launch(options?: PhoneOptions) {
  const app = launchSample(native, options);
  launched = app;
  return { ...app, wait: () => app.phone.clock.advance(2 * second) };
}

/** Somebody who has accepted the terms and signed in by their phone number. */
async function signedIn(options?: PhoneOptions) {
  const app = launch(options);
  const page = app.open('sign-in');
  page.press(TERMS);
  await app.wait();
  const press = page.press(BY_PHONE);
  await app.wait();
  press.allow();
  await app.wait();
  page.leave();
  return app;
}

describe('the sample at home', () => {
  it('leads a stranger to the sheet with the terms, and makes no account before that (G-18)', async () => {
    const { open, wait, phone } = launch();
    const home = open('home');
    expect(home.reads).toContain('登录后查看你的订单和账号');
    home.press('登录');
    await wait();
    expect(home.reads).toContain(TERMS);
    expect(phone.backend.users).toEqual([]);
    home.press(TERMS);
    await wait();
    const press = home.press(BY_PHONE);
    await wait();
    press.allow();
    await wait();
    home.press('暂不设置');
    await wait();
    expect(phone.backend.users).toHaveLength(1);
    expect(home.reads).toContain('我的订单');
  });

  it('shows what is behind the gate to whoever signs in, and hides it from whoever signs out', async () => {
    const { open, wait } = await signedIn();
    const home = open('home');
    expect(home.reads).toContain('我的订单');
    const account = open('account');
    account.press('退出登录');
    await wait();
    expect(home.reads).not.toContain('我的订单');
    expect(account.reads).toBe('请先登录。去登录');
  });

  it('speaks the language of the host', () => {
    const { open } = launch({ language: 'en_US' });
    expect(open('home').reads).toContain('Sign in to see your orders');
  });
});

describe('the sample signs in', () => {
  it('by phone, once the terms are accepted (G-16)', async () => {
    const { open, wait, phone, went } = launch();
    const page = open('sign-in');
    page.press(BY_PHONE);
    await wait();
    expect(page.reads).toContain('请先阅读并同意用户协议');
    page.press(TERMS);
    await wait();
    const press = page.press(BY_PHONE);
    await wait();
    press.allow();
    await wait();
    expect(went).toEqual(['back']);
    expect(phone.backend.users).toHaveLength(1);
  });

  it('after its own popup where the privacy guide was not agreed to yet (G-13)', async () => {
    const { open, wait, went } = launch({ privacyAgreed: false, publishedAt: 0 });
    const page = open('sign-in');
    page.press(TERMS);
    await wait();
    const press = page.press(BY_PHONE);
    await wait();
    expect(page.reads).toContain('手机号只用于登录。');
    page.press('同意');
    await wait();
    expect(page.reads).not.toContain('手机号只用于登录。');
    press.allow();
    await wait();
    expect(went).toEqual(['back']);
  });

  it('in silence, whoever has been here before', async () => {
    const { open, wait, went } = await signedIn();
    open('account').press('退出登录');
    await wait();
    open('sign-in').press('微信一键登录');
    await wait();
    expect(went).toEqual(['back', 'back']);
    expect(open('home').reads).toContain('我的订单');
  });

  it('by a password that was set on the account page, and links', async () => {
    const { open, wait } = await signedIn();
    const account = open('account');
    account.submit({ username: 'xiaoming', currentPassword: '', password: 'a long password' });
    await wait();
    expect(account.reads).toContain('已保存');
    account.press('退出登录');
    await wait();
    const link = open('link');
    link.submit({ name: 'xiaoming', password: 'a long password' });
    await wait();
    expect(link.reads).toContain('完成');
    expect(open('home').reads).toContain('我的账号');
  });
});

describe('the sample’s account page', () => {
  it('takes a name through the form in the profile button, which then is a button again', async () => {
    const { open, wait } = await signedIn();
    const account = open('account');
    account.press('设置头像和昵称');
    await wait();
    account.submit({ nickname: '小明' });
    await wait();
    expect(account.reads).toMatch(/^头像和昵称小明设置头像和昵称/);
    expect(open('home').reads).toContain('小明');
  });

  it('changes the phone number', async () => {
    const { open, wait, phone } = await signedIn();
    const account = open('account');
    expect(account.reads).toContain('已绑定');
    const press = account.press('绑定手机号');
    await wait();
    press.allow();
    await wait();
    expect(phone.requests('/wechat/phone')).toBe(1);
  });

  it('links the host account', async () => {
    const { open, wait } = await signedIn();
    const account = open('account');
    account.press('关联');
    await wait();
    expect(account.reads).toContain('之前已经关联过了');
  });
});

describe('the sample’s orders', () => {
  it('are those that its server has for whoever is signed in', async () => {
    const { open, wait } = await signedIn();
    const orders = open('orders');
    expect(orders.reads).toBe('请稍候…');
    await wait();
    expect(orders.reads).toBe('龙井茶 · Longjing tea¥68茶杯 · Tea cup¥25');
  });

  it('are asked for again where the server refused them', async () => {
    const { open, wait, phone } = await signedIn();
    phone.backend.failNext('/user', { status: 503 });
    const orders = open('orders');
    await wait();
    expect(orders.reads).toContain('服务端没有给出订单');
    orders.press('重试');
    await wait();
    expect(orders.reads).toContain('龙井茶');
  });

  it('survive a token that the server has forgotten (G-05)', async () => {
    const { open, wait, phone } = await signedIn();
    phone.backend.revokeTokens();
    const orders = open('orders');
    await wait();
    expect(orders.reads).toContain('龙井茶');
  });

  it('are nobody’s before a sign-in, and say so', async () => {
    const { open, wait } = launch();
    const orders = open('orders');
    await wait();
    expect(orders.reads).toBe(`${failureText('unregistered', 'zh')}重试`);
  });
});
