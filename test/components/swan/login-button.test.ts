// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { createBuiltApp, openOnBaidu } from '../support/swan-page.js';

type Page = Awaited<ReturnType<typeof openOnBaidu>>;

const LOGIN =
  '<login-button accepted="{{accepted}}" disabled="{{disabled}}" bind:success="tell" bind:failure="tell" bind:change="tell" />';
const HINT = '请先登录平台账号';
let page: Page | undefined;

afterEach(() => page?.release());

async function open(phone?: Parameters<typeof createBuiltApp>[1], data?: Record<string, unknown>) {
  const app = createBuiltApp({}, phone);
  const opened = await openOnBaidu(app, LOGIN, { accepted: null, disabled: false, ...data });
  page = opened;
  return { app, page: opened, openType: () => opened.button().getAttribute('open-type') };
}

describe('the login button on Baidu', () => {
  it('signs in silently at a tap, and tells it once', async () => {
    const { app, page, openType } = await open();
    expect([page.button().textContent, openType()]).toEqual(['登录', '']);
    page.press();
    await page.settle();
    expect(page.button().textContent).toContain('正在登录…');
    await page.pass();
    expect(page.button().textContent).toBe('已登录');
    expect(page.told('success')).toEqual([{ user: expect.objectContaining({ id: 'user-1' }) }]);
    expect([page.told('failure'), app.count('getLoginCode')]).toEqual([[], 1]);
  });

  it('B-01: becomes Baidu’s own login button where nobody is signed in to Baidu, and signs in by its event', async () => {
    const { app, page, openType } = await open({ signedIn: false });
    page.press();
    await page.pass();
    expect([page.button().textContent, page.text('.denglu-hint'), openType()]).toEqual(['登录', HINT, 'login']);
    expect(page.told('failure')).toMatchObject([{ kind: 'host-signed-out' }]);
    page.press();
    await page.pass();
    expect(app.device.sheets.map(({ question }) => question)).toEqual(['login']);
    app.device.sheets[0]?.allow();
    await page.pass();
    expect([page.button().textContent, page.text('.denglu-hint'), openType()]).toEqual(['已登录', '', '']);
    expect([page.told('success').length, page.told('failure').length]).toEqual([1, 1]);
  });

  it('B-01, B-07: is Baidu’s own at once where the app’s start found nobody, and asks nobody by itself', async () => {
    const app = createBuiltApp({}, { signedIn: false });
    app.auth.ensure().catch(() => {});
    page = await openOnBaidu(app, LOGIN, { accepted: null, disabled: false });
    expect([page.button().getAttribute('open-type'), app.device.sheets]).toEqual(['login', []]);
  });

  it('B-07: rests where the person closes the panel, and the next tap opens it again', async () => {
    const { app, page, openType } = await open({ signedIn: false });
    page.press();
    await page.pass();
    page.press();
    await page.pass();
    app.device.sheets[0]?.deny();
    await page.pass(60_000);
    expect([app.device.sheets, openType(), page.text('.denglu-hint'), app.count('getLoginCode')]).toEqual([
      [],
      'login',
      HINT,
      0,
    ]);
    page.press();
    await page.pass();
    expect(app.device.sheets).toHaveLength(1);
  });

  it('goes on after the person has signed in to Baidu elsewhere', async () => {
    const { app, page } = await open({ signedIn: false });
    page.press();
    await page.pass();
    app.device.signIn();
    page.press();
    await page.pass();
    app.device.sheets[0]?.allow();
    await page.pass();
    expect(page.button().textContent).toBe('已登录');
  });

  it('G-16: wants the terms first, also of who is signed out of Baidu', async () => {
    const app = createBuiltApp({}, { signedIn: false });
    app.auth.ensure().catch(() => {});
    page = await openOnBaidu(app, LOGIN, { accepted: false, disabled: false });
    expect(page.button().getAttribute('open-type')).toBe('');
    page.press();
    await page.settle();
    expect(page.text('.denglu-hint')).toBe('请先阅读并同意用户协议');
    page.setData({ accepted: true });
    await page.settle();
    expect(page.button().getAttribute('open-type')).toBe('login');
  });

  it('asks nothing while it is disabled', async () => {
    const { app, page } = await open({}, { disabled: true });
    page.press();
    await page.pass();
    expect([page.told('failure'), app.count('getLoginCode')]).toEqual([[], 0]);
  });

  it('G-17: tells nothing after its page is gone', async () => {
    const { app, page } = await open();
    page.press();
    page.release();
    await app.clock.advance(1000);
    expect([page.told('success'), app.auth.getSnapshot().status]).toEqual([[], 'signedIn']);
  });
});
