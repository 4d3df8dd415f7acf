import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { failureText } from '../../ports/failure.js';
import { root } from '../../scripts/install.mjs';
import type { Person, WechatDevice, WechatDeviceOptions } from '../../simulator/index.js';
import { filesIn } from '../build/support/built-files.js';
import { speaking } from '../components/support/phone.js';
import { type OverHttp, overHttp } from '../server/support/client.js';
import { startMiniProgram } from './support/mini-program.js';
import type { ShownPage } from './support/shown-page.js';

// The app as Vite has built it, on a simulated phone; denglu's server on its database; HTTP between them.

const BUILT = join(root, 'examples/uni-app/dist/build/mp-weixin');
/** The server that the app was built for. */
const BUILT_FOR = 'http://127.0.0.1:8787';
const PAGE = 'pages/sign-in/sign-in';
/** The last one whose phone button gives no code of its own (W-13). */
const OLD = { baseLibrary: '2.21.1' };

let http: OverHttp;
const pages: ShownPage[] = [];
beforeAll(async () => {
  http = await overHttp();
});
afterEach(() => {
  for (const page of pages.splice(0)) page.leave();
});
afterAll(() => http.stop());

interface Start extends Partial<WechatDeviceOptions> {
  language?: string;
}

function phoneOf(person: Person, options: Partial<WechatDeviceOptions> = {}): WechatDevice {
  const fetch: WechatDeviceOptions['fetch'] = (url, init) => {
    if (!url.startsWith(BUILT_FOR)) throw new TypeError(`nobody is at ${url}`);
    return globalThis.fetch(url.replace(BUILT_FOR, http.url), init);
  };
  return http.phoneOf(person, { fetch, ...options });
}

function launch(device: WechatDevice, language = 'zh_CN', globals = {}): ShownPage {
  const page = startMiniProgram(BUILT, { wx: speaking(language, device.wx), ...globals }).open(PAGE);
  pages.push(page);
  return page;
}

function start({ language, ...options }: Start = {}) {
  const person = http.newPerson();
  const device = phoneOf(person, options);
  return { person, device, page: launch(device, language) };
}

const isSignedIn = (page: ShownPage) => () => page.text('who')?.startsWith('已登录') === true;
const isLive = (page: ShownPage) => () => page.button('phone').data.openType === 'getPhoneNumber';

