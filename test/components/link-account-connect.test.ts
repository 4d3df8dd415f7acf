import { describe, expect, it } from 'vitest';
import { connect, type LinkAccountProps } from '../../components/link-account/connect.js';
import { loginFrom, loginNameFrom } from '../../components/link-account/login.js';
import { texts } from '../../components/link-account/texts.js';
import type { LinkingSnapshot } from '../../machines/linking-flow.js';
import { Failure, type FailureKind, failureText, type Locale } from '../../ports/failure.js';
import { aSession } from '../support/sessions.js';

const locales: Locale[] = ['zh', 'en'];
const { user } = aSession();
const props: LinkAccountProps = { mode: 'register', by: '', incomplete: false, disabled: false, texts: {} };

const snapshot = (state: string, over: Partial<LinkingSnapshot> = {}): LinkingSnapshot => ({
  state,
  busy: false,
  otherWay: false,
  failure: null,
  user: null,
  canLink: true,
  ...over,
});

describe.each(locales)('what link-account shows in %s', (locale) => {
  const words = texts[locale];
  const viewOf = (state: LinkingSnapshot | null, more: Partial<LinkAccountProps> = {}) =>
    connect(state, { ...props, ...more }, locale);

  it('to a stranger: a form to register, and the way to sign in instead (G-18)', () => {
    expect(viewOf(snapshot('undecided'))).toEqual({
      stage: 'form',
      title: words.registerTitle,
      note: '',
      nameLabel: words.anyName,
      passwordLabel: words.password,
      action: words.register,
      other: words.toSignIn,
      hint: '',
      busy: false,
      hostLogin: false,
      disabled: false,
      otherDisabled: false,
    });
  });

  it('of a page that disabled it: nothing that begins anything; what is under way can be called off, a question answered', () => {
    const otherOf = (state: LinkingSnapshot) => viewOf(state, { disabled: true }).otherDisabled;
    expect(otherOf(snapshot('undecided'))).toBe(true);
    expect([snapshot('registering', { busy: true }), snapshot('occupied')].map(otherOf)).toEqual([false, false]);
  });

  it('to whoever has an account: a form to sign in, and the way to register instead', () => {
    expect(viewOf(snapshot('undecided'), { mode: 'signIn' })).toMatchObject({
      title: words.signInTitle,
      action: words.signIn,
      other: words.toRegister,
    });
  });

  it('in a browser: nothing of linking, as there is no host account (K-03)', () => {
    const inBrowser = (state: string) => snapshot(state, { canLink: false });
    expect(viewOf(inBrowser('undecided')).title).toBe(words.plainRegisterTitle);
    expect(viewOf(inBrowser('undecided'), { mode: 'signIn' }).title).toBe(words.plainSignInTitle);
    expect(viewOf(inBrowser('signedIn'))).toMatchObject({
      stage: 'done',
      title: words.signedInTitle,
      note: words.signedIn,
      action: '',
      other: '',
      hint: '',
    });
  });

  it.each(['username', 'email', 'phone'] as const)('where the page asks for a name of one kind, that one: %s', (by) => {
    expect(viewOf(snapshot('undecided'), { by }).nameLabel).toBe(words[by]);
  });

  it('of a form with something missing: that it is, until the server is asked', () => {
    expect(viewOf(snapshot('undecided'), { incomplete: true }).hint).toBe(words.incomplete);
    expect(viewOf(snapshot('registering', { busy: true }), { incomplete: true }).hint).toBe('');
  });

  const refusals: [state: string, kind: FailureKind][] = [
    ['nameTaken', 'name-taken'],
    ['phoneTaken', 'phone-taken'],
    ['passwordWrong', 'password-wrong'],
    ['passwordTooWeak', 'password-too-weak'],
    ['failed', 'offline'],
    ['failed', 'rate-limited'],
    ['failed', 'token-rejected'],
  ];

  it.each(refusals)('of a refused form, %s: the form again, and why: %s', (state, kind) => {
    const view = viewOf(snapshot(state, { failure: new Failure(kind) }));
    expect(view).toMatchObject({ stage: 'form', hint: failureText(kind, locale) });
  });

  it.each(['failed', 'unlinked'])('after a cancelled attempt, %s: no reproach', (state) => {
    expect(viewOf(snapshot(state, { failure: new Failure('cancelled') })).hint).toBe('');
  });

  const waits: [state: string, stage: string][] = [
    ['registering', 'form'],
    ['signingIn', 'form'],
    ['takingCode', 'link'],
    ['linking', 'link'],
  ];

  it.each(waits)('while a machine works, %s: that it does, and how to end it (G-09)', (state, stage) => {
    const view = viewOf(snapshot(state, { busy: true, failure: new Failure('timeout') }));
    expect(view).toMatchObject({ stage, busy: true, action: words.busy, other: words.cancel, hint: '' });
  });

  it('to whoever is signed in: what linking does, and no form', () => {
    expect(viewOf(snapshot('unlinked'))).toMatchObject({
      stage: 'link',
      title: words.linkTitle,
      note: words.linkNote,
      action: words.link,
      other: '',
    });
  });

  it('of a failed link: why, and that one may try again without the password', () => {
    const view = viewOf(snapshot('unlinked', { failure: new Failure('unavailable') }));
    expect(view).toMatchObject({ action: words.retry, hint: failureText('unavailable', locale) });
  });

  it('of an account with another link: the question, and no reproach (G-19)', () => {
    const view = viewOf(snapshot('occupied', { failure: new Failure('link-occupied') }));
    expect(view).toMatchObject({
      stage: 'question',
      note: words.occupied,
      action: words.overwrite,
      other: words.keep,
      hint: '',
    });
  });

  it('of a failure in between: the question again, and why', () => {
    const view = viewOf(snapshot('occupied', { failure: new Failure('timeout') }));
    expect(view).toMatchObject({ note: words.occupied, hint: failureText('timeout', locale) });
  });

  it('of a host account that another user has: so, and that one may try again (G-19)', () => {
    const view = viewOf(snapshot('linkedElsewhere', { failure: new Failure('linked-elsewhere') }));
    expect(view).toMatchObject({ stage: 'link', note: words.linkedElsewhere, action: words.retry, hint: '' });
  });

  it.each(['linked', 'alreadyLinked'] as const)('at the end, %s: so, and nothing more to tap (G-19)', (state) => {
    const view = viewOf(snapshot(state, { user }));
    expect(view).toMatchObject({ stage: 'done', note: words[state], action: '', other: '', hint: '' });
  });

  it('where no auth was created: that the app is not set up', () => {
    expect(viewOf(null)).toMatchObject({ stage: 'form', hint: failureText('misconfigured', locale) });
  });

  it('the words of the page in the place of its own, where there are any', () => {
    expect(viewOf(snapshot('undecided'), { texts: { register: 'Go', anyName: '' } })).toMatchObject({
      action: 'Go',
      nameLabel: words.anyName,
    });
    expect(viewOf(snapshot('undecided'), { texts: null }).action).toBe(words.register);
  });
});

