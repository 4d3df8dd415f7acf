import { describe, expect, it } from 'vitest';
import { connect, type PhoneButtonProps } from '../../components/phone-button/connect.js';
import { texts } from '../../components/phone-button/texts.js';
import type { PhoneSnapshot } from '../../machines/phone-flow.js';
import { Failure, type FailureKind, failureText, type Locale } from '../../ports/failure.js';

const locales: Locale[] = ['zh', 'en'];
const refusals: [state: string, kind: FailureKind][] = [
  ['denied', 'denied'],
  ['privacyRefused', 'privacy-refused'],
  ['privacyUndeclared', 'privacy-undeclared'],
  ['quotaExhausted', 'quota-exhausted'],
  ['notPermitted', 'not-permitted'],
  ['needsVerification', 'needs-verification'],
  ['alreadySet', 'phone-already-set'],
  ['phoneTaken', 'phone-taken'],
  ['conflicting', 'account-conflict'],
  ['offline', 'offline'],
  ['timedOut', 'timeout'],
  ['failed', 'unavailable'],
];

const props: PhoneButtonProps = {
  mode: 'signIn',
  disabled: false,
  texts: {},
  termsAsked: false,
  wanted: false,
  otherWayOffered: false,
};
const resting: PhoneSnapshot = {
  state: 'inviting',
  busy: false,
  otherWay: false,
  live: true,
  frozen: false,
  openType: 'getPhoneNumber',
  termsMissing: false,
  user: null,
  failure: null,
};
const failed = (state: string, kind: FailureKind, more: Partial<PhoneSnapshot> = {}) => ({
  ...more,
  state,
  failure: new Failure(kind),
});
const viewOf = (over: Partial<PhoneSnapshot> | null, locale: Locale, more: Partial<PhoneButtonProps> = {}) =>
  connect(over && { ...resting, ...over }, { ...props, ...more }, locale);

describe.each(locales)('what the phone button shows in %s', (locale) => {
  const words = texts[locale];

  it('at rest: an invitation, on the host’s own button', () => {
    expect(viewOf({}, locale)).toEqual({
      label: words.signIn,
      hint: '',
      live: true,
      openType: 'getPhoneNumber',
      hostLogin: false,
      busy: false,
      otherWay: false,
      disabled: false,
    });
    expect(viewOf({}, locale, { mode: 'update' }).label).toBe(words.update);
  });

  it('while the sheet is open: the same as before, and nothing of an earlier failure (G-15)', () => {
    const asking = viewOf(failed('asking', 'denied', { frozen: true }), locale);
    expect(asking).toEqual(viewOf({}, locale));
  });

  it('while the answer is exchanged: that it is, and nothing of an earlier failure', () => {
    const view = viewOf(failed('signingIn', 'timeout', { busy: true }), locale);
    expect(view).toMatchObject({ label: words.busy, hint: '', busy: true, live: true });
  });

  it('after a success: that it is done, though the next tap could not be prepared', () => {
    expect(viewOf({ state: 'succeeded' }, locale)).toMatchObject({ label: words.succeeded, hint: '' });
    expect(viewOf(failed('succeeded', 'offline', { live: false }), locale).hint).toBe('');
  });

  it.each(refusals)('after %s: why, and that one may try again', (state, kind) => {
    expect(viewOf(failed(state, kind), locale)).toMatchObject({ label: words.retry, hint: failureText(kind, locale) });
  });

  it('where nobody is registered: why, and no invitation to try the same again (G-18)', () => {
    const view = viewOf(failed('unregistered', 'unregistered'), locale);
    expect(view).toMatchObject({ label: words.signIn, hint: failureText('unregistered', locale) });
  });

  it('where the host has no such button: that it has none, before any tap (W-17)', () => {
    const view = viewOf({ state: 'unsupported', live: false, otherWay: true }, locale);
    expect(view).toMatchObject({
      label: words.signIn,
      hint: failureText('unsupported', locale),
      live: false,
      otherWay: true,
    });
  });

  it('after a closed sheet: nothing', () => {
    expect(viewOf(failed('cancelled', 'cancelled'), locale)).toEqual(viewOf({}, locale));
  });

  it.each(['key-stale', 'code-rejected', 'token-rejected'] as const)(
    'after %s: that one more tap is needed, and no reproach (G-03)',
    (kind) => {
      const view = viewOf(failed('wantingAnotherTap', kind), locale);
      expect(view).toMatchObject({ label: words.signIn, hint: words.again });
    },
  );

  it('where even that could not be prepared: why', () => {
    const view = viewOf(failed('wantingAnotherTap', 'offline', { live: false }), locale);
    expect(view).toMatchObject({ label: words.retry, hint: failureText('offline', locale) });
  });

  it('after a coupled button that was not heard of: that one more tap is needed, not an older failure (G-14)', () => {
    expect(viewOf(failed('unanswered', 'denied'), locale)).toMatchObject({ label: words.signIn, hint: words.again });
  });

  it('that the terms come first, once a tap has met them, whatever failed before (G-16)', () => {
    const missing = failed('denied', 'denied', { live: false, termsMissing: true });
    expect(viewOf(missing, locale).hint).toBe(failureText('denied', locale));
    expect(viewOf(missing, locale, { termsAsked: true }).hint).toBe(words.terms);
    expect(viewOf({ ...missing, live: true, termsMissing: false }, locale, { termsAsked: true }).hint).toBe(
      failureText('denied', locale),
    );
  });

  it('after a tap on the plain button: that it is made ready, then that one more tap is needed', () => {
    const wanted = { wanted: true };
    expect(viewOf(failed('inviting', 'offline', { live: false }), locale, wanted)).toMatchObject({
      label: words.busy,
      hint: '',
      busy: true,
    });
    expect(viewOf(failed('inviting', 'offline'), locale, wanted)).toMatchObject({
      label: words.signIn,
      hint: words.again,
      busy: false,
    });
  });

  it('where no auth was created: that the app is not set up', () => {
    expect(viewOf(null, locale)).toMatchObject({ live: false, hint: failureText('misconfigured', locale) });
  });

  it('the words of the page in the place of its own, where there are any', () => {
    expect(viewOf({}, locale, { texts: { signIn: 'Go' } }).label).toBe('Go');
    expect(viewOf({}, locale, { texts: { signIn: '' } }).label).toBe(words.signIn);
    expect(viewOf({}, locale, { texts: null }).label).toBe(words.signIn);
  });
});

describe('the phone button', () => {
  it.each([
    ['while the sheet is open', { state: 'asking', frozen: true }],
    ['while the answer is exchanged', { state: 'signingIn', busy: true }],
  ])('is not disabled %s (G-15)', (_, over) => {
    expect(viewOf(over, 'zh', { disabled: true }).disabled).toBe(false);
    expect(viewOf({}, 'zh', { disabled: true }).disabled).toBe(true);
  });

  it('keeps another way in that it has offered (G-12)', () => {
    expect(viewOf({ state: 'denied', otherWay: true }, 'zh').otherWay).toBe(true);
    expect(viewOf({ state: 'asking', frozen: true }, 'zh', { otherWayOffered: true }).otherWay).toBe(true);
    expect(viewOf({}, 'zh').otherWay).toBe(false);
  });
});
