import type { SnapshotFrom } from 'xstate';
import { codes, isServerKeyCurrent } from '../../../machines/codes.js';
import { phoneAuthorization } from '../../../machines/phone-authorization.js';
import { session } from '../../../machines/session.js';
import { silentLogin } from '../../../machines/silent-login.js';
import { type Reading, reads, type Stage } from '../../../testing/index.js';
import { SLEEP } from '../flows/timing.js';
import { appOn } from './app-on.js';
import { isCodeYoung } from './codes-reads.js';
import { linkingReading } from './linking-part.js';
import { privacyReading } from './privacy-part.js';
import { profileReading } from './profile-part.js';
import { settingsReads } from './settings-part.js';

/**
 * What of each chart decides the future of an app whose flows need no more than a code. What holds for a moment is left
 * out where it says nothing, and who a user is: of users counts only whether they are the same, see `ports.ts`.
 */
export const readsWithoutKey: readonly Reading[] = [
  reads(codes, (context, stage, snapshot) => [
    context.leases,
    // One that is too old is as good as none.
    isCodeYoung(context.unspentSince, stage) ? context.unspent : null,
    // No login ends so early.
    !snapshot.matches('loggingIn') && stage.now() - context.calledAt < context.timing.loginInterval,
  ]),
  reads(session, (context, stage, snapshot) => [
    context.session && [
      context.session.token,
      context.session.withUnionId,
      context.session.byHost,
      context.session.isExpiryKnown && lifeLeft(context.session.expiresAt - context.timing.tokenMargin, stage),
    ],
    context.wishes,
    // It is left to lie where it was overtaken, until the next wish takes its place.
    snapshot.matches('signingIn') ? context.attempt : null,
    context.renewalWanted,
    context.leaving,
    stage.now() - context.checkedAt >= context.timing.recheck,
    // Until somebody signs in on purpose no request goes as anybody else.
    snapshot.matches('signedOut') && GONE.includes(context.failure?.kind ?? ''),
  ]),
  reads(silentLogin, ({ code, createUser, withUnionId, retried }) => [code, createUser, withUnionId, retried]),
  reads(
    phoneAuthorization,
    (context, stage) => [
      context.aim.mode,
      context.isShown,
      context.isReady,
      context.isCoupled,
      context.areTermsAccepted,
      context.answersByCode,
      context.phone && Object.keys(context.phone),
      context.code,
      // Where no sheet is open nothing can be dropped: the next question is not.
      context.isDropped && appOn(stage).parts.some((part) => part.isAsking?.(context.aim.mode)),
    ],
    // The outcome of the last time is shown, and makes no difference to the next tap; nor, then, does whether it asks again.
    (snapshot) => (isAtRest(snapshot) ? 'resting' : snapshot.value),
  ),
  linkingReading,
  profileReading,
  settingsReads,
  privacyReading,
];

/** The same where the server's key may prove what the host encrypts, so that it counts whether it is current. */
export const readsWithKey: readonly Reading[] = [
  {
    machineId: codes.id,
    read(snapshot, stage) {
      const { context } = snapshot;
      const [others] = readsWithoutKey.filter(({ machineId }) => machineId === codes.id);
      const isCurrent = isServerKeyCurrent({ context });
      return [
        others?.read(snapshot, stage),
        isCurrent,
        isCurrent && stage.now() - context.keyCheckedAt < context.timing.recheck,
      ];
    },
  },
  ...readsWithoutKey.filter(({ machineId }) => machineId !== codes.id),
];

/** Why the user who was signed in is gone. */
const GONE = ['unregistered', 'account-changed'];

function isAtRest(snapshot: SnapshotFrom<typeof phoneAuthorization>): boolean {
  const isApart =
    snapshot.matches({ open: { resting: 'unanswered' } }) || snapshot.matches({ open: { resting: 'unsupported' } });
  return snapshot.matches({ open: 'resting' }) && !isApart;
}

function lifeLeft(end: number, stage: Stage): 'none' | 'little' | 'much' {
  if (stage.now() >= end) return 'none';
  return end - stage.now() < SLEEP ? 'little' : 'much';
}
