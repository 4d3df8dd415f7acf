import { and, assign, enqueueActions, not, sendTo, setup } from 'xstate';
import type { Session, User } from '../ports/backend.js';
import { Failure, type FailureKind, toFailure } from '../ports/failure.js';
import type { PhoneProof, PhoneSignIn, PhoneUpdate } from '../ports/phone.js';
import type { Secret } from '../ports/secret.js';
import type { LeaseAnswer, LeaseEvent } from './lease.js';
import { required } from './required.js';
import { longestRequest, type Timing } from './timing.js';

/** What a person's phone number is wanted for. */
export type PhoneAim =
  | { readonly mode: 'signIn'; readonly createUser: boolean; readonly withUnionId: boolean }
  /** `overwrite`: whether another number of the user gives way. */
  | { readonly mode: 'update'; readonly overwrite: boolean };

export interface PhoneAuthorizationInput {
  aim: PhoneAim;
  timing: Timing;
  /** Whether this host has such a button at all (W-17). */
  isSupported: boolean;
  /** Whether the host answers with a phone code, so that nothing has to be prepared (W-13). */
  answersByCode: boolean;
  /** Whether the button asks for consent to the privacy guide in the same tap, which some hosts do badly (G-14). */
  isCoupled: boolean;
  /** Whether the app's terms are accepted, or there are none to accept (G-16). */
  areTermsAccepted: boolean;
}

export type PhoneAuthorizationEvent =
  | LeaseAnswer
  /** A tap on the host's button: its sheet opens. */
  | { type: 'PHONE.ASKED' }
  /** A tap on the plain button that stands in for one that is not ready. */
  | { type: 'PHONE.WANTED' }
  | { type: 'PHONE.GRANTED'; phone: PhoneProof }
  | { type: 'PHONE.REFUSED'; failure: Failure }
  | { type: 'TERMS.ACCEPTED' }
  | { type: 'TERMS.WITHDRAWN' }
  /** The page of the button is covered by another, or comes to the front again. */
  | { type: 'PAGE.HIDDEN' }
  | { type: 'PAGE.SHOWN' }
  | { type: 'CANCEL' };

export interface PhoneAuthorizationContext extends PhoneAuthorizationInput {
  /** Whether the page of the button can be seen. */
  isShown: boolean;
  /** Whether what the host encrypts now could be proved (G-03). */
  isReady: boolean;
  /** The answer that is being exchanged. */
  phone: PhoneProof | null;
  code: Secret | null;
  user: User | null;
  failure: Failure | null;
  /** Whether the question was withdrawn: an answer to it does not count any more. */
  isDropped: boolean;
  /** Whether the person was asked to tap once more, which is asked once in a row. */
  hasAskedAgain: boolean;
}

