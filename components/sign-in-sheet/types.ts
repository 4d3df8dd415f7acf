import type { LoginName } from '../../ports/account.js';
import type { User } from '../../ports/backend.js';
import type { ProfileSync } from '../../ports/profile.js';
import type { AgreementTexts } from '../agreement/texts.js';
import type { AvatarNicknameTexts } from '../avatar-nickname/texts.js';
import type { DenialDetail, FailureDetail } from '../details.js';
import type { LinkAccountTexts } from '../link-account/texts.js';
import type { LoginButtonTexts } from '../login-button/texts.js';
import type { Looks } from '../looks.js';
import type { PhoneButtonTexts } from '../phone-button/texts.js';
import type { CloseReason, SheetStep } from './journey.js';
import type { SignInSheetTexts } from './texts.js';

export interface SignInSheetProperties extends Looks<SignInSheetTexts> {
  /**
   * Whether the sheet is on the page; it closes itself, also for `model:open`.
   *
   * @default false
   */
  open?: boolean;
  /**
   * How one may sign in: of `phone`, `silent` and `password` those that are wanted, with blanks between. The first is a
   * button, another one is offered once that was refused (G-12), the password is a link below.
   *
   * @default 'phone silent'
   */
  by?: string;
  /**
   * Whether the app's terms have to be accepted first (G-16).
   *
   * @default false
   */
  terms?: boolean;
  /**
   * Whether they are; a tap changes it, also for `model:accepted`.
   *
   * @default false
   */
  accepted?: boolean;
  /**
   * Whether whoever has no account yet registers, or signs in by password, and links (G-18); no sign-in makes one then.
   *
   * @default false
   */
  link?: boolean;
  /**
   * Whether whoever lacks a picture or a name is asked for them.
   *
   * @default false
   */
  profile?: boolean;
  /**
   * Whether a last word stays until it is closed.
   *
   * @default false
   */
  done?: boolean;
  /**
   * Whether the person may close the sheet.
   *
   * @default true
   */
  closable?: boolean;
  /**
   * Whether a sign-in makes a user where there is none; left out or `null`, as `createAuth` has it, else `true`.
   *
   * @default null
   */
  createUser?: boolean | null;
  /**
   * Whether a user of the same person in another app counts as this one; left out or `null`, as `createAuth` has it,
   * else `false`.
   *
   * @default null
   */
  withUnionId?: boolean | null;
  /**
   * Whether the number is also checked to be in use, where the host can do so (W-15).
   *
   * @default false
   */
  realtime?: boolean;
  /**
   * Whether the same tap asks for consent to the privacy guide, where the host can do so (G-14).
   *
   * @default false
   */
  coupled?: boolean;
  /**
   * What the form of the step `link` is for at first.
   *
   * @default 'register'
   */
  linkMode?: 'register' | 'signIn';
  /**
   * What that form asks for; empty for any of them, told by its shape.
   *
   * @default ''
   */
  linkBy?: LoginName | '';
  /**
   * What the step `profile` may replace; left out or `null`, `overwrite`.
   *
   * @default null
   */
  sync?: ProfileSync | null;
  /** @default {} */
  agreementTexts?: Partial<AgreementTexts>;
  /** @default {} */
  phoneTexts?: Partial<PhoneButtonTexts>;
  /** @default {} */
  loginTexts?: Partial<LoginButtonTexts>;
  /** @default {} */
  linkTexts?: Partial<LinkAccountTexts>;
  /** @default {} */
  profileTexts?: Partial<AvatarNicknameTexts>;
  /**
   * Whether the slot `title` takes the place of the sheet's own.
   *
   * @default false
   */
  customTitle?: boolean;
  /**
   * Whether the slot `terms` takes the place of the agreement. It says by `accepted` whether it is ticked.
   *
   * @default false
   */
  customTerms?: boolean;
  /**
   * Whether the slot `links` names the terms.
   *
   * @default false
   */
  customLinks?: boolean;
  /**
   * Whether the slot `sign-in` takes the place of the buttons; so on for each step, which then ends by `next()`.
   *
   * @default false
   */
  customSignIn?: boolean;
  /** @default false */
  customLink?: boolean;
  /** @default false */
  customProfile?: boolean;
  /** @default false */
  customDone?: boolean;
  /**
   * Whether the slot `password` is what the way to the password says; so on for the small button below a step, and for
   * the one that closes.
   *
   * @default false
   */
  customPassword?: boolean;
  /** @default false */
  customAside?: boolean;
  /** @default false */
  customClose?: boolean;
}

export interface SignInSheetEvents {
  /** Somebody is signed in, and through with the rest, or has left it out. Told once. */
  success: { user: User };
  /** A step came to nothing; the sheet stays. */
  failure: FailureDetail;
  /** The same, by a person's no (G-12). */
  denied: DenialDetail;
  /** Another step is on the sheet. */
  change: { step: SheetStep };
  /** It closed. */
  close: { reason: CloseReason | null };
}

export interface SignInSheetMethods {
  /** The step that a slot has replaced is done, or left out. */
  next(): void;
}

export interface SignInSheet {
  properties: SignInSheetProperties;
  events: SignInSheetEvents;
  texts: SignInSheetTexts;
  slots:
    | 'title'
    | 'terms'
    | 'links'
    | 'sign-in'
    | 'link'
    | 'profile'
    | 'done'
    | 'other'
    | 'password'
    | 'aside'
    | 'close';
  externalClasses:
    | 'denglu-class'
    | 'denglu-title-class'
    | 'denglu-note-class'
    | 'denglu-button-class'
    | 'denglu-input-class'
    | 'denglu-hint-class';
  methods: SignInSheetMethods;
}
