import type { LinkingSnapshot } from '../../machines/linking-flow.js';
import type { LoginName } from '../../ports/account.js';
import { type FailureKind, failureText, type Locale } from '../../ports/failure.js';
import { type LinkAccountTexts, texts } from './texts.js';

export interface LinkAccountProps {
  /** What the form is for now. */
  mode: 'register' | 'signIn';
  /** What the form asks for; empty: any of the three. */
  by: LoginName | '';
  /** Whether the form was sent with something missing. */
  incomplete: boolean;
  /** Whether the host has a login button of its own (B-01). */
  hostLogin?: boolean;
  disabled: boolean;
  /** Replacements for single texts; an empty one replaces nothing. */
  texts: Partial<LinkAccountTexts> | null;
}

/** What the person is asked: who they are, whether to link, whether to overwrite, or nothing more. */
export type LinkAccountStage = 'form' | 'link' | 'question' | 'done';

/** Plain data for the template. Neither names nor passwords are in it (G-23). */
export interface LinkAccountView {
  stage: LinkAccountStage;
  title: string;
  /** What linking does, what is asked, or what came of it; empty where the form speaks for itself. */
  note: string;
  nameLabel: string;
  passwordLabel: string;
  /** On the button that goes on. */
  action: string;
  /** On the button that does something else: another form, no, or cancel; empty where there is none. */
  other: string;
  /** Why the last attempt came to nothing, or what is missing. */
  hint: string;
  busy: boolean;
  /** Whether the button that links is the host's own login button: nobody is signed in to the host (B-01). */
  hostLogin: boolean;
  disabled: boolean;
  /** What is under way can be called off, and a question answered, all the same. */
  otherDisabled: boolean;
}

/**
 * What the component shows.
 *
 * @param snapshot the flow as it stands; `null` where no auth was created
 */
export function connect(snapshot: LinkingSnapshot | null, props: LinkAccountProps, locale: Locale): LinkAccountView {
  const { mode, by, incomplete, disabled } = props;
  const busy = snapshot?.busy === true;
  const stage = stageOf(snapshot?.state ?? '');
  const problem = problemOf(snapshot);
  const words = wordsOf(stage, snapshot?.state ?? '', mode, problem);
  const says = snapshot?.canLink === false ? withoutLinking(words) : words;
  const text = (name: keyof LinkAccountTexts | '') => name && (props.texts?.[name] || texts[locale][name]);
  const missing = incomplete && stage === 'form' && !busy ? text('incomplete') : '';
  return {
    stage,
    title: text(says.title),
    note: text(says.note),
    nameLabel: text(by || 'anyName'),
    passwordLabel: text('password'),
    action: text(busy ? 'busy' : says.action),
    other: text(busy ? 'cancel' : says.other),
    hint: missing || (problem ? failureText(problem, locale) : ''),
    busy,
    hostLogin: props.hostLogin === true && stage === 'link' && problem === 'host-signed-out',
    disabled,
    otherDisabled: disabled && !busy && stage !== 'question',
  };
}

function stageOf(state: string): LinkAccountStage {
  if (state === 'linked' || state === 'alreadyLinked' || state === 'signedIn') return 'done';
  if (state === 'occupied') return 'question';
  return LINKING.includes(state) ? 'link' : 'form';
}

const LINKING = ['unlinked', 'takingCode', 'linking', 'linkedElsewhere'];

/** The failures that are outcomes of their own are told by the note (G-19). */
function problemOf(snapshot: LinkingSnapshot | null): FailureKind | null {
  if (!snapshot) return 'misconfigured';
  const { state, busy, failure } = snapshot;
  if (busy || !failure || failure.kind === 'cancelled') return null;
  if (state === 'linkedElsewhere' || state === 'linked' || state === 'alreadyLinked') return null;
  return state === 'occupied' && failure.kind === 'link-occupied' ? null : failure.kind;
}

type Word = keyof LinkAccountTexts | '';

interface Words {
  title: Word;
  note: Word;
  action: Word;
  other: Word;
}

/** A browser has no host account: nothing is said of one (K-03). */
function withoutLinking(words: Words): Words {
  if (words.title === 'registerTitle') return { ...words, title: 'plainRegisterTitle' };
  if (words.title === 'signInTitle') return { ...words, title: 'plainSignInTitle' };
  return { ...words, title: 'signedInTitle', note: 'signedIn' };
}

function wordsOf(
  stage: LinkAccountStage,
  state: string,
  mode: LinkAccountProps['mode'],
  problem: FailureKind | null,
): Words {
  switch (stage) {
    case 'form':
      return mode === 'register'
        ? { title: 'registerTitle', note: '', action: 'register', other: 'toSignIn' }
        : { title: 'signInTitle', note: '', action: 'signIn', other: 'toRegister' };
    case 'link':
      return state === 'linkedElsewhere'
        ? { title: 'linkTitle', note: 'linkedElsewhere', action: 'retry', other: '' }
        : { title: 'linkTitle', note: 'linkNote', action: problem ? 'retry' : 'link', other: '' };
    case 'question':
      return { title: 'linkTitle', note: 'occupied', action: 'overwrite', other: 'keep' };
    case 'done':
      return {
        title: 'linkTitle',
        note: state === 'alreadyLinked' ? 'alreadyLinked' : 'linked',
        action: '',
        other: '',
      };
  }
}
