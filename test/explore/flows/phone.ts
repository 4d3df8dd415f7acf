import { type PhoneAim, phoneAuthorization } from '../../../machines/phone-authorization.js';
import { Failure } from '../../../ports/failure.js';
import type { PhoneProof } from '../../../ports/phone.js';
import type { Secret } from '../../../ports/secret.js';
import {
  always,
  type Exploration,
  flowAlone,
  gives,
  guarantees,
  reads,
  type StepProperty,
} from '../../../testing/index.js';
import { leaseOwner } from './owner.js';
import { newSession, user } from './people.js';
import { PHONE_REFUSALS, refusals } from './refusals.js';
import { shortWaits } from './timing.js';

export const phoneReads = reads(phoneAuthorization, (context) => [
  context.isShown,
  context.isReady,
  context.isCoupled,
  context.areTermsAccepted,
  context.answersByCode,
  context.phone && Object.keys(context.phone),
  context.code,
  context.isDropped,
  context.hasAskedAgain,
]);

export const SIGN_IN: PhoneAim = { mode: 'signIn', createUser: true, withUnionId: false };
const UPDATE: PhoneAim = { mode: 'update', overwrite: false };

const oneAnswerIsExchanged = always('G-15 one answer is exchanged at a time', (stage) => {
  const out = stage.pendingCalls().filter(({ isLate }) => !isLate);
  return out.length <= 1;
});

const TAP = 'a tap on the button';
const NO = 'no: denied';

const noIsNo: StepProperty = {
  name: 'G-12 who has said no is not asked for another tap',
  watch() {
    let wasAsking = false;
    return {
      complaint({ move, stage }) {
        const state = stage.chart('phoneAuthorization');
        const hasSaidNo = wasAsking && move === NO;
        wasAsking = state?.matches({ open: 'asking' }) ?? false;
        return hasSaidNo && !state?.matches({ open: { resting: 'denied' } }) ? 'it was not left at that' : null;
      },
    };
  },
};

/** Twice in a row it is told as a failure. */
const staleKeyAsksAgain: StepProperty = {
  name: 'G-20 what cannot be decrypted asks for one more tap',
  watch() {
    let hadAskedAgain = false;
    return {
      complaint({ move, stage }) {
        const state = stage.chart('phoneAuthorization');
        const isFirst = / key-stale$/.test(move) && !move.startsWith('late') && !hadAskedAgain;
        hadAskedAgain = state?.context.hasAskedAgain === true;
        return isFirst && !state?.matches({ open: { resting: 'wantingAnotherTap' } }) ? 'nobody is asked' : null;
      },
    };
  },
};

const brokenCouplingEnds = always('G-14 a coupled button that is never heard of is given back', (stage) => {
  const state = stage.chart('phoneAuthorization');
  if (state?.status !== 'active' || !state.matches({ open: 'asking' }) || !state.context.isCoupled) return true;
  return stage.timers().some((name) => name.startsWith('coupledTimeout'));
});

const openSheetBlocksNobody = always('G-15 while a sheet is open the button may be tapped again', (stage) => {
  const state = stage.chart('phoneAuthorization');
  return !state?.matches({ open: 'asking' }) || state.hasTag('askable');
});

/** Under an open sheet the button stays as it is (G-15), so terms that are taken back then count at rest. */
const termsComeFirst: StepProperty = {
  name: 'G-16 no sheet opens from rest before the terms are accepted',
  watch() {
    let wasAsking = false;
    return {
      complaint({ move, stage }) {
        const state = stage.chart('phoneAuthorization');
        const isAsking = state?.matches({ open: 'asking' }) ?? false;
        const hasOpened = move === TAP && isAsking && !wasAsking;
        wasAsking = isAsking;
        return hasOpened && !state?.context.areTermsAccepted ? 'it opens' : null;
      },
    };
  },
};

/** As it came from the host; how a body carries it is for the adapters of the backends (G-04). */
const sealedGoesAsItCame: StepProperty = {
  name: 'G-04 what the host encrypted is sent as it came',
  watch() {
    const told = new WeakMap<Secret, string>();
    return {
      complaint({ news }) {
        for (const item of news) {
          if (item.type === 'inspected' && item.event.type === '@xstate.event') {
            const sealed = sealedIn(item.event.event);
            if (sealed) told.set(sealed.encryptedData, sealed.iv);
          }
          const sent = item.type === 'called' ? sealedIn(item.input) : null;
          if (sent && told.get(sent.encryptedData) !== sent.iv) return 'it was changed on the way';
        }
        return null;
      },
    };
  },
};