describe('the page of the uni-app example', () => {
  it.each([
    ['zh_CN', '未登录', '手机号快捷登录'],
    ['en', 'Signed out', 'Sign in by phone'],
  ])('speaks the language of the host: %s', (language, who, label) => {
    const { page } = start({ language });
    expect([page.text('who'), page.text('phone')]).toEqual([who, label]);
  });

  it('signs in silently, its host asked within the tap (G-10)', async () => {
    const { device, page } = start();
    page.press('sign-in', device);
    expect(device.calls.filter(({ api }) => api === 'login')).toMatchObject([{ inGesture: true }]);
    await page.until(isSignedIn(page));
    expect(page.text('number')).toBeUndefined();
  });

  it('is signed in again after a cold start, without a login; that begins before there is a page (G-08)', async () => {
    const { device, page } = start();
    page.press('sign-in', device);
    await page.until(isSignedIn(page));
    device.restart();
    const calls = device.calls.length;
    const app = startMiniProgram(BUILT, { wx: speaking('zh_CN', device.wx) });
    expect(device.calls.slice(calls).map(({ api }) => api)).toContain('checkSession');
    const again = app.open(PAGE);
    pages.push(again);
    await again.until(isSignedIn(again));
    expect(again.text('who')).toBe(page.text('who'));
    expect(device.calls.slice(calls).map(({ api }) => api)).not.toContain('login');
  });

  it.each([
    ['encrypts the number for a login code', OLD],
    ['answers with a phone code', {}],
  ])('signs in by the host’s phone button, where the host %s (W-13)', async (_, options) => {
    const { person, device, page } = start(options);
    await page.until(isLive(page));
    const press = page.press('phone', device);
    expect(press.question).toBe('getPhoneNumber');
    press.allow();
    await page.until(isSignedIn(page));
    expect([page.text('state'), page.text('hint'), page.text('number')]).toEqual([
      'succeeded',
      '',
      `手机号 ····${person.phoneNumber.slice(-4)}`,
    ]);
    expect(press.lost).toBe(false);
  });

  it('says that the person refused, rests, and takes a yes at the next tap (G-12)', async () => {
    const { device, page } = start();
    page.press('phone', device).deny();
    await page.until(() => page.text('state') === 'denied');
    expect([page.text('hint'), page.text('who'), isLive(page)()]).toEqual([
      failureText('denied', 'zh'),
      '未登录',
      true,
    ]);
    expect(device.sheets).toEqual([]);
    page.press('phone', device).allow();
    await page.until(isSignedIn(page));
    expect([page.text('state'), page.text('hint')]).toEqual(['succeeded', '']);
  });

  it('has a plain button where the host’s could not be made ready; a tap tries again, and asks for one more', async () => {
    const person = http.newPerson();
    const device = phoneOf(person, OLD);
    device.faults.next('login', { fail: { errMsg: 'login:fail auth deny' } });
    const page = launch(device);
    await page.until(() => page.text('hint') === failureText('denied', 'zh'));
    expect(page.button('phone').data.openType).toBeNull();
    expect(page.press('phone', device).question).toBeNull();
    await page.until(isLive(page));
    page.press('phone', device).allow();
    await page.until(isSignedIn(page));
  });

  it('tells the flow of a tap in the tap itself: uni-app puts nothing off (G-10)', async () => {
    const device = phoneOf(http.newPerson());
    const putOff: unknown[] = [];
    const watched = (callback: () => void, delay?: number) => {
      if (device.inGesture && delay === undefined) putOff.push(callback);
      return setTimeout(callback, delay);
    };
    const page = launch(device, 'zh_CN', { setTimeout: watched });
    for (const button of ['phone', 'sign-in']) page.press(button, device);
    expect(putOff).toEqual([]);
    await page.until(isSignedIn(page));
  });

  it('shows what the server says to whoever is signed in', async () => {
    const { person, device, page } = start();
    await page.until(isLive(page));
    page.press('phone', device).allow();
    await page.until(isSignedIn(page));
    page.press('ask', device);
    await page.until(() => page.text('answer') !== undefined);
    const id = page.text('who')?.split(' · ').at(-1);
    expect(page.text('answer')).toMatch(/^服务器回答 200 \{/);
    expect(page.text('answer')).toContain(`"id":"${id}"`);
    expect(page.text('answer')).toContain(`"phone":"+86${person.phoneNumber}"`);
  });

  it('signs out', async () => {
    const { device, page } = start();
    page.press('sign-in', device);
    await page.until(isSignedIn(page));
    page.press('sign-out', device);
    await page.until(() => page.text('who') === '未登录');
  });

  it('says why the server could not be asked, and why nobody is signed in', async () => {
    const { device, page } = start();
    device.goOffline();
    page.press('sign-in', device);
    await page.until(() => page.text('who') === failureText('offline', 'zh'));
    page.press('ask', device);
    await page.until(() => page.text('answer')?.endsWith(failureText('offline', 'zh')) === true);
  });

  it('sets nothing once it is gone, and drops the question that was open (G-17)', async () => {
    const device = phoneOf(http.newPerson(), OLD);
    const app = startMiniProgram(BUILT, { wx: speaking('zh_CN', device.wx) });
    const left = app.open(PAGE);
    await left.until(isLive(left));
    const press = left.press('phone', device);
    await left.until(() => left.text('state') === 'asking');
    left.leave();
    const sent = left.sent.length;
    press.allow();
    const page = app.open(PAGE);
    pages.push(page);
    expect([page.text('who'), page.text('state')]).toEqual(['未登录', 'inviting']);
    page.press('sign-in', device);
    await page.until(isSignedIn(page));
    expect([left.sent.length, page.text('number')]).toEqual([sent, undefined]);
  });
});

describe('the uni-app example as built', () => {
  const scripts = filesIn(BUILT).filter((file) => file.endsWith('.js'));
  const sources = scripts.map((file) => readFileSync(join(BUILT, file), 'utf8'));

  it.each(scripts)('%s is ES2018 at the most (W-21)', (file) => {
    const source = readFileSync(join(BUILT, file), 'utf8');
    expect(() => parse(source, { ecmaVersion: 2018, sourceType: 'script' })).not.toThrow();
  });

  it('makes no code of text (W-21)', () => {
    expect(sources.join('\n')).not.toMatch(/\beval\s*\(|\bFunction\s*\(/);
  });

  it('holds denglu and XState once each', () => {
    const times = (mark: string) => sources.join('\n').split(mark).length - 1;
    expect([times('__denglu_1__'), times('"xstate.init"')]).toEqual([1, 1]);
  });
});
