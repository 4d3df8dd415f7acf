import { describe, expect, it } from 'vitest';
import { connect, type LoginButtonIntent, type LoginButtonProps } from '../../components/login-button/connect.js';
import { texts } from '../../components/login-button/texts.js';
import type { AuthSnapshot, AuthStatus } from '../../machines/auth.js';
import { Failure, type FailureKind, failureText, type Locale } from '../../ports/failure.js';
import { aSession } from '../support/sessions.js';

const locales: Locale[] = ['zh', 'en'];
const idle: AuthStatus[] = ['stopped', 'signedOut', 'offline', 'expired'];
const working: AuthStatus[] = ['restoring', 'checking', 'signingIn', 'renewing', 'signingOut'];
const kinds: FailureKind[] = ['offline', 'timeout', 'busy', 'rate-limited', 'denied', 'account-blocked', 'unknown'];
const { user } = aSession();
const props: LoginButtonProps = { createUser: true, withUnionId: false, disabled: false, texts: {} };

const snapshot = (over: Partial<AuthSnapshot>): AuthSnapshot => ({
  status: 'signedOut',
  busy: false,
  user: null,
  failure: null,
  ...over,
});
const viewOf = (state: AuthSnapshot | null, locale: Locale, more: Partial<LoginButtonProps> = {}) =>
  connect(state, { ...props, ...more }, locale, () => {}).view;

describe.each(locales)('what the button shows in %s', (locale) => {
  const words = texts[locale];

  it.each(idle)('at rest, %s: an invitation, and no reproach', (status) => {
    expect(viewOf(snapshot({ status }), locale)).toEqual({
      label: words.signIn,
      hint: '',
      busy: false,
      signedIn: false,
      hostLogin: false,
      disabled: false,
    });
  });

  it.each(working)('while a machine works, %s: that it does, and nothing of an earlier failure', (status) => {
    const view = viewOf(snapshot({ status, busy: true, failure: new Failure('timeout') }), locale);
    expect(view).toMatchObject({ busy: true, hint: '' });
    expect(view.label).toBe(status === 'signingOut' ? words.signingOut : words.signingIn);
  });

  it.each([...idle, ...working])('with a user, %s: who, without a flicker', (status) => {
    const state = snapshot({ status, user, busy: working.includes(status) });
    expect(viewOf(state, locale)).toMatchObject({ label: words.signedIn, busy: false, signedIn: true, hint: '' });
    expect(viewOf({ ...state, user: { ...user, nickname: '小明' } }, locale).label).toBe('小明');
  });

  it.each(kinds)('after %s: why, and that one may try again', (kind) => {
    const view = viewOf(snapshot({ failure: new Failure(kind) }), locale);
    expect(view).toMatchObject({ label: words.retry, hint: failureText(kind, locale) });
  });

  it('where nobody is registered: why, and no invitation to try the same again (G-18)', () => {
    const view = viewOf(snapshot({ failure: new Failure('unregistered') }), locale);
    expect(view).toMatchObject({ label: words.signIn, hint: failureText('unregistered', locale) });
  });

  it('where nobody is signed in to the host: its own login button, once the terms are accepted (B-01, G-16)', () => {
    const state = snapshot({ failure: new Failure('host-signed-out') });
    const invited = { label: words.signIn, hint: failureText('host-signed-out', locale) };
    expect(viewOf(state, locale, { hostLogin: true })).toMatchObject({ ...invited, hostLogin: true });
    expect(viewOf(state, locale)).toMatchObject({ ...invited, hostLogin: false });
    expect(viewOf(state, locale, { hostLogin: true, accepted: false }).hostLogin).toBe(false);
    expect(viewOf(snapshot({ failure: new Failure('offline') }), locale, { hostLogin: true }).hostLogin).toBe(false);
  });

  it('after a cancelled sign-in: nothing', () => {
    expect(viewOf(snapshot({ failure: new Failure('cancelled') }), locale)).toMatchObject({ hint: '' });
  });

  it('where no auth was created: that the app is not set up', () => {
    expect(viewOf(null, locale).hint).toBe(failureText('misconfigured', locale));
  });

  it('after a tap, while the terms are not accepted: that they come first (G-16)', () => {
    const unaccepted = { accepted: false, termsAsked: true };
    expect(viewOf(snapshot({}), locale, { accepted: false }).hint).toBe('');
    expect(viewOf(snapshot({}), locale, unaccepted)).toMatchObject({ label: words.signIn, hint: words.terms });
    expect(viewOf(snapshot({}), locale, { ...unaccepted, texts: { terms: 'First' } }).hint).toBe('First');
    expect(viewOf(snapshot({}), locale, { accepted: true, termsAsked: true }).hint).toBe('');
    expect(viewOf(snapshot({ user }), locale, unaccepted).hint).toBe('');
    expect(viewOf(snapshot({ status: 'restoring', busy: true }), locale, unaccepted).hint).toBe('');
  });

  it('the words of the page in the place of its own, where there are any', () => {
    expect(viewOf(snapshot({}), locale, { texts: { signIn: 'Go' } }).label).toBe('Go');
    expect(viewOf(snapshot({}), locale, { texts: { signIn: '' } }).label).toBe(words.signIn);
    expect(viewOf(snapshot({}), locale, { texts: null }).label).toBe(words.signIn);
  });
});

describe('a tap', () => {
  const tapped = (more: Partial<LoginButtonProps>, state: Partial<AuthSnapshot> = {}) => {
    const sent: LoginButtonIntent[] = [];
    connect(snapshot(state), { ...props, ...more }, 'zh', (intent) => sent.push(intent)).handlers.tap();
    return sent;
  };

  it('asks for what the properties say', () => {
    expect(tapped({ createUser: false, withUnionId: true })).toEqual([
      { type: 'SIGN_IN', options: { createUser: false, withUnionId: true } },
    ]);
  });

  it('asks for the terms first, where they are not accepted (G-16)', () => {
    expect(tapped({ accepted: false })).toEqual([{ type: 'ASK_TERMS' }]);
    expect(tapped({ accepted: true })).toMatchObject([{ type: 'SIGN_IN' }]);
    expect(tapped({ accepted: false }, { user })).toMatchObject([{ type: 'SIGN_IN' }]);
  });

  it('asks for nothing while the button is disabled', () => {
    expect(tapped({ disabled: true })).toEqual([]);
  });

  it('asks for nothing while the user is being signed out', () => {
    expect(tapped({}, { status: 'signingOut', busy: true })).toEqual([]);
  });
});
