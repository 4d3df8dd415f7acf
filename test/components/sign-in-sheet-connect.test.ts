import { describe, expect, it } from 'vitest';
import { connect, type SignInSheetProps } from '../../components/sign-in-sheet/connect.js';
import {
  type Journey,
  type JourneyEvent,
  moved,
  notBegun,
  type SheetPart,
  type SheetStep,
  type SheetWishes,
} from '../../components/sign-in-sheet/journey.js';
import { texts } from '../../components/sign-in-sheet/texts.js';
import { waysFrom } from '../../components/sign-in-sheet/ways.js';
import type { Locale } from '../../ports/failure.js';
import { aSession } from '../support/sessions.js';

const locales: Locale[] = ['zh', 'en'];
const user = { ...aSession().user, nickname: null, avatarUrl: null };
const complete = { ...user, nickname: '小明', avatarUrl: 'https://example.com/a.png' };
const all: SheetWishes = { link: true, profile: true, done: true };
const none: SheetWishes = { link: false, profile: false, done: false };

const props: SignInSheetProps = {
  ways: ['phone', 'silent'],
  terms: false,
  customTerms: false,
  accepted: false,
  termsAsked: false,
  link: false,
  linkMode: 'register',
  createUser: undefined,
  closable: true,
  texts: {},
  agreementTexts: {},
  loginTexts: {},
};

const came: JourneyEvent = { type: 'USER', user };
const left: JourneyEvent = { type: 'USER', user: null };
const passed: JourneyEvent = { type: 'PASSED' };
const closed: JourneyEvent = { type: 'CLOSED', by: 'button' };
const gone: JourneyEvent = { type: 'LEFT' };
const refused = (kind: 'denied' | 'unregistered' | 'cancelled'): JourneyEvent => ({ type: 'REFUSED', kind });
const awaited = (part: SheetPart, isAwaited = true): JourneyEvent => ({ type: 'AWAITED', part, isAwaited });

/** Where one is after an opening and these events. */
function walk(wishes: SheetWishes, ...events: JourneyEvent[]): Journey {
  return [{ type: 'OPENED' } as const, ...events].reduce((at, event) => moved(at, event, wishes), notBegun);
}

describe('the way through the sheet', () => {
  const paths: [name: string, wishes: SheetWishes, events: JourneyEvent[], step: SheetStep, place: Journey['place']][] =
    [
      ['begins with signing in', all, [], 'signIn', 'open'],
      ['asks for the profile next', all, [came], 'profile', 'open'],
      ['asks for no profile that is there', all, [{ type: 'USER', user: complete }], 'done', 'open'],
      ['asks for half a profile', all, [{ type: 'USER', user: { ...complete, nickname: null } }], 'profile', 'open'],
      ['asks for no profile that nobody wants', { ...all, profile: false }, [came], 'done', 'open'],
      ['ends with a last word', all, [came, passed], 'done', 'open'],
      ['ends without one that nobody wants', none, [came], 'signIn', 'leaving'],
      ['leads to an account where there is none (G-18)', all, [refused('unregistered')], 'link', 'open'],
      ['stays where no account is to be made', none, [refused('unregistered')], 'signIn', 'open'],
      ['stays after a no (G-12)', all, [refused('denied')], 'signIn', 'open'],
      ['waits for the link, though somebody is signed in', all, [refused('unregistered'), came], 'link', 'open'],
      ['goes on once that is linked', all, [refused('unregistered'), came, passed], 'profile', 'open'],
      ['does not, while nobody is signed in', all, [refused('unregistered'), passed], 'link', 'open'],
      ['goes back from there', all, [{ type: 'PASSWORD' }, { type: 'BACK' }], 'signIn', 'open'],
      ['but not for whoever is signed in', all, [{ type: 'PASSWORD' }, came, { type: 'BACK' }], 'link', 'open'],
      ['begins anew when the user has left', all, [came, left], 'signIn', 'open'],
      ['is led by a page’s own way in', all, [passed], 'link', 'open'],
      ['is not, where there is no such step', none, [passed], 'signIn', 'open'],
    ];

  it.each(paths)('%s', (_, wishes, events, step, place) => {
    expect(walk(wishes, ...events)).toMatchObject({ step, place });
  });

  it('has nothing to show to whoever lacks nothing', () => {
    const start = moved(notBegun, { type: 'USER', user: complete }, all);
    expect(moved(start, { type: 'OPENED' }, all)).toMatchObject({ place: 'gone', isThrough: true, closedBy: 'done' });
  });

  it('asks for a password at once where the person has one, and to register where they have none', () => {
    expect(walk(all, { type: 'PASSWORD' }).linkAs).toBe('signIn');
    expect(walk(all, { type: 'PASSWORD' }, { type: 'BACK' }, refused('unregistered')).linkAs).toBeNull();
  });

  it('remembers a refusal, but not that a sheet was closed', () => {
    expect([walk(all, refused('denied')).wasRefused, walk(all, refused('cancelled')).wasRefused]).toEqual([
      true,
      false,
    ]);
  });

  it('ignores what comes of a way in once somebody is signed in', () => {
    expect(walk(all, came, refused('denied')).wasRefused).toBe(false);
    expect(walk(all, came, refused('unregistered')).step).toBe('profile');
  });
});

