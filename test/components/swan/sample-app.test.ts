// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, test } from 'vitest';
import { findingsIn } from '../../../scripts/swan/check.mjs';
import { attributesOf } from '../../../scripts/swan/script.mjs';
import { SAMPLE, type SwanSample, startSwanSample } from '../support/swan-sample.js';

type Page = Awaited<ReturnType<SwanSample['open']>>;

const BUILT = join(import.meta.dirname, '../../../swan_dist/components');
const { pages }: { pages: string[] } = JSON.parse(readFileSync(join(SAMPLE, 'app.json'), 'utf8'));
const read = (file: string) => readFileSync(join(SAMPLE, file), 'utf8');
const usedBy = (page: string): Record<string, string> => JSON.parse(read(`${page}.json`)).usingComponents;
let page: Page | undefined;

afterEach(() => page?.release());

async function open(sample: SwanSample, name: string) {
  const opened = await sample.open(name);
  page = opened;
  return opened;
}

async function signIn(sample: SwanSample) {
  const opened = await open(sample, 'sign-in');
  opened.element.querySelector<HTMLElement>('[role="checkbox"]')?.click();
  await opened.pass();
  opened.press('手机号快捷登录');
  await opened.pass();
  sample.app.device.sheets[0]?.allow();
  await opened.pass();
  opened.release();
}

describe('the sample app for Baidu', () => {
  it('uses every component but the privacy popup, which never shows on Baidu (W-16)', () => {
    const names = readdirSync(BUILT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const used = new Set(pages.flatMap((page) => Object.keys(usedBy(page))));
    const shown = names.map(({ name }) => name).filter((name) => name !== 'privacy-popup');
    expect([...used].sort()).toEqual(shown.sort());
  });

  test.each(pages)('%s has no more than what Baidu documents, and only components that are there (B-10)', (page) => {
    expect(findingsIn(read(`${page}.swan`), attributesOf(join(BUILT, '..'), usedBy(page)))).toEqual([]);
    for (const [name, path] of Object.entries(usedBy(page))) {
      expect(path).toBe(`denglu/swan_dist/components/${name}/index`);
      expect(read(`${page}.swan`)).toContain(`<${name}`);
    }
  });

  it('B-10: signs in whoever comes back from the first login of the Web host, and makes no account', async () => {
    const sample = startSwanSample();
    const home = await open(sample, 'home');
    sample.loggedIn();
    await home.pass();
    const sent = sample.app.backend.calls.filter(({ path }) => path.endsWith('/baidu/sign-in'));
    expect(sent.map(({ body }) => body)).toEqual([expect.objectContaining({ createUser: false })]);
  });

  it('G-18: opens the sheet to whoever has no account; there the terms come first, then the number', async () => {
    const sample = startSwanSample();
    const home = await open(sample, 'home');
    home.element.querySelector<HTMLElement>('login-button button')?.click();
    await home.pass();
    expect(home.element.querySelector('[role="dialog"]')).not.toBeNull();
    home.element.querySelector<HTMLElement>('[role="dialog"] [role="checkbox"]')?.click();
    await home.pass();
    home.press('手机号快捷登录');
    await home.pass();
    sample.app.device.sheets[0]?.allow();
    await home.pass();
    expect(home.element.textContent).toContain('还没有昵称的你');
  });

  it('signs in by phone once the terms are accepted, and goes back', async () => {
    const sample = startSwanSample();
    await signIn(sample);
    expect(sample.went).toEqual(['back']);
  });

  it('B-01: leads who is signed out of Baidu through its login button', async () => {
    const sample = startSwanSample({ signedIn: false });
    const home = await open(sample, 'home');
    const button = () => home.element.querySelector<HTMLButtonElement>('login-button button');
    button()?.click();
    await home.pass();
    button()?.click();
    await home.pass();
    expect(sample.app.device.sheets.map(({ question }) => question)).toEqual(['login']);
  });

  it('changes name and profile, adds a number, and signs out', async () => {
    const sample = startSwanSample();
    await signIn(sample);
    const account = await open(sample, 'account');
    expect(account.element.textContent).toContain('已绑定');
    account.press('设置头像和昵称');
    await account.pass();
    sample.app.device.sheets[0]?.allow();
    await account.pass();
    expect(account.element.textContent).toContain('小明');
    account.type('nickname', '小红');
    account.element.querySelector<HTMLButtonElement>('button[form-type="submit"]')?.click();
    await account.pass();
    expect(account.element.textContent).toContain('小红');
    account.press('退出登录');
    await account.pass();
    expect(account.element.textContent).toContain('还没有登录');
  });

  it('goes on to the other ways', async () => {
    const sample = startSwanSample();
    const home = await open(sample, 'home');
    [...home.element.querySelectorAll<HTMLElement>('.link')].at(-1)?.click();
    expect(sample.went).toEqual(['/pages/sign-in/index']);
    home.release();
    const link = await open(sample, 'link');
    expect(link.element.querySelectorAll('input')).toHaveLength(2);
  });
});