/** The phone number: told by the host after a tap and a sheet, then exchanged in one request. */
export const phoneAuthorization = setup({
  types: {
    input: {} as PhoneAuthorizationInput,
    context: {} as PhoneAuthorizationContext,
    events: {} as PhoneAuthorizationEvent,
    tags: {} as 'busy' | 'askable' | 'frozen' | 'settled' | 'otherWay',
  },
  actors: {
    /** The owner of the host's login, from this flow's side. */
    lease: required.companion<unknown, LeaseEvent>('lease'),
    /** `Backend.phoneSignIn` */
    phoneSignIn: required.task<Session, PhoneSignIn>('phoneSignIn'),
    /** `Backend.setPhone`, for whoever is signed in */
    setPhone: required.task<User, PhoneUpdate>('setPhone'),
  },
  delays: {
    codeTimeout: ({ context }) => context.timing.code,
    signInTimeout: ({ context }) => context.timing.update,
    /** Whoever keeps the key waits for no renewal, and must not keep it for long. */
    updateTimeout: ({ context: { timing, phone } }) =>
      phone && 'phoneCode' in phone ? longestRequest(timing, timing.update) : timing.update,
    coupledTimeout: ({ context }) => context.timing.coupled,
  },
  guards: {
    isSupported: ({ context }) => context.isSupported,
    isLive: ({ context }) => isLive(context),
    isPrepared: ({ context }) => context.answersByCode || context.isReady,
    isCoupled: ({ context }) => context.isCoupled,
    isDropped: ({ context }) => context.isDropped,
    isByCode: ({ event }) => event.type === 'PHONE.GRANTED' && 'phoneCode' in event.phone,
    isForSignIn: ({ context }) => context.aim.mode === 'signIn',
    isKind: ({ context }, { kind }: { kind: FailureKind }) => context.failure?.kind === kind,
    mayAskAgain: ({ context }) =>
      !context.hasAskedAgain && context.failure !== null && ANOTHER_TAP.includes(context.failure.kind),
  },
  actions: {
    /** Adopts a session as the app's. */
    bringSession: (_, _params: { session: Session; withUnionId: boolean }) => required.action('bringSession'),

    prepare: enqueueActions(({ context, enqueue }) => {
      if (context.answersByCode || !context.isSupported) return;
      const need = context.aim.mode === 'signIn' ? 'code' : 'key';
      enqueue.assign({ isReady: false });
      enqueue.sendTo('lease', context.isShown ? { type: 'PREPARE', need } : { type: 'FREE' });
    }),
    noteShown: assign({ isShown: true }),
    noteHidden: assign({ isShown: false }),
    hold: sendTo('lease', ({ context }) => ({ type: context.answersByCode ? 'TAP' : 'HOLD' })),
    leaveSheets: sendTo('lease', { type: 'TAP' }),
    drop: assign({ isDropped: true }),
    ask: assign({ isDropped: false }),
    freeKey: sendTo('lease', { type: 'FREE' }),
    uncouple: assign({ isCoupled: false }),
    expectEncryption: assign({ answersByCode: false }),
    takeAnswer: assign((_, { phone }: { phone: PhoneProof }) => ({ phone, failure: null, user: null })),
    takeCode: assign((_, { code }: { code: Secret | null }) => ({ code })),
    remember: assign((_, { failure }: { failure: Failure }) => ({ failure })),
    succeed: assign((_, { user }: { user: User }) => ({ user, failure: null, hasAskedAgain: false })),
    askAgain: assign({ hasAskedAgain: true }),
    stopAskingAgain: assign({ hasAskedAgain: false }),
    forgetAnswer: assign({ phone: null, code: null }),
  },
}).createMachine({
  id: 'phoneAuthorization',
  description: 'May this app know the phone number? Asked in a tap, by the host’s own sheet.',
  context: ({ input }) => ({
    ...input,
    isShown: true,
    isReady: false,
    phone: null,
    code: null,
    user: null,
    failure: null,
    isDropped: false,
    hasAskedAgain: false,
  }),
  invoke: { id: 'lease', src: 'lease' },
  initial: 'open',
  on: {
    'TERMS.ACCEPTED': { actions: assign({ areTermsAccepted: true }) },
    'TERMS.WITHDRAWN': { actions: assign({ areTermsAccepted: false }) },
    'PAGE.HIDDEN': {
      description: 'A question that is open stays so: its answer counts whenever it comes (G-15).',
      actions: 'noteHidden',
    },
    'PAGE.SHOWN': { actions: 'noteShown' },
    'KEY.READY': { actions: assign({ isReady: true }) },
    'KEY.LOST': {
      description: 'Somebody needed a login. The owner makes the key ready again by itself.',
      actions: assign({ isReady: false }),
    },
    'CODE.REFUSED': {
      description: 'Could not be made ready. The plain button stands in, and a tap on it tries again.',
      actions: [assign({ isReady: false }), { type: 'remember', params: ({ event }) => event }],
    },
  },
  states: {
    open: {
      description: 'The button may be tapped, or was: an answer counts whenever it comes (G-15).',
      on: {
        'PHONE.GRANTED': [
          { description: 'Who signs out or turns away has withdrawn the question (G-17).', guard: 'isDropped' },
          {
            description: 'A phone code alone goes to our server; who signs in has to show the host account too (W-13).',
            guard: and(['isByCode', 'isForSignIn']),
            target: 'exchanging.takingCode',
            actions: { type: 'takeAnswer', params: ({ event }) => event },
          },
          {
            guard: 'isByCode',
            target: 'exchanging.settingPhone',
            actions: { type: 'takeAnswer', params: ({ event }) => event },
          },
          { target: 'exchanging.proving', actions: { type: 'takeAnswer', params: ({ event }) => event } },
        ],
      },
      initial: 'resting',
      states: {
        resting: {
          description: 'Nothing happens until a tap; the last outcome stays to be seen (G-12).',
          tags: ['settled', 'askable'],
          entry: ['forgetAnswer', 'prepare'],
          on: {
            'PHONE.ASKED': { guard: 'isLive', target: 'asking', actions: 'ask' },
            'PHONE.WANTED': { guard: not('isPrepared'), actions: ['noteShown', 'leaveSheets', 'prepare'] },
            'PAGE.HIDDEN': {
              description: 'Nobody taps what nobody sees: no code is renewed for it until it is seen again (G-02).',
              actions: ['noteHidden', 'prepare'],
            },
            'PAGE.SHOWN': { actions: ['noteShown', 'prepare'] },
            CANCEL: { actions: 'drop' },
          },
          initial: 'beginning',
          states: {
            beginning: {
              description: 'Whether this host can ask at all.',
              always: [{ guard: 'isSupported', target: 'inviting' }, { target: 'unsupported' }],
            },
            inviting: { description: 'Nothing was asked yet, or the question was withdrawn.' },
            wantingAnotherTap: {
              description:
                'What the host gave cannot be used: its key was replaced, or has to be (G-03, G-20). A new one is made ready.',
            },
            unanswered: {
              description:
                'Two questions in one tap brought no answer yet. An answer would still count, so the button stays as it is until the next tap: from then on each is asked by itself (G-14, G-15).',
              on: { 'PHONE.ASKED': { guard: 'isCoupled', actions: 'uncouple' } },
            },
            succeeded: { description: 'The backend knows the number.' },
            denied: { description: 'The person said no. Only a new tap asks again (G-12).', tags: 'otherWay' },
            cancelled: { description: 'The person closed the sheet.' },
            privacyRefused: {
              description: 'The person did not agree to the privacy guide (W-16).',
              tags: 'otherWay',
            },
            privacyUndeclared: {
              description: 'The privacy guide does not mention phone numbers: a mistake of the app (G-13).',
              tags: 'otherWay',
            },
            quotaExhausted: { description: 'The app has used up what it paid for (W-15).', tags: 'otherWay' },
            notPermitted: { description: 'The host does not let this app ask (W-14).', tags: 'otherWay' },
            needsVerification: {
              description: 'The person’s number has to be verified with the host first (W-14).',
              tags: 'otherWay',
            },
            unsupported: { description: 'This host has no such button (W-17).', tags: 'otherWay' },
            unregistered: {
              description: 'Nobody has this number, and no user was to be made (G-18).',
              tags: 'otherWay',
            },
            alreadySet: { description: 'The user has another number, which was not to be replaced.' },
            phoneTaken: { description: 'The number belongs to another user.' },
            conflicting: { description: 'The number and the host account belong to two users.' },
            offline: { description: 'The network is away.' },
            timedOut: { description: 'No answer in time.' },
            failed: { description: 'Another reason, which the failure names.' },
          },
        },
        asking: {
          description:
            'The host’s sheet is open, for as long as the person likes. The button stays as it is; a new tap asks anew (G-09, G-15).',
          tags: ['askable', 'frozen'],
          entry: 'hold',
          on: {
            'PHONE.ASKED': { description: 'The earlier sheet is gone; its answer would still count.' },
            'PHONE.REFUSED': {
              target: '#phoneAuthorization.judging',
              actions: { type: 'remember', params: ({ event }) => event },
            },
            'KEY.LOST': {
              description:
                'Another sheet was opened, so this one was left (G-15). Its button is made ready anew, as for any first tap (G-03).',
              target: 'resting.inviting',
            },
            CANCEL: { target: 'resting.inviting', actions: 'drop' },
          },
          after: {
            coupledTimeout: {
              description:
                'On some hosts a coupled button is never heard of again: it is given back, in two steps (G-14).',
              guard: 'isCoupled',
              target: 'resting.unanswered',
            },
          },
        },
      },
    },
    exchanging: {
      description: 'The person has answered; that answer is finished whatever becomes of the page (G-17).',
      tags: 'busy',
      exit: 'freeKey',
      on: {
        'PHONE.GRANTED': { description: 'Only one answer is exchanged (G-15).' },
        CANCEL: {
          target: 'judging',
          actions: ['drop', { type: 'remember', params: () => ({ failure: new Failure('cancelled') }) }],
        },
      },
      initial: 'takingCode',
      states: {
        takingCode: {
          description: 'Which host account the number comes with. Nothing is encrypted, so any fresh code will do.',
          entry: ['leaveSheets', sendTo('lease', { type: 'TAKE' })],
          on: {
            'CODE.GIVEN': { target: 'signingIn', actions: { type: 'takeCode', params: ({ event }) => event } },
            'CODE.REFUSED': {
              target: '#phoneAuthorization.judging',
              actions: { type: 'remember', params: ({ event }) => event },
            },
          },
          after: {
            codeTimeout: {
              target: '#phoneAuthorization.judging',
              actions: { type: 'remember', params: () => ({ failure: new Failure('timeout') }) },
            },
          },
        },
        proving: {
          description:
            'Only what the server can decrypt is sent: with the newest code, or by the key that it holds (G-03).',
          entry: sendTo('lease', { type: 'PROVE' }),
          on: {
            'KEY.PROVED': [
              {
                guard: 'isForSignIn',
                target: 'signingIn',
                actions: { type: 'takeCode', params: ({ event }) => event },
              },
              { target: 'settingPhone', actions: { type: 'takeCode', params: ({ event }) => event } },
            ],
            'KEY.LOST': {
              target: '#phoneAuthorization.judging',
              actions: [
                'expectEncryption',
                { type: 'remember', params: () => ({ failure: new Failure('key-stale') }) },
              ],
            },
          },
          after: {
            codeTimeout: {
              target: '#phoneAuthorization.judging',
              actions: { type: 'remember', params: () => ({ failure: new Failure('timeout') }) },
            },
          },
        },
        signingIn: {
          description: 'One request for number and host account together.',
          invoke: {
            src: 'phoneSignIn',
            input: ({ context: { aim, phone, code } }) => {
              if (aim.mode !== 'signIn' || !phone || !code) throw incomplete();
              return { phone, code, createUser: aim.createUser, withUnionId: aim.withUnionId };
            },
            onDone: {
              target: '#phoneAuthorization.open.resting.succeeded',
              actions: [
                {
                  type: 'bringSession',
                  params: ({ context: { aim }, event }) => ({
                    session: event.output,
                    withUnionId: aim.mode === 'signIn' && aim.withUnionId,
                  }),
                },
                { type: 'succeed', params: ({ event }) => event.output },
              ],
            },
            onError: {
              target: '#phoneAuthorization.judging',
              actions: { type: 'remember', params: ({ event }) => ({ failure: toFailure(event.error) }) },
            },
          },
          after: {
            signInTimeout: {
              target: '#phoneAuthorization.judging',
              actions: { type: 'remember', params: () => ({ failure: new Failure('timeout') }) },
            },
          },
        },
        settingPhone: {
          description: 'One request for whoever is signed in; an expired session is renewed on the way (G-05).',
          invoke: {
            src: 'setPhone',
            input: ({ context: { aim, phone, code } }) => {
              if (aim.mode !== 'update' || !phone) throw incomplete();
              return { phone, code, overwrite: aim.overwrite };
            },
            onDone: {
              target: '#phoneAuthorization.open.resting.succeeded',
              actions: { type: 'succeed', params: ({ event }) => ({ user: event.output }) },
            },
            onError: {
              target: '#phoneAuthorization.judging',
              actions: { type: 'remember', params: ({ event }) => ({ failure: toFailure(event.error) }) },
            },
          },
          after: {
            updateTimeout: {
              target: '#phoneAuthorization.judging',
              actions: { type: 'remember', params: () => ({ failure: new Failure('timeout') }) },
            },
          },
        },
      },
    },
    judging: {
      description: 'Each reason has its own outcome, so that a page can answer each in its own way (W-14, G-11).',
      always: [
        {
          guard: 'mayAskAgain',
          target: 'open.resting.wantingAnotherTap',
          actions: 'askAgain',
        },
        ...(
          [
            ['denied', 'denied'],
            ['cancelled', 'cancelled'],
            ['privacyRefused', 'privacy-refused'],
            ['privacyUndeclared', 'privacy-undeclared'],
            ['quotaExhausted', 'quota-exhausted'],
            ['notPermitted', 'not-permitted'],
            ['needsVerification', 'needs-verification'],
            ['unregistered', 'unregistered'],
            ['alreadySet', 'phone-already-set'],
            ['phoneTaken', 'phone-taken'],
            ['conflicting', 'account-conflict'],
            ['offline', 'offline'],
            ['timedOut', 'timeout'],
            ['unsupported', 'unsupported'],
          ] as const
        ).map(([outcome, kind]) => ({
          guard: { type: 'isKind' as const, params: { kind } },
          target: `open.resting.${outcome}` as const,
          actions: 'stopAskingAgain' as const,
        })),
        { target: 'open.resting.failed', actions: 'stopAskingAgain' },
      ],
    },
  },
});

/** What a new key, a new code or a new session mends, which the next tap then has. */
const ANOTHER_TAP: readonly FailureKind[] = ['key-stale', 'code-rejected', 'token-rejected'];

/** Whether a tap may open the host's sheet. */
export function isLive({
  answersByCode,
  isReady,
  areTermsAccepted,
}: Pick<PhoneAuthorizationContext, 'answersByCode' | 'isReady' | 'areTermsAccepted'>): boolean {
  return areTermsAccepted && (answersByCode || isReady);
}

function incomplete(): Failure {
  return new Failure('misconfigured', { message: 'There is no answer to exchange.' });
}
