import type { User } from '../../ports/backend.js';
import type { FailureKind } from '../../ports/failure.js';

/** What a person is led through, in this order. */
export type SheetStep = 'signIn' | 'link' | 'profile' | 'done';

/** What may be waited for: the two buttons that sign in, and the two forms. */
export type SheetPart = 'phone' | 'silent' | 'link' | 'profile';

/** Why the sheet closed: all is done, its button or its mask was tapped, or the page wanted so. */
export type CloseReason = 'done' | 'button' | 'mask' | 'page';

/** What the app asks for beside signing in. */
export interface SheetWishes {
  /** Whether whoever has no account yet registers, or signs in by password, and links (G-18). */
  link: boolean;
  /** Whether whoever lacks a picture or a name is asked for them. */
  profile: boolean;
  /** Whether a last word stays until it is closed. */
  done: boolean;
}

/** How far a person has come. */
export interface Journey {
  /** Whether the sheet is off the page, on it, or on its way off; `kept`: unseen, for an answer that is awaited (G-15). */
  readonly place: 'gone' | 'open' | 'leaving' | 'kept';
  readonly step: SheetStep;
  /** The parts whose answer is awaited: they stay on the page, seen or not (G-15, G-17). */
  readonly awaited: readonly SheetPart[];
  readonly user: User | null;
  /** Whether the form of the step `link` is for an account that there is; `null`: as the page has it. */
  readonly linkAs: 'signIn' | null;
  /** Whether the first way in was refused, so that the others are offered (G-12). */
  readonly wasRefused: boolean;
  /** Whether somebody is signed in and through with all that they did not leave out. */
  readonly isThrough: boolean;
  readonly closedBy: CloseReason | null;
}

export type JourneyEvent =
  | { type: 'OPENED' }
  | { type: 'CLOSED'; by: CloseReason }
  /** The sheet is out of sight. */
  | { type: 'LEFT' }
  /** The app's auth tells who is signed in. */
  | { type: 'USER'; user: User | null }
  /** An answer of this part is awaited, or not any more. */
  | { type: 'AWAITED'; part: SheetPart; isAwaited: boolean }
  /** A way in came to nothing. */
  | { type: 'REFUSED'; kind: FailureKind }
  /** The person has an account, and its password. */
  | { type: 'PASSWORD' }
  /** The person would rather come in another way. */
  | { type: 'BACK' }
  /** This step is done, or left out. */
  | { type: 'PASSED' };

export const notBegun: Journey = {
  place: 'gone',
  step: 'signIn',
  awaited: [],
  user: null,
  linkAs: null,
  wasRefused: false,
  isThrough: false,
  closedBy: null,
};

/** Where a person is after what has happened. */
export function moved(journey: Journey, event: JourneyEvent, wishes: SheetWishes): Journey {
  switch (event.type) {
    case 'OPENED':
      return opened(journey, wishes);
    case 'CLOSED':
      return journey.place === 'open' ? closed(journey, event.by) : journey;
    case 'LEFT':
      return journey.place === 'leaving' ? settled({ ...journey, place: 'kept' }) : journey;
    case 'USER':
      return met({ ...journey, user: event.user }, wishes);
    case 'AWAITED': {
      const others = journey.awaited.filter((part) => part !== event.part);
      return settled({ ...journey, awaited: event.isAwaited ? [...others, event.part] : others });
    }
    default:
      return journey.place === 'open' ? answered(journey, event, wishes) : journey;
  }
}

/** A person who comes back to an answer that is still awaited finds what they left (G-17). */
function opened(journey: Journey, wishes: SheetWishes): Journey {
  const { user, awaited } = journey;
  const isAwaited = awaited.length > 0;
  const begun: Journey = isAwaited ? { ...journey, isThrough: false, closedBy: null } : { ...notBegun, user };
  const next = met({ ...begun, place: 'open' }, wishes);
  // Whoever is asked nothing sees nothing.
  return next.isThrough ? { ...next, place: isAwaited ? 'kept' : 'gone', closedBy: 'done' } : next;
}

/** Whoever is signed in signs in no more; whoever is not any more begins anew. */
function met(journey: Journey, wishes: SheetWishes): Journey {
  const { place, step, user } = journey;
  if (place !== 'open') return settled(journey);
  if (step === 'signIn' && user) return advanced(journey, wishes);
  return step === 'profile' && !user ? { ...journey, step: 'signIn' } : journey;
}

function answered(
  journey: Journey,
  event: Extract<JourneyEvent, { type: 'REFUSED' | 'PASSWORD' | 'BACK' | 'PASSED' }>,
  wishes: SheetWishes,
): Journey {
  const { step, user } = journey;
  const isSigningIn = step === 'signIn' && !user;
  switch (event.type) {
    case 'REFUSED':
      if (!isSigningIn || event.kind === 'cancelled') return journey;
      return event.kind === 'unregistered' && wishes.link
        ? { ...journey, step: 'link', linkAs: null }
        : { ...journey, wasRefused: true };
    case 'PASSWORD':
      return isSigningIn ? { ...journey, step: 'link', linkAs: 'signIn' } : journey;
    case 'BACK':
      return step === 'link' && !user ? { ...journey, step: 'signIn' } : journey;
    case 'PASSED':
      if (user) return advanced(journey, wishes);
      return isSigningIn && wishes.link ? { ...journey, step: 'link', linkAs: null } : journey;
  }
}

function advanced(journey: Journey, wishes: SheetWishes): Journey {
  const { step, user } = journey;
  const lacksProfile = !user?.avatarUrl || !user.nickname;
  if ((step === 'signIn' || step === 'link') && wishes.profile && lacksProfile) return { ...journey, step: 'profile' };
  const through: Journey = { ...journey, isThrough: true };
  return wishes.done ? { ...through, step: 'done' } : closed(through, 'done');
}

function closed(journey: Journey, by: CloseReason): Journey {
  return settled({ ...journey, place: 'leaving', closedBy: by });
}

/** Who closes the sheet leaves out what is left of it; who has answered by then is told of when that is done (G-17). */
function settled(journey: Journey): Journey {
  const { place, awaited, user, isThrough } = journey;
  if (place === 'open' || place === 'gone' || awaited.length > 0) return journey;
  return { ...journey, isThrough: isThrough || user !== null, place: place === 'kept' ? 'gone' : place };
}
