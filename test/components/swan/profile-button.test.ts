// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { createBuiltApp, openOnBaidu } from '../support/swan-page.js';

type Page = Awaited<ReturnType<typeof openOnBaidu>>;

const PROFILE =
  '<profile-button id="profile" desc="用于完善会员资料" sync="overwrite" bind:success="tell" bind:failure="tell" bind:denied="tell" />';
const FORM = '<avatar-nickname bind:success="tell" bind:failure="tell" bind:denied="tell" />';
let page: Page | undefined;

afterEach(() => page?.release());

async function open(template: string, signedIn = true) {
  const app = createBuiltApp({}, { signedIn });
  app.auth.ensure().catch(() => {});
  await app.clock.advance(1000);
  const opened = await openOnBaidu(app, template);
  page = opened;
  return { app, page: opened };
}

describe('the profile button on Baidu', () => {
  it('B-05, G-03: asks by Baidu’s own button, then takes a code and the profile again, and sends that', async () => {
    const { app, page } = await open(PROFILE);
    expect([page.button().getAttribute('open-type'), page.button().textContent]).toEqual([
      'getUserInfo',
      '设置头像和昵称',
    ]);
    page.press();
    await page.pass();
    expect(app.device.sheets.map(({ question }) => question)).toEqual(['getUserInfo']);
    const before = app.device.calls.length;
    app.device.sheets[0]?.allow();
    await page.pass();
    const calls = app.device.calls.slice(before).map(({ api }) => api);
    expect(calls.filter((api) => /^get(LoginCode|UserInfo)$/.test(api))).toEqual(['getLoginCode', 'getUserInfo']);
    expect(page.told('success')).toEqual([{ user: expect.objectContaining({ nickname: '小明' }) }]);
    expect(page.button().textContent).toContain('已保存');
  });

  it('B-05, B-07: tells a refusal once, sends nothing, and asks no more by itself', async () => {
    const { app, page } = await open(PROFILE);
    page.press();
    await page.pass();
    app.device.sheets[0]?.deny();
    await page.pass(60_000);
    expect([page.told('denied').length, app.requests('/profile'), app.device.sheets]).toEqual([1, 0, []]);
  });

  it('B-05: takes the mock user for a refusal', async () => {
    const { app, page } = await open(PROFILE);
    app.device.faults.next('getUserInfo', {
      answer: { userInfo: { nickName: '百度网友', avatarUrl: 'https://a.test/' } },
    });
    page.press();
    await page.pass();
    app.device.sheets[0]?.allow();
    await page.pass();
    expect([page.told('denied').length, app.requests('/profile')]).toEqual([1, 0]);
    expect(page.element.textContent).not.toContain('百度网友');
  });

  it('B-01: is Baidu’s own login button where nobody is signed in to Baidu', async () => {
    const { app, page } = await open(PROFILE, false);
    if (page.button().getAttribute('open-type') !== 'login') {
      page.press();
      await page.pass();
    }
    expect(page.button().getAttribute('open-type')).toBe('login');
    page.press();
    await page.pass();
    app.device.sheets[0]?.allow();
    await page.pass();
    expect(page.button().getAttribute('open-type')).toBe('getUserInfo');
  });
});

describe('the form with avatar and nickname on Baidu', () => {
  it('B-06: asks for the name alone, and saves what stands in it', async () => {
    const { app, page } = await open(FORM);
    expect(page.element.querySelectorAll('button')).toHaveLength(1);
    page.type('nickname', '小红');
    await page.settle();
    expect(page.element.querySelector('input')?.value).toBe('小红');
    page.press('保存');
    await page.pass();
    expect(page.told('success')).toEqual([{ user: expect.objectContaining({ nickname: '小红' }) }]);
    expect(app.requests('/profile')).toBe(1);
  });

  it('says that something is missing, and sends nothing', async () => {
    const { app, page } = await open(FORM);
    page.press('保存');
    await page.pass();
    expect([page.text('.denglu-hint'), app.requests('/profile')]).toEqual(['请选择头像或填写昵称', 0]);
  });
});
