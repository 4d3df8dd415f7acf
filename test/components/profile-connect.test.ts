import { describe, expect, it } from 'vitest';
import { connect, type ProfileButtonProps } from '../../components/profile-button/connect.js';
import { texts } from '../../components/profile-button/texts.js';
import type { ProfileSnapshot } from '../../machines/profile-flow.js';
import { Failure, type FailureKind, failureText, type Locale } from '../../ports/failure.js';

const props: ProfileButtonProps = {
  disabled: false,
  texts: {},
  wanted: false,
  formWanted: false,
  formSaved: false,
  hostButton: false,
  pressed: false,
};
const resting: ProfileSnapshot = {
  state: 'idle',
  busy: false,
  otherWay: false,
  failure: null,
  by: 'tap',
  avatar: null,
  isAvatarTemporary: false,
  live: true,
  canChooseAvatar: true,
  isNicknameRejected: false,
  user: null,
};
const viewOf = (over: Partial<ProfileSnapshot> | null, locale: Locale, more: Partial<ProfileButtonProps> = {}) =>
  connect(over && { ...resting, ...over }, { ...props, ...more }, locale);

describe.each(['zh', 'en'] as const)('what the profile button shows in %s', (locale) => {
  const words = texts[locale];

  it('at rest: an invitation', () => {
    expect(viewOf({}, locale)).toEqual({
      label: words.ask,
      hint: '',
      hostButton: false,
      hostLogin: false,
      form: false,
      fillIn: '',
      busy: false,
      disabled: false,
    });
  });

  it('the host’s own button where that asks, also while it is looked up whether it is needed (G-15, W-18)', () => {
    expect(viewOf({ by: 'hostButton' }, locale).hostButton).toBe(true);
    expect(viewOf({ by: 'none' }, locale, { hostButton: true }).hostButton).toBe(true);
    expect(viewOf({ by: 'tap' }, locale, { hostButton: true }).hostButton).toBe(false);
  });

  it.each(['loggingIn', 'waiting'])('while the sheet is open (%s): the same, and no earlier failure', (state) => {
    expect(viewOf({ state, failure: new Failure('denied') }, locale)).toEqual(viewOf({}, locale));
  });

  it('while it is finished: that it is; then that it is saved', () => {
    expect(viewOf({ state: 'exchanging', by: 'none', busy: true }, locale)).toMatchObject({
      label: words.busy,
      busy: true,
    });
    expect(viewOf({ state: 'saved' }, locale)).toMatchObject({ label: words.saved, hint: '' });
    expect(viewOf({ failure: new Failure('cancelled') }, locale, { formSaved: true }).label).toBe(words.saved);
  });

  it('after a tap that came too early: that it is made ready, then that one more is needed (G-03)', () => {
    expect(viewOf({ by: 'none' }, locale, { wanted: true })).toMatchObject({ label: words.busy, busy: true });
    expect(viewOf({}, locale, { wanted: true })).toMatchObject({ label: words.ask, hint: words.again });
    expect(viewOf({ state: 'tapAgain', failure: new Failure('key-stale') }, locale).hint).toBe(words.again);
  });

  it('the form once it is asked for, or where the host told a stand-in, which it says (W-08)', () => {
    expect(viewOf({ by: 'form', state: 'open' }, locale).form).toBe(false);
    expect(viewOf({ by: 'form', state: 'open' }, locale, { formWanted: true }).form).toBe(true);
    expect(viewOf({ by: 'form', state: 'anonymous', otherWay: true }, locale)).toMatchObject({
      form: true,
      hint: words.anonymous,
      fillIn: '',
    });
  });

  it.each<[string, FailureKind, boolean]>([
    ['denied', 'denied', true],
    ['privacyRefused', 'privacy-refused', true],
    ['privacyUndeclared', 'privacy-undeclared', true],
    ['notPermitted', 'not-permitted', true],
    ['offline', 'offline', false],
    ['timedOut', 'timeout', false],
    ['failed', 'unavailable', false],
  ])('after %s: why, and whether the form is another way (G-12)', (state, kind, otherWay) => {
    expect(viewOf({ state, otherWay, failure: new Failure(kind) }, locale)).toMatchObject({
      label: words.retry,
      hint: failureText(kind, locale),
      fillIn: otherWay ? words.fillIn : '',
    });
  });

  it('no invitation to try again what no tap mends', () => {
    expect(viewOf({ state: 'updatesOff', failure: new Failure('profile-updates-off') }, locale).label).toBe(words.ask);
    expect(viewOf({ state: 'unsupported', by: 'none' }, locale)).toMatchObject({
      label: words.ask,
      hint: failureText('unsupported', locale),
    });
  });

  it('where no auth was created: that the app is not set up', () => {
    expect(viewOf(null, locale).hint).toBe(failureText('misconfigured', locale));
  });

  it('the words of the page in the place of its own, where there are any', () => {
    expect(viewOf({}, locale, { texts: { ask: 'Go' } }).label).toBe('Go');
    expect(viewOf({}, locale, { texts: { ask: '' } }).label).toBe(words.ask);
    expect(viewOf({}, locale, { texts: null }).label).toBe(words.ask);
  });
});

it('the profile button is not disabled between the tap and the answer (G-15)', () => {
  expect(viewOf({ by: 'hostButton' }, 'zh', { disabled: true, pressed: true }).disabled).toBe(false);
  expect(viewOf({ busy: true }, 'zh', { disabled: true }).disabled).toBe(false);
  expect(viewOf({}, 'zh', { disabled: true }).disabled).toBe(true);
});
