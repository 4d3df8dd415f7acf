// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { createBuiltApp, openOnBaidu } from '../support/swan-page.js';

type Page = Awaited<ReturnType<typeof openOnBaidu>>;

const SHEET = `
  <sign-in-sheet open="{{open}}" by="{{by}}" terms="{{terms}}" profile="{{profile}}" done
    denglu-button-class="own-button"
    bind:success="tell" bind:failure="tell" bind:denied="tell" bind:step="tell" bind:close="tell" bind:done="tell" />`;
const given = { open: true, by: 'silent phone', terms: false, profile: false };
let page: Page | undefined;

afterEach(() => page?.release());

async function open(data: Partial<typeof given> = {}, phone?: Parameters<typeof createBuiltApp>[1]) {
  const app = createBuiltApp({}, phone);
  const opened = await openOnBaidu(app, SHEET, { ...given, ...data });
  page = opened;
  return { app, page: opened };
}

describe('the sign-in sheet on Baidu', () => {
  it('signs in silently, asks for a name, and says a last word', async () => {
    const { app, page } = await open({ profile: true });
    expect(page.element.querySelector('[role="dialog"]')).not.toBeNull();
    page.press('登录');
    await page.pass();
    expect(app.auth.getSnapshot().status).toBe('signedIn');
    page.type('nickname', '小红');
    page.press('保存');
    await page.pass();
    expect(app.auth.getSnapshot().user?.nickname).toBe('小红');
    expect(page.element.textContent).toContain('登录成功');
    page.press('完成');
    await page.settle();
    page.element.querySelector('.denglu-sheet-panel')?.dispatchEvent(new Event('animationend', { bubbles: true }));
    await page.settle();
    expect(page.element.querySelector('[role="dialog"]')).toBeNull();
  });

  it('B-01: leads who is signed out of Baidu through its login button', async () => {
    const { app, page } = await open({ by: 'silent' }, { signedIn: false });
    page.press('登录');
    await page.pass();
    page.press('登录');
    await page.pass();
    expect(app.device.sheets.map(({ question }) => question)).toEqual(['login']);
    app.device.sheets[0]?.allow();
    await page.pass();
    expect(app.auth.getSnapshot().status).toBe('signedIn');
  });

  it('G-16: wants the terms first, and hands its classes on (B-10)', async () => {
    const { app, page } = await open({ terms: true, by: 'phone' });
    expect(page.button('手机号').className).toContain('own-button');
    page.press('手机号');
    await page.pass();
    expect(app.count('button.getPhoneNumber')).toBe(0);
    page.element.querySelector<HTMLButtonElement>('[role="checkbox"]')?.click();
    await page.pass();
    page.press('手机号');
    await page.pass();
    app.device.sheets[0]?.allow();
    await page.pass();
    expect(app.auth.getSnapshot().user?.phone).toEqual(expect.anything());
  });
});
