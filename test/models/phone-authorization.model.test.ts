import { describe, expect, it } from 'vitest';
import { createActor, fromCallback, type InspectionEvent } from 'xstate';
import type { LeaseEvent } from '../../machines/lease.js';
import { type PhoneAim, phoneAuthorization } from '../../machines/phone-authorization.js';
import { defaultTiming } from '../../machines/timing.js';
import { Failure, type FailureKind } from '../../ports/failure.js';
import type { PhoneProof } from '../../ports/phone.js';
import { secret } from '../../ports/secret.js';
import { aSession } from '../support/sessions.js';
import { abilitiesOnBaidu, refusalsOnBaidu } from './baidu.js';
import { createChosenClock, createPendingCalls, type Run, walk } from './walk.js';

const calls = createPendingCalls();
/** What the flow asked of the owner last, and has not been answered. */
let asked: LeaseEvent['type'] | null = null;
let isHeld = false;
let owner: ((event: LeaseEvent) => void) | null = null;
let brought = 0;

/** Bound once: a transition counts as taken if it is one of this very machine. */
const machine = phoneAuthorization.provide({
  actors: {
    lease: fromCallback<LeaseEvent>(({ receive, sendBack }) => {
      owner = sendBack;
      receive(({ type }) => {
        isHeld = type === 'HOLD' || type === 'PROVE' || type === 'TAKE';
        asked = type === 'HOLD' || type === 'FREE' ? null : type;
      });
    }),
    phoneSignIn: calls.task('phoneSignIn'),
    setPhone: calls.task('setPhone'),
  },
  actions: {
    bringSession: () => {
      brought += 1;
    },
  },
});

const refused = (kind: FailureKind) => ({ error: new Failure(kind) });
const REFUSALS: readonly FailureKind[] = ['key-stale', 'token-rejected', 'unregistered', 'timeout', 'busy'];
const refusals = Object.fromEntries(REFUSALS.map((kind) => [kind, refused(kind)]));
const verdicts = {
  phoneSignIn: { session: { value: aSession() }, ...refusals, 'account-conflict': refused('account-conflict') },
  setPhone: {
    user: { value: aSession().user },
    ...refusals,
    'phone-already-set': refused('phone-already-set'),
    'phone-taken': refused('phone-taken'),
  },
};

const ANSWERS: Record<string, PhoneProof> = {
  'a phone code': { phoneCode: secret('phone-code') },
  'something encrypted': { encryptedData: secret('sealed'), iv: 'iv' },
};
const NOES: readonly FailureKind[] = [
  'denied',
  'cancelled',
  'privacy-refused',
  'privacy-undeclared',
  'quota-exhausted',
  'not-permitted',
  'needs-verification',
  'offline',
  'unsupported',
];

interface Circumstances {
  isSupported: boolean;
  isCoupled: boolean;
  /** Whether there are terms, which are not accepted at first. */
  hasTerms: boolean;
  noes: readonly FailureKind[];
  /** Why the host may give no code. */
  loginRefusals: readonly FailureKind[];
}

