// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { createBuiltApp, openOnBaidu } from '../support/swan-page.js';

type Page = Awaited<ReturnType<typeof openOnBaidu>>;

const LINK = '<link-account bind:success="tell" bind:failure="tell" bind:change="tell" />';
const GATE = `
  <auth-gate bind:change="tell">
    <view class="page-content">内容</view>
    <view slot="fallback" class="page-fallback">请登录</view>
    <view slot="pending" class="page-pending">请稍候</view>
  </auth-gate>`;
const AGREEMENT = `
  <agreement accepted="{{accepted}}" missing="{{missing}}" bind:change="tell">
    <view slot="links"><text bindtap="tell">《用户协议》</text></view>
  </agreement>`;
let page: Page | undefined;

afterEach(() => page?.release());

async function open(template: string, data?: Record<string, unknown>, phone?: Parameters<typeof createBuiltApp>[1]) {
  const app = createBuiltApp({}, phone);
  const opened = await openOnBaidu(app, template, data);
  page = opened;
  return { app, page: opened };
}

async function register(page: Page) {
  page.type('name', 'xiaoming');
  page.type('password', 'correct horse battery');
  page.press('注册');
  await page.pass();
}

describe('linking on Baidu', () => {
  it('G-18: registers and links, and the next silent login finds that user', async () => {
    const { app, page } = await open(LINK);
    await register(page);
    expect(page.told('success')).toEqual([
      { user: expect.objectContaining({ username: 'xiaoming' }), alreadyLinked: false },
    ]);
    expect(page.element.textContent).toContain('已关联,下次打开即可自动登录');
    app.device.swan.clearStorageSync();
    const auth = app.restart();
    auth.ensure({ createUser: false }).catch(() => {});
    await app.clock.advance(1000);
    expect(auth.getSnapshot().user?.username).toBe('xiaoming');
  });

  it('B-01: links by Baidu’s own login button who registered while signed out of Baidu', async () => {
    const { app, page } = await open(LINK, {}, { signedIn: false });
    await register(page);
    const action = page.element.querySelector('button[open-type="login"]');
    expect(action?.textContent).toContain('重试');
    expect(page.text('.denglu-hint')).toBe('请先登录平台账号');
    page.press('重试');
    await page.pass();
    app.device.sheets[0]?.allow();
    await page.pass();
    expect(page.told('success')).toHaveLength(1);
  });
});

describe('the gate on Baidu', () => {
  it('shows its fallback, then what it guards, and tells of each', async () => {
    const { app, page } = await open(GATE);
    app.auth.start();
    await page.pass();
    expect([page.text('.page-fallback'), page.text('.page-content')]).toEqual(['请登录', '']);
    app.auth.ensure().catch(() => {});
    await page.pass();
    expect([page.text('.page-fallback'), page.text('.page-content')]).toEqual(['', '内容']);
    expect(page.told('change').length).toBeGreaterThan(0);
  });
});

describe('the agreement on Baidu', () => {
  it('G-16: tells that it was accepted, and leaves its links alone', async () => {
    const { page } = await open(AGREEMENT, { accepted: false, missing: true });
    expect(page.button().getAttribute('aria-checked')).toBe('false');
    expect(page.text('.denglu-hint')).not.toBe('');
    page.press();
    await page.settle();
    expect(page.told('change')).toEqual([{ accepted: true }]);
    const link = [...page.element.querySelectorAll('span')].find(({ textContent }) => textContent === '《用户协议》');
    link?.click();
    expect(page.told('tap')).toHaveLength(1);
    expect(page.told('change')).toHaveLength(1);
  });
});