describe('a closing', () => {
  it('leaves out what is left, where somebody is signed in', () => {
    expect(walk(all, came, closed)).toMatchObject({ place: 'leaving', isThrough: true, closedBy: 'button' });
    expect(walk(all, closed)).toMatchObject({ place: 'leaving', isThrough: false });
  });

  it('ends once the sheet is out of sight, not before', () => {
    expect(walk(all, gone).place).toBe('open');
    expect(walk(all, closed, gone).place).toBe('gone');
  });

  it('waits for an answer that was given or asked for, and no longer (G-15, G-17)', () => {
    const waiting = walk(all, awaited('phone'), awaited('silent'), closed, gone);
    expect(waiting).toMatchObject({ place: 'kept', isThrough: false });
    const half = moved(waiting, awaited('phone', false), all);
    expect(half.place).toBe('kept');
    const signedIn = moved(half, came, all);
    expect(signedIn).toMatchObject({ place: 'kept', isThrough: false });
    expect(moved(signedIn, awaited('silent', false), all)).toMatchObject({ place: 'gone', isThrough: true });
    expect(moved(half, awaited('silent', false), all)).toMatchObject({ place: 'gone', isThrough: false });
  });

  it('that is taken back finds what was left', () => {
    const waiting = walk(all, { type: 'PASSWORD' }, awaited('link'), closed, gone);
    expect(moved(waiting, { type: 'OPENED' }, all)).toMatchObject({ place: 'open', step: 'link', closedBy: null });
    const idle = walk(all, { type: 'PASSWORD' }, closed, gone);
    expect(moved(idle, { type: 'OPENED' }, all)).toMatchObject({ place: 'open', step: 'signIn' });
  });

  it('is no door: what is tapped afterwards leads nowhere', () => {
    expect(walk(all, closed, passed).step).toBe('signIn');
    expect(walk(all, closed, { type: 'PASSWORD' }).step).toBe('signIn');
    expect(walk(all, closed, { type: 'CLOSED', by: 'page' }).closedBy).toBe('button');
  });
});