function begin(aim: PhoneAim, answersByCode: boolean, circumstances: Partial<Circumstances> = {}) {
  const { isSupported = true, isCoupled = false, hasTerms = isCoupled } = circumstances;
  const { noes = NOES, loginRefusals = ['offline'] } = circumstances;
  return (inspect: (event: InspectionEvent) => void): Run => {
    asked = null;
    isHeld = false;
    brought = 0;
    const { clock, moves: timerMoves, delays } = createChosenClock();
    const actor = createActor(machine, {
      input: { aim, timing: defaultTiming, isSupported, answersByCode, isCoupled, areTermsAccepted: !hasTerms },
      clock,
      inspect,
    }).start();
    const tell = (event: LeaseEvent) => () => {
      asked = null;
      owner?.(event);
    };
    return {
      actor,
      moves() {
        const state = actor.getSnapshot();
        const moves: Record<string, () => void> = { ...timerMoves(), ...calls.moves(verdicts) };
        moves.CANCEL = () => actor.send({ type: 'CANCEL' });
        if (hasTerms) {
          moves['the terms are accepted'] = () => actor.send({ type: 'TERMS.ACCEPTED' });
          moves['the terms are withdrawn'] = () => actor.send({ type: 'TERMS.WITHDRAWN' });
        }
        moves[state.context.isShown ? 'the page is hidden' : 'the page is shown'] = () =>
          actor.send({ type: state.context.isShown ? 'PAGE.HIDDEN' : 'PAGE.SHOWN' });
        moves['a tap on the plain button'] = () => actor.send({ type: 'PHONE.WANTED' });
        if (state.matches({ open: 'asking' }) || state.can({ type: 'PHONE.ASKED' }))
          moves['a tap'] = () => actor.send({ type: 'PHONE.ASKED' });
        for (const [name, phone] of Object.entries(ANSWERS)) {
          if ('phoneCode' in phone && !answersByCode) continue;
          moves[`yes, by ${name}`] = () => actor.send({ type: 'PHONE.GRANTED', phone });
        }
        if (state.matches({ open: 'asking' })) {
          for (const kind of noes) {
            moves[`no: ${kind}`] = () => actor.send({ type: 'PHONE.REFUSED', failure: new Failure(kind) });
          }
        }
        if (asked === 'PREPARE') {
          moves['the key is ready'] = tell({ type: 'KEY.READY' });
          for (const kind of loginRefusals) {
            moves[`the key cannot be made ready: ${kind}`] = tell({ type: 'CODE.REFUSED', failure: new Failure(kind) });
          }
        }
        if (asked === 'PROVE') {
          moves['the key is proved'] = tell({ type: 'KEY.PROVED', code: secret('code') });
          moves['the key was lost'] = tell({ type: 'KEY.LOST' });
        }
        if (asked === 'TAKE') {
          moves['a code is given'] = tell({ type: 'CODE.GIVEN', code: secret('code') });
          for (const kind of loginRefusals) {
            moves[`no code is to be had: ${kind}`] = tell({ type: 'CODE.REFUSED', failure: new Failure(kind) });
          }
        }
        if (state.matches({ open: 'asking' }) && !state.context.answersByCode) {
          moves['another sheet is opened'] = tell({ type: 'KEY.LOST' });
        }
        if (asked === null && state.context.isReady && state.matches({ open: 'resting' })) {
          moves['somebody logs in'] = () => {
            asked = 'PREPARE';
            owner?.({ type: 'KEY.LOST' });
          };
        }
        return moves;
      },
      key() {
        const { value, context } = actor.getSnapshot();
        const { isShown, isReady, answersByCode, hasAskedAgain, phone, code, isCoupled, areTermsAccepted } = context;
        return JSON.stringify([
          value,
          [
            isCoupled,
            areTermsAccepted,
            isShown,
            isReady,
            answersByCode,
            hasAskedAgain,
            phone && Object.keys(phone),
            code !== null,
          ],
          [asked, isHeld, brought > 0],
          calls.names(),
          delays(),
        ]);
      },
    };
  };
}

const secrets = /phone-code|sealed/;

function complain({ actor }: Run): string | null {
  const state = actor.getSnapshot();
  if (state.status !== 'active') return 'the flow ended';
  if (calls.names().length > 1) return 'two answers are exchanged at once';
  if (state.hasTag('busy') === state.hasTag('askable')) return 'neither waits for a machine nor for a person';
  if (state.matches({ open: 'asking' }) && !state.context.answersByCode && !isHeld) return 'the key is not held';
  if (state.hasTag('settled') && isHeld) return 'a resting button keeps the key';
  if (state.matches({ open: 'resting' }) && !state.context.isShown && (asked === 'PREPARE' || state.context.isReady))
    return 'a button that nobody sees is made ready';
  if (secrets.test(JSON.stringify(state.context))) return 'a secret shows';
  return null;
}

const SIGN_IN: PhoneAim = { mode: 'signIn', createUser: true, withUnionId: false };
const UPDATE: PhoneAim = { mode: 'update', overwrite: false };

