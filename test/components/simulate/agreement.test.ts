import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadComponent } from '../support/component-page.js';
import { installNativePackage } from '../support/native-package.js';
import { createPhone } from '../support/phone.js';

const native = installNativePackage();
const open = loadComponent(native.folder, 'agreement', ['change']);
const calm = () => new Promise<void>((resolve) => queueMicrotask(resolve));

beforeEach(() => {
  createPhone(native);
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});
afterAll(native.remove);

const isOn = (page: ReturnType<typeof open>) => page.part('check-box')?.className.includes('denglu-check-box--on');

describe('a tap on the agreement', () => {
  it('accepts, and the next one takes it back; the page hears each (G-16)', async () => {
    const page = open();
    expect([isOn(page), page.aria('check').ariaChecked]).toEqual([false, false]);
    page.tap('check');
    await calm();
    expect([isOn(page), page.aria('check').ariaChecked]).toEqual([true, true]);
    page.tap('check');
    await calm();
    expect(isOn(page)).toBe(false);
    expect(page.heard.filter(({ type }) => type === 'change').map(({ detail }) => detail)).toEqual([
      { accepted: true },
      { accepted: false },
    ]);
  });

  it('is heard as a tap once (W-20)', async () => {
    const page = open();
    page.tap('check');
    await calm();
    expect(page.heard.filter(({ type }) => type === 'tap')).toHaveLength(1);
    expect(page.told).toEqual(['change']);
  });

  it('does nothing while it is disabled', async () => {
    const page = open({ props: { disabled: true } });
    page.tap('check');
    await calm();
    expect([isOn(page), page.told]).toEqual([false, []]);
    expect(page.aria('check').ariaDisabled).toBe(true);
  });
});

describe('the agreement shows', () => {
  it('what the page says is accepted, without telling it back', () => {
    const page = open({ props: { accepted: true } });
    expect(isOn(page)).toBe(true);
    page.set({ accepted: false });
    expect([isOn(page), page.told]).toEqual([false, []]);
  });

  it('that the terms come first, until they are accepted (G-16)', async () => {
    const page = open({ props: { missing: false } });
    expect(page.text('hint')).toBe('');
    page.set({ missing: true });
    expect(page.text('hint')).toBe('请先阅读并同意用户协议');
    page.tap('check');
    await calm();
    expect(page.text('hint')).toBe('');
  });

  it('the links of the page in the place of its own words, beside what can be tapped', () => {
    const page = open({ props: { customLinks: true }, content: '<text slot="links">《条款》</text>' });
    expect(page.reads).toBe('我已阅读并同意《条款》');
    expect(page.text('check')).toBe('我已阅读并同意');
    expect(page.aria('check').ariaLabel).toBe('我已阅读并同意用户协议和隐私政策');
  });

  it('the language and the words that the page wants', () => {
    const page = open({ props: { locale: 'en', texts: {} } });
    expect(page.aria('check')).toMatchObject({
      ariaRole: 'checkbox',
      ariaLabel: 'I have read and accept the terms of use and the privacy policy',
    });
    page.set({ texts: { accept: 'Yes to' } });
    expect(page.text('check-label')).toBe('Yes to');
  });

  it('the classes of the page', () => {
    const page = open({ attributes: 'denglu-class="row" denglu-label-class="bold" denglu-hint-class="small"' });
    expect(page.part('agreement-row')?.classList).toContain('row');
    expect(page.part('check-label')?.classList).toContain('bold');
    expect(page.part('hint')?.classList).toContain('small');
  });
});

it('what the agreement sends over the bridge is what changed, once per change (W-24)', async () => {
  const page = open({ props: { missing: false, texts: {} } });
  const { length } = page.sent;
  page.set({ missing: true });
  page.tap('check');
  await calm();
  page.set({ texts: {} });
  expect(page.sent.slice(length)).toEqual([
    { 'view.hint': '请先阅读并同意用户协议' },
    { accepted: true, 'view.accepted': true, 'view.hint': '' },
  ]);
});

it('an agreement that has left the page sets no data (G-17)', () => {
  const page = open({ props: { missing: false } });
  const { length } = page.sent;
  page.leave();
  page.set({ missing: true });
  expect(page.sent).toHaveLength(length);
});
