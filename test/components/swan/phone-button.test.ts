// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { createBuiltApp, openOnBaidu } from '../support/swan-page.js';

type Page = Awaited<ReturnType<typeof openOnBaidu>>;

const PHONE = `
  <phone-button mode="{{mode}}" accepted="{{accepted}}"
    bind:success="tell" bind:failure="tell" bind:denied="tell" bind:change="tell"
  ><view slot="other">用密码登录</view></phone-button>`;
let page: Page | undefined;

afterEach(() => page?.release());

async function open(phone?: Parameters<typeof createBuiltApp>[1], data?: Record<string, unknown>) {
  const app = createBuiltApp({}, phone);
  page = await openOnBaidu(app, PHONE, { mode: 'signIn', accepted: null, ...data });
  return { app, page };
}

const openTypeOf = (page: Page) => page.button().getAttribute('open-type');

describe('the phone button on Baidu', () => {
  it('B-06, G-03: signs in by a sealed number, with a code that was taken before the tap', async () => {
    const { app, page } = await open();
    expect([page.button().textContent, openTypeOf(page)]).toEqual(['手机号快捷登录', 'getPhoneNumber']);
    expect(app.count('getLoginCode')).toBe(1);
    page.press();
    await page.pass();
    expect(app.device.sheets.map(({ question }) => question)).toEqual(['getPhoneNumber']);
    app.device.sheets[0]?.allow();
    await page.pass();
    expect(page.button().textContent).toBe('已完成');
    expect(page.told('success')).toEqual([{ user: expect.objectContaining({ phoneVerified: true }) }]);
    expect(app.requests('/phone-sign-in')).toBe(1);
  });

  it('B-07, G-12: tells a refusal once, offers the other way, and asks at a new tap alone', async () => {
    const { app, page } = await open();
    page.press();
    await page.pass();
    app.device.sheets[0]?.deny();
    await page.pass(60_000);
    expect([page.told('denied').length, page.told('failure'), app.device.sheets]).toEqual([1, [], []]);
    expect(page.element.textContent).toContain('用密码登录');
    expect(app.count('button.getPhoneNumber')).toBe(1);
  });

  it('adds the number to who is signed in', async () => {
    const app = createBuiltApp();
    app.auth.ensure().catch(() => {});
    await app.clock.advance(1000);
    page = await openOnBaidu(app, PHONE, { mode: 'update', accepted: null });
    expect([page.button().textContent, app.auth.getSnapshot().user?.phone]).toEqual(['绑定手机号', null]);
    page.press();
    await page.pass();
    app.device.sheets[0]?.allow();
    await page.pass();
    expect([page.told('success').length, app.auth.getSnapshot().user?.phone]).toEqual([1, expect.anything()]);
  });

  it('B-01: is Baidu’s own login button where nobody is signed in to Baidu; then one more tap asks for the number', async () => {
    const { app, page } = await open({ signedIn: false });
    if (openTypeOf(page) === '') {
      page.press();
      await page.pass();
    }
    expect([openTypeOf(page), page.text('.denglu-hint')]).toEqual(['login', '请先登录平台账号']);
    page.press();
    await page.pass();
    app.device.sheets[0]?.allow();
    await page.pass();
    expect([openTypeOf(page), page.text('.denglu-hint')]).toEqual(['getPhoneNumber', '请再点一次']);
    page.press();
    await page.pass();
    app.device.sheets[0]?.allow();
    await page.pass();
    expect(page.told('success')).toHaveLength(1);
  });

  it('G-16: shows Baidu’s button once the terms are accepted, and not before', async () => {
    const { page } = await open({}, { accepted: false });
    page.press();
    await page.pass();
    expect([openTypeOf(page), page.text('.denglu-hint')]).toEqual(['', '请先阅读并同意用户协议']);
    page.setData({ accepted: true });
    await page.settle();
    await page.pass();
    expect(openTypeOf(page)).toBe('getPhoneNumber');
  });

  it('B-06: shows no host’s button to a base library that has none', async () => {
    const { page } = await open({ baseLibrary: '1.12.13' });
    expect(openTypeOf(page)).toBe('');
  });

  it('G-02: makes nothing ready on a page that lies under another', async () => {
    const app = createBuiltApp();
    const opened = await openOnBaidu(app, PHONE, { mode: 'signIn', accepted: null });
    page = opened;
    opened.hide();
    await opened.pass(10 * 60_000);
    const before = app.count('getLoginCode');
    opened.show();
    await opened.pass();
    expect(app.count('getLoginCode')).toBeGreaterThan(before);
  });
});