describe('what was typed', () => {
  const password = 'correct horse';

  const shapes: [name: string, login: object][] = [
    ['xiaoming', { username: 'xiaoming', password }],
    [' xiao.ming_1 ', { username: 'xiao.ming_1', password }],
    ['ming@example.com', { email: 'ming@example.com', password }],
    ['138 0013-8000', { phone: '13800138000', password }],
    ['+8613800138000', { phone: '+8613800138000', password }],
    ['12345', { username: '12345', password }],
  ];

  it.each(shapes)('is told by its shape: %s', (name, login) => {
    expect(loginFrom({ name, password }, '')).toEqual(login);
  });

  it('is what the page asked for, whatever its shape', () => {
    expect(loginFrom({ name: '13800138000', password }, 'username')).toEqual({ username: '13800138000', password });
  });

  it('keeps the password as it was typed', () => {
    expect(loginFrom({ name: 'ming', password: ' a b ' }, '')).toEqual({ username: 'ming', password: ' a b ' });
  });

  it.each([
    [{}],
    [{ name: '', password }],
    [{ name: '  ', password }],
    [{ name: 'ming', password: '' }],
    [null],
    ['x'],
  ])('is nothing where something is missing: %j', (typed) => {
    expect(loginFrom(typed, '')).toBeNull();
  });

  it('is asked for by one of three names, or by any', () => {
    expect(['username', 'email', 'phone', '', 'nonsense'].map(loginNameFrom)).toEqual([
      'username',
      'email',
      'phone',
      '',
      '',
    ]);
  });
});
