import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { useHostForms } from '../support/host-forms.js';
import { openKbonePage } from '../support/kbone-page.js';
import { buildKboneExample, type KboneProject } from '../support/kbone-project.js';

const second = 1000;
const LOGIN = 'denglu-login';
const PHONE = 'denglu-phone';
const TERMS = 'denglu-agreement';
const PROFILE = 'denglu-profile';
const LINKING = 'denglu-link-account';

let project: KboneProject;

beforeAll(async () => {
  project = await buildKboneExample('mp', 'https://api.test');
}, 180 * second);
afterAll(() => project?.remove());

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const open = (...args: [Parameters<typeof openKbonePage>[1]?]) => openKbonePage(project.folder, ...args);

describe('the page that kbone’s own plugin has built, in a mini-program (K-01)', () => {
  it('is ES2018, and makes no code of text (W-21)', () => {
    const source = readFileSync(join(project.folder, 'common/index.js'), 'utf8');
    expect(() => parse(source, { ecmaVersion: 2018, sourceType: 'script' })).not.toThrow();
    expect(source.match(/\beval\(|\bFunction\(/g)).toBeNull();
  });

  it('signs in silently by a tap', async () => {
    const page = open();
    await page.advance(second);
    expect(page.reads('who')).toBe('未登录');
    page.tap(LOGIN);
    await page.advance(second);
    expect([page.reads('who'), page.count('login')]).toEqual([expect.stringContaining('已登录'), 1]);
  });

  it('shows a plain button until the terms are accepted, and then the host’s (G-16, K-02)', async () => {
    const page = open();
    await page.advance(second);
    page.tap(PHONE);
    await page.advance(100);
    expect([page.get(PHONE, 'button').data.openType, page.reads(PHONE)]).toEqual(['', expect.stringContaining('同意')]);
    page.tap(TERMS, 'check');
    await page.advance(100);
    expect(page.get(PHONE, 'button').data.openType).toBe('getPhoneNumber');
  });

  it('signs in by the phone number that the host’s button tells (K-02, W-13)', async () => {
    const page = open();
    page.tap(TERMS, 'check');
    await page.advance(second);
    const press = page.press(PHONE);
    await page.advance(100);
    expect(press.state).toBe('open');
    press.allow();
    await page.advance(2 * second);
    expect([page.reads('who'), page.reads('said'), press.lost]).toEqual([
      expect.stringContaining('已登录'),
      '成功',
      false,
    ]);
    expect(page.requests('/wechat/phone-sign-in')).toBe(1);
  });

  it('leaves the button as it is while its sheet is open (G-15)', async () => {
    const page = open();
    page.tap(TERMS, 'check');
    await page.advance(second);
    const press = page.press(PHONE);
    page.tap(TERMS, 'check');
    await page.advance(100);
    expect(page.get(PHONE, 'button').data.openType).toBe('getPhoneNumber');
    press.allow();
    await page.advance(2 * second);
    expect([press.lost, page.reads('who')]).toEqual([false, expect.stringContaining('已登录')]);
  });

  it('says no more than a person’s no (G-12)', async () => {
    const page = open();
    page.tap(TERMS, 'check');
    await page.advance(second);
    const press = page.press(PHONE);
    await page.advance(100);
    press.deny();
    await page.advance(second);
    expect([page.reads('said'), page.reads('who')]).toEqual([expect.stringMatching(/^拒绝/), '未登录']);
  });

  it('saves a picture and a name by the host’s own controls (W-11, G-22)', async () => {
    await useHostForms();
    const page = open();
    page.tap(LOGIN);
    await page.advance(second);
    page.tap(PROFILE);
    await page.advance(second);
    expect(page.get(PROFILE, 'nickname').data.type).toBe('nickname');
    const press = page.press(PROFILE, 'avatar');
    await page.advance(100);
    press.allow();
    await page.advance(second);
    page.type(PROFILE, 'nickname', '小红');
    page.tap(PROFILE);
    await page.advance(3 * second);
    expect([page.reads('who'), page.requests('/avatar'), page.requests('/denglu/profile')]).toEqual([
      '已登录:小红',
      1,
      1,
    ]);
  });

  it('registers by a password, links the host account, and says so (G-18)', async () => {
    const page = open();
    page.type(LINKING, 'name', 'xiaoming');
    page.type(LINKING, 'password', 'a long password');
    page.tap(LINKING);
    await page.advance(3 * second);
    expect([page.requests('/register'), page.requests('/wechat/link')]).toEqual([1, 1]);
    expect(page.reads(LINKING)).toContain('已关联');
  });

  it('lets go of everything when the page is gone (G-17)', async () => {
    const page = open();
    await page.advance(second);
    page.tap(LOGIN);
    page.leave();
    await page.advance(2 * second);
    expect(page.requests('/wechat/sign-in')).toBe(0);
  });
});
