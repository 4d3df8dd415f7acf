import { assertEvent, assign, setup } from 'xstate';
import type { AccountLink, Credentials, Linked } from '../ports/account.js';
import type { Session, User } from '../ports/backend.js';
import { Failure, toFailure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';
import { failedWith } from './failed-with.js';
import type { CodeAnswer, LeaseAnswer } from './lease.js';
import { required } from './required.js';
import type { Timing } from './timing.js';
import type { UserNews } from './user-news.js';

export interface AccountLinkingInput {
  timing: Timing;
  /** Whether somebody is signed in: then nobody has to type a password. */
  isSignedIn: boolean;
  /** Whether the same person in another app counts too. */
  withUnionId: boolean;
  /** Whether there is a host account to link; where there is none, a password is all (K-03). */
  canLink: boolean;
}

/** Whose the host account is now, and whether it was so before (G-19). */
export type AccountLinkingOutput = Linked;

export type AccountLinkingEvent =
  | CodeAnswer
  | UserNews
  /** Nobody is signed in, and the person wants an account. */
  | { type: 'REGISTER'; credentials: Credentials }
  /** Nobody is signed in, and the person has an account. */
  | { type: 'SIGN_IN'; credentials: Credentials }
  /** Somebody is signed in: link the host account, or try that again. */
  | { type: 'LINK' }
  /** The person agrees that their other account of this host gives way. */
  | { type: 'OVERWRITE' }
  /** Of a wait: ends it. Of the question whether to overwrite: no. */
  | { type: 'CANCEL' };

/** Neither names nor passwords nor tokens: those go from the event to the call that needs them (G-23). */
export interface AccountLinkingContext extends AccountLinkingInput {
  code: Secret | null;
  /** Whether the person agreed that another account of this host gives way. */
  overwrite: boolean;
  linked: Linked | null;
  /** Who has signed in here, where there was nothing to link. */
  user: User | null;
  /** Why the last attempt came to nothing. */
  failure: Failure | null;
  /** Whether the one automatic retry was spent (G-01). */
  retried: boolean;
}

/** Whoever registers, or signs in by a password, and then has the host account, so that silent login finds them. */
export const accountLinking = setup({
  types: {
    input: {} as AccountLinkingInput,
    context: {} as AccountLinkingContext,
    events: {} as AccountLinkingEvent,
    output: {} as AccountLinkingOutput,
    tags: {} as 'busy' | 'askable' | 'settled',
  },
  actors: {
    /** `Backend.register`. A session that comes when nobody waits any more is to be ended. */
    register: required.task<Session, Credentials>('register'),
    /** `Backend.passwordSignIn`. A session that comes when nobody waits any more is to be ended. */
    passwordSignIn: required.task<Session, Credentials>('passwordSignIn'),
    /** Tells who comes and goes by other ways: a session that is restored or renewed, another flow, a sign-out. */
    watchUser: required.companion('watchUser'),
    /** Asks the owner of the codes for one, and keeps its session key from being replaced while it lives (G-03). */
    keepKey: required.companion<unknown, LeaseAnswer>('keepKey'),
    /**
     * `Backend.link`, with the token of the app's session. It must sign nobody in to get one, since that could make an
     * account for this very host account (G-06): without a session it fails with `token-rejected`.
     */
    link: required.task<Linked, AccountLink>('link'),
  },
  delays: {
    passwordTimeout: ({ context }) => context.timing.password,
    codeTimeout: ({ context }) => context.timing.code,
    linkTimeout: ({ context }) => context.timing.link,
  },
  guards: {
    isSignedIn: ({ context }) => context.isSignedIn,
    mayLink: ({ context }) => context.isSignedIn && context.canLink,
    cannotLink: ({ context }) => !context.canLink,
    isNothingLeft: ({ context }) => context.isSignedIn && !context.canLink,
    hasLeft: ({ context }) => !context.isSignedIn,
    isNameTaken: failedWith('name-taken'),
    isPhoneTaken: failedWith('phone-taken'),
    isPasswordWrong: failedWith('password-wrong'),
    isPasswordTooWeak: failedWith('password-too-weak'),
    isLinkedElsewhere: failedWith('linked-elsewhere'),
    isOccupied: failedWith('link-occupied'),
    isCodeRefused: ({ context }) => context.failure?.kind === 'code-rejected' && !context.retried,
    isOverwriting: ({ context }) => context.overwrite,
    /** Linking again would go with the same token, or none: only another sign-in helps. */
    isSessionOver: (_, { error }: { error: unknown }) => SESSION_OVER.has(toFailure(error).kind),
    wasLinked: (_, { wasLinked }: Linked) => wasLinked,
  },
  actions: {
    /**
     * Makes the fresh session the app's own, in the stack that runs it and before a code is asked for: `link` goes with
     * its token. It must not throw.
     */
    adopt: (_, _params: { session: Session }) => required.action('adopt'),

    remember: assign((_, { error }: { error: unknown }) => ({ failure: toFailure(error) })),
    forgive: assign({ failure: null }),
    startAfresh: assign((_, { overwrite }: { overwrite: boolean }) => ({ overwrite, retried: false, failure: null })),
    spendRetry: assign({ retried: true, failure: null }),
    noteCame: assign({ isSignedIn: true }),
    noteLeft: assign({ isSignedIn: false }),
    keepUser: assign((_, { session }: { session: Session }) => ({ user: session.user })),
    forgetUser: assign({ user: null }),
    keepLinked: assign((_, { linked }: { linked: Linked }) => ({ linked })),
  },
}).createMachine({
  id: 'accountLinking',
  description: 'Whose is this host account to be? Whoever signs in by a password, or is signed in already.',
  context: ({ input }) => ({
    ...input,
    code: null,
    overwrite: false,
    linked: null,
    user: null,
    failure: null,
    retried: false,
  }),
  invoke: { src: 'watchUser' },
  initial: 'deciding',
  on: {
    'USER.CAME': {
      description: 'A wait goes on as it was; what is asked of the person afterwards depends on it.',
      actions: 'noteCame',
    },
    'USER.LEFT': { actions: 'noteLeft' },
  },
  states: {
    deciding: {
      description: 'Whoever is signed in already types no password.',
      always: [
        { guard: 'isNothingLeft', target: 'signedIn' },
        { guard: 'isSignedIn', target: 'unlinked' },
        { target: 'choosing' },
      ],
    },
    choosing: {
      description: 'Nobody is signed in: the person registers, or signs in to the account they have (G-18).',
      tags: ['askable', 'settled'],
      on: {
        REGISTER: { target: 'registering', actions: 'forgive' },
        SIGN_IN: { target: 'signingIn', actions: 'forgive' },
        LINK: {
          description: 'The session was only renewed, or somebody came while a password was being judged.',
          guard: 'mayLink',
          target: 'attempting',
          actions: { type: 'startAfresh', params: { overwrite: false } },
        },
        'USER.CAME': [
          { guard: 'cannotLink', target: 'signedIn', actions: ['noteCame', 'forgive'] },
          {
            description: 'By another way, or out of the store.',
            target: 'unlinked',
            actions: ['noteCame', 'forgive'],
          },
        ],
      },
      initial: 'undecided',
      states: {
        undecided: { description: 'The person has not been refused anything yet.' },
        judging: {
          description: 'Reasons that a person can do something about have a state of their own.',
          always: [
            { guard: 'isNameTaken', target: 'nameTaken' },
            { guard: 'isPhoneTaken', target: 'phoneTaken' },
            { guard: 'isPasswordWrong', target: 'passwordWrong' },
            { guard: 'isPasswordTooWeak', target: 'passwordTooWeak' },
            { target: 'failed' },
          ],
        },
        nameTaken: { description: 'Somebody has this username or email: another one, or signing in to it.' },
        phoneTaken: { description: 'Somebody has this phone number: another one, or signing in to it.' },
        passwordWrong: { description: 'The name or the password is wrong; which of them is nobody’s business.' },
        passwordTooWeak: { description: 'The server wants a better password.' },
        failed: {
          description: 'Another reason: no network, no answer, too many attempts, cancelled, the session is over.',
        },
      },
    },
    registering: {
      description:
        'The server makes the account. A second tap is ignored: it would find the name taken by the first one.',
      tags: 'busy',
      invoke: {
        src: 'register',
        input: ({ event }) => {
          assertEvent(event, 'REGISTER');
          return event.credentials;
        },
        onDone: [
          {
            guard: 'cannotLink',
            target: 'signedIn',
            actions: [
              { type: 'adopt', params: ({ event }) => ({ session: event.output }) },
              'noteCame',
              { type: 'keepUser', params: ({ event }) => ({ session: event.output }) },
            ],
          },
          {
            target: 'attempting',
            actions: [
              { type: 'adopt', params: ({ event }) => ({ session: event.output }) },
              'noteCame',
              { type: 'startAfresh', params: { overwrite: false } },
            ],
          },
        ],
        onError: { target: 'choosing.judging', actions: { type: 'remember', params: ({ event }) => event } },
      },
      on: {
        CANCEL: {
          target: 'choosing.judging',
          actions: { type: 'remember', params: () => ({ error: new Failure('cancelled') }) },
        },
      },
      after: {
        passwordTimeout: {
          target: 'choosing.judging',
          actions: { type: 'remember', params: () => ({ error: new Failure('timeout') }) },
        },
      },
    },
    signingIn: {
      description: 'The server compares the password. A second tap is ignored: attempts are counted (G-21).',
      tags: 'busy',
      invoke: {
        src: 'passwordSignIn',
        input: ({ event }) => {
          assertEvent(event, 'SIGN_IN');
          return event.credentials;
        },
        onDone: [
          {
            guard: 'cannotLink',
            target: 'signedIn',
            actions: [
              { type: 'adopt', params: ({ event }) => ({ session: event.output }) },
              'noteCame',
              { type: 'keepUser', params: ({ event }) => ({ session: event.output }) },
            ],
          },
          {
            target: 'attempting',
            actions: [
              { type: 'adopt', params: ({ event }) => ({ session: event.output }) },
              'noteCame',
              { type: 'startAfresh', params: { overwrite: false } },
            ],
          },
        ],
        onError: { target: 'choosing.judging', actions: { type: 'remember', params: ({ event }) => event } },
      },
      on: {
        CANCEL: {
          target: 'choosing.judging',
          actions: { type: 'remember', params: () => ({ error: new Failure('cancelled') }) },
        },
      },
      after: {
        passwordTimeout: {
          target: 'choosing.judging',
          actions: { type: 'remember', params: () => ({ error: new Failure('timeout') }) },
        },
      },
    },
    signedIn: {
      description: 'A browser has no account to link: who has signed in by a password is done (K-03).',
      tags: 'settled',
      on: { 'USER.LEFT': { target: 'choosing', actions: ['noteLeft', 'forgetUser', 'forgive'] } },
    },
    unlinked: {
      description:
        'Somebody is signed in, and the host account is not known to be theirs. No password is needed to try, or to try again.',
      tags: ['askable', 'settled'],
      on: {
        LINK: { target: 'attempting', actions: { type: 'startAfresh', params: { overwrite: false } } },
        'USER.LEFT': { target: 'choosing', actions: ['noteLeft', 'forgive'] },
      },
    },
    attempting: {
      description: 'One code, one call. The key of the code is kept until the server has answered; leaving frees it.',
      tags: 'busy',
      invoke: { id: 'keepKey', src: 'keepKey' },
      on: {
        CANCEL: {
          target: 'judging',
          actions: { type: 'remember', params: () => ({ error: new Failure('cancelled') }) },
        },
      },
      initial: 'takingCode',
      states: {
        takingCode: {
          description: 'Waits for a fresh code: it says which host account is linked (G-01, G-18).',
          on: {
            'CODE.GIVEN': { target: 'linking', actions: assign({ code: ({ event }) => event.code }) },
            'CODE.REFUSED': {
              target: '#accountLinking.judging',
              actions: { type: 'remember', params: ({ event }) => ({ error: event.failure }) },
            },
          },
          after: {
            codeTimeout: {
              target: '#accountLinking.judging',
              actions: { type: 'remember', params: () => ({ error: new Failure('timeout') }) },
            },
          },
        },
        linking: {
          description:
            'The server links. The code is forgotten here at once: a retry takes another (G-01). Who gives up waiting asks again, and hears it is linked already.',
          invoke: {
            src: 'link',
            input: ({ context: { code, withUnionId, overwrite } }) => {
              if (!code) throw new Failure('misconfigured', { message: 'There is no code to link with.' });
              return { code, withUnionId, overwrite };
            },
            onDone: [
              {
                guard: { type: 'wasLinked', params: ({ event }) => event.output },
                target: '#accountLinking.alreadyLinked',
                actions: { type: 'keepLinked', params: ({ event }) => ({ linked: event.output }) },
              },
              {
                target: '#accountLinking.linked',
                actions: { type: 'keepLinked', params: ({ event }) => ({ linked: event.output }) },
              },
            ],
            onError: [
              {
                guard: { type: 'isSessionOver', params: ({ event }) => event },
                target: '#accountLinking.choosing.failed',
                actions: { type: 'remember', params: ({ event }) => event },
              },
              { target: '#accountLinking.judging', actions: { type: 'remember', params: ({ event }) => event } },
            ],
          },
          after: {
            linkTimeout: {
              target: '#accountLinking.judging',
              actions: { type: 'remember', params: () => ({ error: new Failure('timeout') }) },
            },
          },
          exit: assign({ code: null }),
        },
      },
    },
    judging: {
      description:
        'Tells the outcomes of G-19 apart, and takes one fresh code unasked where the last was refused (G-01). Who has left meanwhile is asked who they are.',
      always: [
        { guard: 'hasLeft', target: 'choosing.failed' },
        { guard: 'isLinkedElsewhere', target: 'linkedElsewhere' },
        { guard: 'isOccupied', target: 'occupied' },
        { guard: 'isCodeRefused', target: 'attempting', actions: 'spendRetry' },
        { guard: 'isOverwriting', target: 'occupied' },
        { target: 'unlinked' },
      ],
    },
    occupied: {
      description:
        'The user has another account of this host (G-19): only the person may let it give way. A failure in between asks here again.',
      tags: ['askable', 'settled'],
      on: {
        OVERWRITE: { target: 'attempting', actions: { type: 'startAfresh', params: { overwrite: true } } },
        CANCEL: { target: 'unlinked', actions: { type: 'startAfresh', params: { overwrite: false } } },
        'USER.LEFT': { target: 'choosing', actions: ['noteLeft', 'forgive'] },
      },
    },
    linkedElsewhere: {
      description: 'Another user has this host account (G-19). They may let go of it: then it can be tried again.',
      tags: ['askable', 'settled'],
      on: {
        LINK: { target: 'attempting', actions: { type: 'startAfresh', params: { overwrite: false } } },
        'USER.LEFT': { target: 'choosing', actions: ['noteLeft', 'forgive'] },
      },
    },
    alreadyLinked: {
      description: 'The host account was the user’s before (G-19): nothing has changed.',
      type: 'final',
      tags: 'settled',
    },
    linked: {
      description: 'The host account is the user’s: the next silent login finds them.',
      type: 'final',
      tags: 'settled',
    },
  },
  output: ({ context: { linked } }): AccountLinkingOutput => {
    if (!linked) throw new Failure('misconfigured', { message: 'Linking ended without an answer.' });
    return linked;
  },
});

/**
 * What `link` says where the session has ended, was ended meanwhile, or is one that cannot be linked to. `unregistered`
 * and `account-changed` are what a renewal brings: silent login does not find this user yet.
 */
const SESSION_OVER: ReadonlySet<Failure['kind']> = new Set([
  'token-rejected',
  'cancelled',
  'unregistered',
  'account-changed',
  'anonymous-user',
] as const);
