import { describe, expect, it } from 'vitest';
import { type AgreementProps, connect } from '../../components/agreement/connect.js';
import { texts } from '../../components/agreement/texts.js';
import type { Locale } from '../../ports/failure.js';

const locales: Locale[] = ['zh', 'en'];
const props: AgreementProps = { accepted: false, missing: false, disabled: false, customLinks: false, texts: {} };

describe.each(locales)('what the agreement shows in %s', (locale) => {
  const words = texts[locale];
  const viewOf = (more: Partial<AgreementProps> = {}) => connect({ ...props, ...more }, locale);

  it('at first: what is to be accepted, unaccepted and without reproach', () => {
    expect(viewOf()).toMatchObject({ label: words.accept, terms: words.terms, accepted: false, hint: '' });
  });

  it('where somebody wanted to go on: that the terms come first (G-16)', () => {
    expect(viewOf({ missing: true }).hint).toBe(words.missing);
  });

  it('once accepted: no reproach any more', () => {
    expect(viewOf({ missing: true, accepted: true })).toMatchObject({ accepted: true, hint: '' });
  });

  it('where the page names the terms itself: no names of its own, but to screen readers', () => {
    const view = viewOf({ customLinks: true });
    expect(view.terms).toBe('');
    expect(view.name).toContain(words.terms);
  });

  it('the words of the page in the place of its own, where there are any', () => {
    expect(viewOf({ texts: { accept: 'OK to', terms: 'it all' } })).toMatchObject({ label: 'OK to', terms: 'it all' });
    expect(viewOf({ texts: { accept: '' } }).label).toBe(words.accept);
    expect(viewOf({ texts: null }).label).toBe(words.accept);
  });
});

it('screen readers hear one sentence', () => {
  expect(connect(props, 'zh').name).toBe('我已阅读并同意用户协议和隐私政策');
  expect(connect(props, 'en').name).toBe('I have read and accept the terms of use and the privacy policy');
});