describe('the phone authorization', () => {
  const leftOut: Set<string>[] = [];
  const casts: readonly [string, ReturnType<typeof begin>][] = [
    ['to sign in, by phone code', begin(SIGN_IN, true)],
    ['to sign in, by encryption', begin(SIGN_IN, false)],
    ['to set the number, by phone code', begin(UPDATE, true)],
    ['to set the number, by encryption', begin(UPDATE, false)],
    ['where there is no such button', begin(UPDATE, false, { isSupported: false })],
    ['coupled, with terms to accept', begin(UPDATE, true, { isCoupled: true })],
  ];

  it.each(casts)(
    'waits for nobody who does not come, and exchanges one answer at a time: %s (G-09, G-15)',
    (_, run) => {
      const found = walk(machine, run, complain);
      leftOut.push(new Set(found.leftOut));
      expect(found.complaints.slice(0, 5)).toEqual([]);
    },
  );

  it('takes every declared transition, by one cast or another', () => {
    const [first = new Set<string>(), ...others] = leftOut;
    expect(leftOut).toHaveLength(casts.length);
    expect([...first].filter((transition) => others.every((left) => left.has(transition)))).toEqual([]);
  });
});

describe('the phone authorization on Baidu', () => {
  const leftOut: string[][] = [];
  const host = { noes: refusalsOnBaidu('readPhone'), loginRefusals: refusalsOnBaidu('login'), hasTerms: true };
  const cast = (aim: PhoneAim, baseLibrary?: string) => {
    const { phone, phoneCode, coupledPrivacy } = abilitiesOnBaidu(baseLibrary);
    return begin(aim, phoneCode, { ...host, isSupported: phone, isCoupled: coupledPrivacy });
  };
  const casts: readonly [string, ReturnType<typeof begin>][] = [
    ['to sign in', cast(SIGN_IN)],
    ['to set the number', cast(UPDATE)],
    ['where base library 1.12.13 has no such button', cast(SIGN_IN, '1.12.13')],
  ];

  it.each(casts)(
    'waits for nobody who does not come, and exchanges one answer at a time: %s (G-09, G-15)',
    (_, run) => {
      const found = walk(machine, run, complain);
      leftOut.push(found.leftOut);
      expect(found.complaints.slice(0, 5)).toEqual([]);
    },
  );

  it('takes every declared transition, but for phone codes, coupled buttons, and reasons that Baidu never gives (B-04, B-06)', () => {
    const [first = [], ...others] = leftOut;
    expect(leftOut).toHaveLength(casts.length);
    expect(first.filter((label) => others.every((left) => left.includes(label)))).toEqual([
      'phoneAuthorization.open on PHONE.GRANTED (2) to #phoneAuthorization.exchanging.takingCode',
      'phoneAuthorization.open on PHONE.GRANTED (3) to #phoneAuthorization.exchanging.settingPhone',
      'phoneAuthorization.open.resting.unanswered on PHONE.ASKED (1) to nowhere',
      'phoneAuthorization.open.asking on xstate.after.coupledTimeout.phoneAuthorization.open.asking (1) to #phoneAuthorization.open.resting.unanswered',
      'phoneAuthorization.exchanging.takingCode on CODE.GIVEN (1) to #phoneAuthorization.exchanging.signingIn',
      'phoneAuthorization.exchanging.takingCode on CODE.REFUSED (1) to #phoneAuthorization.judging',
      'phoneAuthorization.exchanging.takingCode on xstate.after.codeTimeout.phoneAuthorization.exchanging.takingCode (1) to #phoneAuthorization.judging',
      'phoneAuthorization.judging on always (4) to #phoneAuthorization.open.resting.privacyRefused',
      'phoneAuthorization.judging on always (5) to #phoneAuthorization.open.resting.privacyUndeclared',
      'phoneAuthorization.judging on always (6) to #phoneAuthorization.open.resting.quotaExhausted',
      'phoneAuthorization.judging on always (8) to #phoneAuthorization.open.resting.needsVerification',
    ]);
  });
});