type Sealed = Extract<PhoneProof, { encryptedData: unknown }>;

function sealedIn(value: unknown): Sealed | null {
  if (typeof value !== 'object' || value === null || !('phone' in value)) return null;
  const { phone } = value as { phone: PhoneProof | null };
  return phone && 'encryptedData' in phone ? phone : null;
}

/** What cannot be told is no no; how a payload is read is for the adapters of the hosts (G-11). */
const onlyANoIsANo: StepProperty = {
  name: 'G-11 only a no is taken for a no',
  watch() {
    let wasDenied = false;
    return {
      complaint({ stage }) {
        const state = stage.chart('phoneAuthorization');
        const isDenied = state?.matches({ open: { resting: 'denied' } }) === true;
        // The outcome stays to be seen while something else goes wrong that was made ready meanwhile (G-12).
        const isNew = isDenied && !wasDenied;
        wasDenied = isDenied;
        return isNew && state.context.failure?.kind !== 'denied' ? `${state.context.failure?.kind} was` : null;
      },
    };
  },
};

interface Circumstances {
  readonly answersByCode: boolean;
  readonly isSupported?: boolean;
  readonly isCoupled?: boolean;
  readonly hasTerms?: boolean;
}

export function phoneButton(
  name: string,
  aim: PhoneAim,
  circumstances: Circumstances,
  flow = phoneAuthorization,
): Exploration {
  const { answersByCode, isSupported = true, isCoupled = false, hasTerms = false } = circumstances;
  return flowAlone({
    name,
    flow,
    input: () => ({ aim, timing: shortWaits, isSupported, answersByCode, isCoupled, areTermsAccepted: !hasTerms }),
    answers: {
      phoneSignIn: aim.mode === 'signIn' ? { 'a session': gives(newSession), ...refusals.phoneSignIn } : {},
      setPhone: aim.mode === 'update' ? { 'the user': gives(user), ...refusals.setPhone } : {},
    },
    companions: { lease: leaseOwner({ mayProveByKey: aim.mode === 'update' }) },
    deeds: ['bringSession'],
    events: {
      [TAP]: { type: 'PHONE.ASKED' },
      'a tap on the plain button': { type: 'PHONE.WANTED' },
      'yes, by a phone code': (_, stage) =>
        answersByCode ? { type: 'PHONE.GRANTED' as const, phone: { phoneCode: stage.secret('phone-code') } } : null,
      'yes, encrypted': (_, stage) => ({
        type: 'PHONE.GRANTED' as const,
        phone: { encryptedData: stage.secret('phone'), iv: 'iv' },
      }),
      ...Object.fromEntries(
        PHONE_REFUSALS.map((kind) => [`no: ${kind}`, { type: 'PHONE.REFUSED' as const, failure: new Failure(kind) }]),
      ),
      ...(hasTerms && {
        'the terms are accepted': { type: 'TERMS.ACCEPTED' },
        'the terms are withdrawn': { type: 'TERMS.WITHDRAWN' },
      }),
      'the page is hidden': { type: 'PAGE.HIDDEN' },
      'the page is shown': { type: 'PAGE.SHOWN' },
      CANCEL: { type: 'CANCEL' },
    },
    reads: [phoneReads],
    properties: [
      ...guarantees,
      oneAnswerIsExchanged,
      openSheetBlocksNobody,
      noIsNo,
      staleKeyAsksAgain,
      brokenCouplingEnds,
      termsComeFirst,
      sealedGoesAsItCame,
      onlyANoIsANo,
    ],
  });
}

export const phoneSignInByCode = phoneButton('phoneSignInByCode', SIGN_IN, { answersByCode: true });
export const phoneSignInEncrypted = phoneButton('phoneSignInEncrypted', SIGN_IN, { answersByCode: false });
export const phoneUpdateByCode = phoneButton('phoneUpdateByCode', UPDATE, { answersByCode: true });
export const phoneUpdateEncrypted = phoneButton('phoneUpdateEncrypted', UPDATE, { answersByCode: false });
export const phoneUnsupported = phoneButton('phoneUnsupported', UPDATE, { answersByCode: false, isSupported: false });
export const phoneCoupled = phoneButton('phoneCoupled', SIGN_IN, {
  answersByCode: true,
  isCoupled: true,
  hasTerms: true,
});
