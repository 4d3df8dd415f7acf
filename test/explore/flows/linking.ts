import { accountLinking } from '../../../machines/account-linking.js';
import type { Credentials } from '../../../ports/account.js';
import { always, type Exploration, flowAlone, gives, guarantees, reads, type Stage } from '../../../testing/index.js';
import { others } from './others.js';
import { codeTaker } from './owner.js';
import { newSession, user } from './people.js';
import { refusals } from './refusals.js';
import { shortWaits } from './timing.js';

export const linkingReads = reads(accountLinking, ({ isSignedIn, code, overwrite, retried }) => [
  isSignedIn,
  code,
  overwrite,
  retried,
]);

function credentials(stage: Stage): Credentials {
  return { by: 'username', name: stage.secret('name'), password: stage.secret('password') };
}

/** Already linked here, taken by another, needs overwriting: each is an end of its own. */
const threeEnds = always('G-19 each outcome of linking has a state of its own', (stage) => {
  const state = stage.chart('accountLinking');
  if (!state) return true;
  if (state.context.linked?.wasLinked) return state.matches('alreadyLinked') || 'it was linked before';
  const { kind } = state.context.failure ?? { kind: '' };
  if (!state.hasTag('settled') || state.matches('choosing')) return true;
  if (kind === 'linked-elsewhere') return state.matches('linkedElsewhere') || 'another user has it';
  return kind !== 'link-occupied' || state.matches('occupied') || 'the user has another one';
});

interface Circumstances {
  readonly isSignedIn: boolean;
  readonly canLink?: boolean;
}

export function linkingWhere(
  name: string,
  { isSignedIn, canLink = true }: Circumstances,
  flow = accountLinking,
): Exploration {
  return flowAlone({
    name,
    flow,
    input: () => ({ timing: shortWaits, isSignedIn, withUnionId: false, canLink }),
    answers: {
      register: { 'a session': gives(newSession), ...refusals.register },
      passwordSignIn: { 'a session': gives(newSession), ...refusals.passwordSignIn },
      link: canLink
        ? {
            'it is linked': gives({ user, wasLinked: false }),
            'it was linked before': gives({ user, wasLinked: true }),
            ...refusals.link,
          }
        : {},
    },
    companions: { keepKey: codeTaker, watchUser: others(isSignedIn) },
    deeds: ['adopt'],
    events: {
      'the person registers': (_, stage) => ({ type: 'REGISTER' as const, credentials: credentials(stage) }),
      'the person signs in': (_, stage) => ({ type: 'SIGN_IN' as const, credentials: credentials(stage) }),
      'the person links': { type: 'LINK' },
      'the person agrees to overwrite': { type: 'OVERWRITE' },
      CANCEL: { type: 'CANCEL' },
    },
    reads: [linkingReads],
    properties: [...guarantees, threeEnds],
  });
}

export const linkingForNobody = linkingWhere('linkingForNobody', { isSignedIn: false });
export const linkingForUser = linkingWhere('linkingForUser', { isSignedIn: true });
export const linkingInBrowser = linkingWhere('linkingInBrowser', { isSignedIn: false, canLink: false });
export const linkingForUserInBrowser = linkingWhere('linkingForUserInBrowser', { isSignedIn: true, canLink: false });
