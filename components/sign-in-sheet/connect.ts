import type { Locale } from '../../ports/failure.js';
import { type AgreementTexts, texts as agreementTexts } from '../agreement/texts.js';
import type { LoginButtonTexts } from '../login-button/texts.js';
import type { Journey, SheetPart, SheetStep } from './journey.js';
import { type SignInSheetTexts, texts } from './texts.js';
import type { SheetWay } from './ways.js';

export interface SignInSheetProps {
  /** How one may sign in, the first way first. */
  ways: readonly SheetWay[];
  /** Whether the app's terms have to be accepted first (G-16). */
  terms: boolean;
  /** Whether the page asks for them in a way of its own. */
  customTerms: boolean;
  accepted: boolean;
  /** Whether a tap has met terms that are not accepted. */
  termsAsked: boolean;
  /** Whether whoever has no account yet is led to the form that makes one, or links (G-18). */
  link: boolean;
  linkMode: 'register' | 'signIn';
  /** Whether a sign-in makes a user where there is none; left out, as `createAuth` has it. */
  createUser: boolean | undefined;
  closable: boolean;
  /** Replacements for single texts; an empty one replaces nothing. */
  texts: Partial<SignInSheetTexts> | null;
  /** Replacements for single texts of the agreement. */
  agreementTexts: Partial<AgreementTexts> | null;
  /** Replacements for single texts of the button that signs in silently. */
  loginTexts: Partial<LoginButtonTexts> | null;
}

/** Plain data for the template. */
export interface SignInSheetView {
  place: Journey['place'];
  step: SheetStep;
  /** What the step is called; its form has a title of its own where `title` is empty. */
  name: string;
  title: string;
  note: string;
  /** Which steps are on the page, seen or not (G-15). */
  signIn: boolean;
  link: boolean;
  profile: boolean;
  /** The way in that is a button from the start. */
  first: SheetWay;
  /** The button that is offered once the first way was refused (G-12), and whether it is: its room is kept. */
  second: SheetWay | '';
  offersSecond: boolean;
  silentTexts: Partial<LoginButtonTexts>;
  passwordLabel: string;
  /** Whether the password is another way in. */
  offersPassword: boolean;
  /** Whether the agreement is shown, and whether somebody wanted to go on without it. */
  terms: boolean;
  missing: boolean;
  /** That, below the page's own way to accept them; the agreement says it by itself. */
  termsHint: string;
  /** For the buttons that sign in: whether the terms are accepted; `null` where there are none. */
  accepted: boolean | null;
  createUser: boolean | null;
  linkMode: 'register' | 'signIn';
  /** On the small button that leaves this step out, or goes back; empty where there is none. */
  aside: string;
  finish: string;
  /** On the button that closes; empty where there is none. */
  close: string;
}

/** What the sheet shows. */
export function connect(journey: Journey, props: SignInSheetProps, locale: Locale): SignInSheetView {
  const { place, step, awaited, user, linkAs, wasRefused } = journey;
  const { ways, terms, customTerms, accepted, termsAsked, createUser } = props;
  const text = (name: keyof SignInSheetTexts | '') => name && (props.texts?.[name] || texts[locale][name]);
  const missing = terms && !accepted && termsAsked;
  const [first = 'phone', ...others] = ways;
  const second = others.find((way) => way !== 'password') ?? '';
  const isOnPage = (its: SheetStep, parts: readonly SheetPart[]) =>
    place !== 'gone' && ((step === its && place !== 'kept') || parts.some((part) => awaited.includes(part)));
  return {
    place,
    step,
    name: text(NAMES[step]),
    title: step === 'link' ? '' : text(NAMES[step]),
    note: text(NOTES[step]),
    signIn: isOnPage('signIn', ['phone', 'silent']),
    link: isOnPage('link', ['link']),
    profile: isOnPage('profile', ['profile']),
    first,
    second,
    offersSecond: second !== '' && (wasRefused || first === 'password'),
    silentTexts: { ...(second === 'silent' && { signIn: text('silent') }), ...props.loginTexts },
    passwordLabel: ways.includes('password') ? text('password') : '',
    offersPassword: others.includes('password'),
    terms,
    missing,
    termsHint: missing && customTerms ? props.agreementTexts?.missing || agreementTexts[locale].missing : '',
    accepted: terms ? accepted : null,
    createUser: props.link ? false : (createUser ?? null),
    linkMode: linkAs ?? props.linkMode,
    aside: text(asideOf(step, user !== null, awaited)),
    finish: step === 'done' ? text('finish') : '',
    close: props.closable ? text('close') : '',
  };
}

const NAMES: Record<SheetStep, keyof SignInSheetTexts> = {
  signIn: 'signInTitle',
  link: 'linkTitle',
  profile: 'profileTitle',
  done: 'doneTitle',
};

const NOTES: Record<SheetStep, keyof SignInSheetTexts | ''> = {
  signIn: 'signInNote',
  link: '',
  profile: 'profileNote',
  done: 'doneNote',
};

/** What is being linked or saved is waited for, or cancelled where it is shown. */
function asideOf(step: SheetStep, isSignedIn: boolean, awaited: readonly SheetPart[]): keyof SignInSheetTexts | '' {
  if (step === 'profile') return awaited.includes('profile') ? '' : 'skipProfile';
  if (step !== 'link' || awaited.includes('link')) return '';
  return isSignedIn ? 'skipLink' : 'back';
}
