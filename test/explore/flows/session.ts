import { type SessionContext, session } from '../../../machines/session.js';
import { secret } from '../../../ports/secret.js';
import {
  always,
  type Exploration,
  flowAlone,
  gives,
  guarantees,
  type Moves,
  reads,
  type Stage,
  type StepProperty,
  silent,
  telling,
} from '../../../testing/index.js';
import { codeTaker } from './owner.js';
import { anothersSession, newSession, shortSession, user } from './people.js';
import { refusals } from './refusals.js';
import { silentLoginReads } from './silent-login.js';
import { SLEEP, shortWaits } from './timing.js';

export const sessionReads = reads(session, (context, stage, snapshot) => [
  context.session && [
    context.session.user.id,
    context.session.token,
    context.session.withUnionId,
    context.session.byHost,
    context.session.isExpiryKnown,
    isOver(context, stage),
    endsSoon(context, stage),
  ],
  context.wishes,
  // An attempt that has ended leaves its wish behind.
  snapshot.matches('signingIn') && context.attempt,
  context.renewalWanted,
  context.leaving,
  stage.now() - context.checkedAt >= context.timing.recheck,
]);

function isOver({ session, timing }: SessionContext, stage: Stage): boolean {
  return session !== null && stage.now() >= session.expiresAt - timing.tokenMargin;
}

function endsSoon({ session }: SessionContext, stage: Stage): boolean {
  return session !== null && session.expiresAt - stage.now() < SLEEP;
}

/** Who asks is told, at the latest when nothing is under way any more (G-07, G-08). */
export const nobodyIsForgotten = always('G-08 whoever waits for a session is told before it rests', (stage) => {
  const state = stage.chart('session');
  if (!state?.hasTag('settled')) return true;
  const { wishes, renewalWanted }: SessionContext = state.context;
  return wishes.length === 0 && !renewalWanted;
});

/** Silence changes nobody: only a person's own sign-in makes another user of whoever is signed in (G-06). */
export const renewalsChangeNobody = always(
  'G-06 a renewal is for the user who is signed in, and makes none',
  (stage) => {
    for (const { name, input, isLate } of stage.pendingCalls()) {
      if (isLate || name !== 'signIn' || typeof input !== 'object' || input === null) continue;
      if (!('createUser' in input) || !('expectedUserId' in input)) continue;
      const isRenewing = stage.chart('session')?.matches('renewing') ?? false;
      if (isRenewing && (input.createUser || input.expectedUserId === null))
        return 'this renewal may change who is signed in';
    }
    return true;
  },
);

/** Whoever asks once nothing is under way is not told an old failure (G-07). */
const askingTriesAgain: StepProperty = {
  name: 'G-07 a failure is not kept: who asks again has it tried again',
  watch() {
    let wasOut = false;
    return {
      complaint({ move, stage }) {
        const state = stage.chart('session');
        const hasAsked = wasOut && move.startsWith(ASK);
        wasOut = state?.matches('signedOut') === true && state.context.canRenew;
        return hasAsked && wasOut ? 'nothing is tried' : null;
      },
    };
  },
};

const ASK = 'somebody asks for';
const plain = { createUser: true, withUnionId: false };

interface Circumstances {
  /** Whether the host can log in by itself; a browser cannot (K-03). */
  readonly canRenew: boolean;
  /**
   * Whether the app sleeps, so that things grow old; else callers wish for two different things. Both at once did not
   * close within minutes, and which of two wishes comes first is not asked of a clock.
   */
  readonly sleeps: boolean;
}

export function sessionOn(name: string, { canRenew, sleeps }: Circumstances, flow = session): Exploration {
  return flowAlone({
    name,
    flow,
    input: ({ now, random }) => ({ now, random, timing: shortWaits, canRenew }),
    answers: {
      readSession: {
        nothing: gives(null),
        'a session': gives(newSession),
        ...(sleeps && { 'a session that ends soon': gives(shortSession) }),
        'a session by a password': gives((stage) => ({ ...newSession(stage), byHost: false })),
        'a broken store': { error: new Error('the store is broken') },
      },
      checkSession: { 'it stands': gives(true), 'it has ended': gives(false), ...refusals.checkSession },
      signIn: canRenew
        ? { 'the same user': gives(newSession), 'another user': gives(anothersSession), ...refusals.signIn }
        : {},
      signOut: { done: gives(undefined), ...refusals.signOut },
    },
    companions: {
      keepKey: codeTaker,
      watchNetwork: telling({ 'the network is back': { type: 'NETWORK.ONLINE' } }),
      watchShow: silent,
    },
    deeds: ['persist', 'endReplaced'],
    events: {
      [`${ASK} a session`]: { type: 'ENSURE', wish: plain },
      ...(!sleeps && { [`${ASK} one by unionid`]: { type: 'ENSURE', wish: { ...plain, withUnionId: true } } }),
      'the token is rejected': ({ context }) =>
        context.session && { type: 'TOKEN.REJECTED' as const, token: context.session.token },
      'an old token is rejected': { type: 'TOKEN.REJECTED', token: secret('an old one') },
      'the user signs in by another flow': (_, stage) => ({
        type: 'SESSION.BROUGHT' as const,
        session: newSession(stage),
        withUnionId: false,
        byHost: true,
      }),
      'somebody else signs in by a password': (_, stage) => ({
        type: 'SESSION.BROUGHT' as const,
        session: anothersSession(stage),
        withUnionId: false,
        byHost: false,
      }),
      'the user has another name': { type: 'USER.CHANGED', user },
      'the app is shown': { type: 'APP.SHOWN' },
      'the user signs out': { type: 'SIGN_OUT' },
    },
    happens: (stage): Moves => (sleeps ? { 'time passes in the background': () => stage.pass(SLEEP) } : {}),
    reads: [sessionReads, silentLoginReads],
    properties: [...guarantees, nobodyIsForgotten, renewalsChangeNobody, askingTriesAgain],
  });
}

export const sessionAlone = sessionOn('sessionAlone', { canRenew: true, sleeps: false });
export const sessionAsleep = sessionOn('sessionAsleep', { canRenew: true, sleeps: true });
export const sessionInBrowser = sessionOn('sessionInBrowser', { canRenew: false, sleeps: true });