describe.each(locales)('what the sheet shows in %s', (locale) => {
  const words = texts[locale];
  const at = (over: Partial<Journey>): Journey => ({ ...notBegun, place: 'open', ...over });
  const viewOf = (over: Partial<Journey> = {}, more: Partial<SignInSheetProps> = {}) =>
    connect(at(over), { ...props, ...more }, locale);

  it('of each step: its name, its words, and its part alone', () => {
    const steps: SheetStep[] = ['signIn', 'link', 'profile', 'done'];
    expect(steps.map((step) => viewOf({ step, user })).map(({ name, title, note }) => [name, title, note])).toEqual([
      [words.signInTitle, words.signInTitle, words.signInNote],
      [words.linkTitle, '', ''],
      [words.profileTitle, words.profileTitle, words.profileNote],
      [words.doneTitle, words.doneTitle, words.doneNote],
    ]);
    expect(steps.map((step) => viewOf({ step })).map(({ signIn, link, profile }) => [signIn, link, profile])).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
      [false, false, false],
    ]);
  });

  it('of a part that is waited for: that it stays, though another step is shown, or none (G-15)', () => {
    expect(viewOf({ step: 'profile', awaited: ['phone'] })).toMatchObject({ signIn: true, profile: true });
    expect(viewOf({ place: 'kept', step: 'profile', awaited: ['silent'] })).toMatchObject({
      signIn: true,
      profile: false,
    });
    expect(viewOf({ place: 'kept', awaited: ['link'] })).toMatchObject({ signIn: false, link: true });
    expect(viewOf({ place: 'gone' })).toMatchObject({ signIn: false, link: false, profile: false });
    expect(viewOf({ place: 'leaving' }).signIn).toBe(true);
  });

  it('of the ways in: the first as a button, the second once that was refused, the password always', () => {
    const ways = waysFrom('phone silent password');
    expect(viewOf({}, { ways })).toMatchObject({
      first: 'phone',
      second: 'silent',
      offersSecond: false,
      silentTexts: { signIn: words.silent },
      offersPassword: true,
      passwordLabel: words.password,
    });
    expect(viewOf({ wasRefused: true }, { ways }).offersSecond).toBe(true);
    expect(viewOf({ wasRefused: true }, { ways: ['phone'] })).toMatchObject({ second: '', offersSecond: false });
    expect(viewOf({}, { ways: ['password', 'silent'] })).toMatchObject({
      first: 'password',
      offersSecond: true,
      offersPassword: false,
      passwordLabel: words.password,
    });
    expect(viewOf({}, { ways: ['silent', 'phone'] })).toMatchObject({
      first: 'silent',
      second: 'phone',
      silentTexts: {},
    });
  });

  it('of the terms: nothing, or that they are asked for, or missing (G-16)', () => {
    expect(viewOf({}, { accepted: false })).toMatchObject({ terms: false, accepted: null, missing: false });
    expect(viewOf({}, { terms: true })).toMatchObject({ terms: true, accepted: false, missing: false });
    expect(viewOf({}, { terms: true, termsAsked: true }).missing).toBe(true);
    expect(viewOf({}, { terms: true, termsAsked: true, accepted: true })).toMatchObject({
      accepted: true,
      missing: false,
    });
  });

  it('makes no user where there is a step for whoever has no account (G-18)', () => {
    expect(viewOf().createUser).toBeNull();
    expect(viewOf({}, { createUser: true }).createUser).toBe(true);
    expect(viewOf({}, { createUser: true, link: true }).createUser).toBe(false);
  });

  it('offers a way past the steps that may be left out, and back, and neither while something is sent', () => {
    expect(viewOf({ step: 'profile', user }).aside).toBe(words.skipProfile);
    expect(viewOf({ step: 'profile', user, awaited: ['profile'] }).aside).toBe('');
    expect(viewOf({ step: 'link' }).aside).toBe(words.back);
    expect(viewOf({ step: 'link', user }).aside).toBe(words.skipLink);
    expect(viewOf({ step: 'link', user, awaited: ['link'] }).aside).toBe('');
    expect([viewOf().aside, viewOf({ step: 'done', user }).aside]).toEqual(['', '']);
  });

  it('names the button that closes, where there is one', () => {
    expect([viewOf().close, viewOf({}, { closable: false }).close]).toEqual([words.close, '']);
  });

  it('asks for the form that the person, or else the page, wants', () => {
    expect(viewOf({ step: 'link' }, { linkMode: 'register' }).linkMode).toBe('register');
    expect(viewOf({ step: 'link', linkAs: 'signIn' }, { linkMode: 'register' }).linkMode).toBe('signIn');
  });

  it('the words of the page in the place of its own, where there are any', () => {
    expect(viewOf({}, { texts: { signInTitle: 'Hello', signInNote: '' } })).toMatchObject({
      title: 'Hello',
      note: words.signInNote,
    });
    expect(viewOf({}, { texts: null, loginTexts: null }).title).toBe(words.signInTitle);
    expect(viewOf({}, { loginTexts: { signIn: 'Go', retry: 'Again' } }).silentTexts).toEqual({
      signIn: 'Go',
      retry: 'Again',
    });
  });
});

it('the ways in are read from a template: names in their order, each once; by default the phone', () => {
  expect(['', 'phone', 'silent, phone', 'password nonsense password', 'nonsense'].map(waysFrom)).toEqual([
    ['phone'],
    ['phone'],
    ['silent', 'phone'],
    ['password'],
    ['phone'],
  ]);
});
