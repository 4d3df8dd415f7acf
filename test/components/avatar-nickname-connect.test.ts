import { describe, expect, it } from 'vitest';
import { type AvatarNicknameProps, connect } from '../../components/avatar-nickname/connect.js';
import { texts } from '../../components/avatar-nickname/texts.js';
import type { ProfileSnapshot } from '../../machines/profile-flow.js';
import { Failure, type FailureKind, failureText, type Locale } from '../../ports/failure.js';

const props: AvatarNicknameProps = { disabled: false, texts: {}, avatar: '', nickname: '', canChoose: true };
const open: ProfileSnapshot = {
  state: 'open',
  busy: false,
  otherWay: false,
  failure: null,
  by: 'form',
  avatar: null,
  isAvatarTemporary: false,
  live: true,
  canChooseAvatar: true,
  isNicknameRejected: false,
  user: null,
};
const viewOf = (over: Partial<ProfileSnapshot> | null, locale: Locale, more: Partial<AvatarNicknameProps> = {}) =>
  connect(over && { ...open, ...over }, { ...props, ...more }, locale);

describe.each(['zh', 'en'] as const)('what the form shows in %s', (locale) => {
  const words = texts[locale];

  it('before anything is chosen: what the user has, and an invitation to save', () => {
    expect(viewOf({}, locale, { avatar: 'https://cdn/a.png', nickname: '小明' })).toEqual({
      avatar: 'https://cdn/a.png',
      nickname: '小明',
      canChoose: true,
      choose: words.choose,
      placeholder: words.nickname,
      label: words.submit,
      hint: '',
      busy: false,
      disabled: false,
    });
  });

  it('the chosen picture in the place of the one that the user has (G-22)', () => {
    expect(viewOf({ avatar: 'wxfile://tmp' }, locale, { avatar: 'https://cdn/a.png' }).avatar).toBe('wxfile://tmp');
  });

  it('while it is saved: that it is, and nothing of an earlier failure', () => {
    const view = viewOf({ state: 'savingForm', busy: true, failure: new Failure('offline') }, locale);
    expect(view).toMatchObject({ label: words.busy, hint: '', busy: true });
  });

  it('that it is saved', () => {
    expect(viewOf({ state: 'saved', by: 'tap' }, locale)).toMatchObject({ label: words.saved, hint: '' });
  });

  it('that the name was rejected, or that there is nothing to save (G-22)', () => {
    expect(viewOf({ state: 'nicknameRejected' }, locale).hint).toBe(words.rejected);
    expect(viewOf({ state: 'empty' }, locale).hint).toBe(words.empty);
  });

  it.each<[string, FailureKind]>([
    ['updatesOff', 'profile-updates-off'],
    ['failed', 'avatar-refused'],
    ['failed', 'offline'],
  ])('after %s (%s): why', (state, kind) => {
    expect(viewOf({ state, failure: new Failure(kind) }, locale)).toMatchObject({
      label: words.submit,
      hint: failureText(kind, locale),
    });
  });

  it('no reproach after it was withdrawn', () => {
    expect(viewOf({ state: 'idle', by: 'tap', failure: new Failure('cancelled') }, locale).hint).toBe('');
  });

  it('where no auth was created: that the app is not set up', () => {
    expect(viewOf(null, locale).hint).toBe(failureText('misconfigured', locale));
  });

  it('the words of the page in the place of its own, where there are any', () => {
    expect(viewOf({}, locale, { texts: { submit: 'Go', nickname: '' } })).toMatchObject({
      label: 'Go',
      placeholder: words.nickname,
    });
    expect(viewOf({}, locale, { texts: null }).label).toBe(words.submit);
  });
});
