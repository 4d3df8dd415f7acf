import { assign, enqueueActions, or, sendTo, setup, stateIn } from 'xstate';
import type { Session, SilentSignIn, User } from '../ports/backend.js';
import { Failure, type FailureKind, toFailure } from '../ports/failure.js';
import type { ProfileLanguage } from '../ports/platform.js';
import type { HostProfile, HostProfileUpdate, ProfileFields, ProfileSync, ProfileWay } from '../ports/profile.js';
import type { Secret } from '../ports/secret.js';
import type { LeaseAnswer, LeaseEvent } from './lease.js';
import { required } from './required.js';
import type { Wish } from './sign-in-options.js';
import { longestRequest, type Timing } from './timing.js';
import type { UserNews } from './user-news.js';

export interface UserProfileInput {
  timing: Timing;
  /** The best way that this version of the host has; `null` where it has none. */
  way: ProfileWay | null;
  /** Whether this version of the host lets a picture be chosen (W-11); a name can be typed in anywhere. */
  canChooseAvatar: boolean;
  /** Whether what `getUserProfile` answers is signed, and has to be proved (W-06). */
  isSigned: boolean;
  /** What the profile is for, at most 30 characters (W-06). */
  desc: string;
  lang: ProfileLanguage;
  sync: ProfileSync;
  isSignedIn: boolean;
  /** What is wanted of the sign-in that the host's own button is, where nobody is signed in. */
  wish: Wish;
}

/** Tells the companion `getUserProfile` to call the host, in this very stack (G-10). */
export interface ProfileQuestion {
  type: 'ASK';
  /** Serial number, to be told with the answer. */
  question: number;
  desc: string;
  lang: ProfileLanguage;
}

/** What the companion `getUserProfile` tells of each question, however late. */
export type ProfileAnswer =
  | { type: 'SHEET.ALLOWED'; question: number; profile: HostProfile }
  | { type: 'SHEET.REFUSED'; question: number; failure: Failure };

/** What is sent to `Backend.setProfile`. */
export interface ProfileForm {
  fields: ProfileFields;
  sync: ProfileSync;
}

export type UserProfileEvent =
  | LeaseAnswer
  | ProfileAnswer
  | UserNews
  /** The person has tapped. */
  | { type: 'PROFILE.ASKED' }
  /**
   * The host's own button was answered with a yes. It decides consent only: what the event carries is not sent.
   *
   * `lang` is the language of the event, where it is not the one of the input.
   */
  | { type: 'PROFILE.ALLOWED'; lang?: ProfileLanguage }
  /** The host's own button was answered with anything else. */
  | { type: 'PROFILE.REFUSED'; failure: Failure }
  /** The person would rather fill in the form. */
  | { type: 'FORM.ASKED' }
  /** A temporary path of the host (W-11). */
  | { type: 'AVATAR.CHOSEN'; path: string }
  /** What was reviewed does not stand there any more. */
  | { type: 'NICKNAME.TYPED' }
  /** The host's verdict on the nickname (W-12). */
  | { type: 'NICKNAME.REVIEWED'; pass: boolean; timeout: boolean }
  /** The nickname as it stands in the form now, not as blur or confirm told it (G-22). */
  | { type: 'FORM.SUBMITTED'; nickname: string }
  | { type: 'CANCEL' };

/** A picture that was chosen. Without `url` it is temporary: only this run of the app can read its path (G-22). */
export interface ChosenAvatar {
  readonly path: string;
  readonly url: string | null;
}

export interface UserProfileContext extends UserProfileInput {
  /** Serial number of the newest question. */
  question: number;
  /** The questions since the tap that left the rest, as far as they are unanswered. */
  open: readonly number[];
  /** Answers to this question and those before it do not count any more. */
  dropped: number;
  /** Whether the person was asked for this tap because the key was stale (G-03). */
  isSecondTap: boolean;
  profile: HostProfile | null;
  code: Secret | null;
  /** What was chosen and typed in, and not saved yet. */
  avatar: ChosenAvatar | null;
  nickname: string | null;
  isNicknameRejected: boolean;
  /** Whether nobody was signed in at the yes to the host's own button, so that it is a sign-in. */
  isSigningIn: boolean;
  /** Whom that has signed in. */
  newcomer: User | null;
  /** What came of the last time: one of the two, or neither yet. */
  user: User | null;
  failure: Failure | null;
}

/**
 * The profile of the user: told by the host, or typed in.
 *
 * Where the tag `settled` is, nobody waits, whatever `busy` says is made ready or finished unseen.
 */
export const userProfile = setup({
  types: {
    input: {} as UserProfileInput,
    context: {} as UserProfileContext,
    events: {} as UserProfileEvent,
    children: {} as { lease: 'lease'; getUserProfile: 'getUserProfile' },
    tags: {} as 'busy' | 'askable' | 'settled' | 'otherWay',
  },
  actors: {
    /** Speaks for this flow with the owner of the host's login. */
    lease: required.companion<unknown, LeaseEvent>('lease'),
    /**
     * `Platform.getUserProfile`, called at each `ASK` and answered by a {@link ProfileAnswer}. It is no task, because
     * a question that was superseded may still be answered (G-15).
     */
    getUserProfile: required.companion<unknown, ProfileQuestion>('getUserProfile'),
    /** Tells who comes and leaves, by {@link UserNews}. */
    watchUser: required.companion('watchUser'),
    /** `Platform.isUserInfoAllowed` */
    isUserInfoAllowed: required.task<boolean>('isUserInfoAllowed'),
    /** `Platform.getUserInfo` */
    getUserInfo: required.task<HostProfile, { lang: ProfileLanguage }>('getUserInfo'),
    /** `Backend.signIn` */
    signIn: required.task<Session, SilentSignIn>('signIn'),
    /** `Backend.setHostProfile` */
    setHostProfile: required.task<User, HostProfileUpdate>('setHostProfile'),
    /** `Backend.uploadAvatar`, of a temporary path */
    uploadAvatar: required.task<string, string>('uploadAvatar'),
    /** `Backend.setProfile` */
    setProfile: required.task<User, ProfileForm>('setProfile'),
  },
  delays: {
    codeTimeout: ({ context }) => context.timing.code,
    consentTimeout: ({ context }) => context.timing.consent,
    profileTimeout: ({ context }) => context.timing.profile,
    signInTimeout: ({ context }) => context.timing.exchange,
    exchangeTimeout: ({ context: { timing, profile } }) =>
      profile?.signed ? timing.exchange : longestRequest(timing, timing.update),
    updateTimeout: ({ context: { timing } }) => longestRequest(timing, timing.update),
    uploadTimeout: ({ context: { timing } }) => longestRequest(timing, timing.upload),
  },
  guards: {
    canChooseAvatar: ({ context }) => context.canChooseAvatar,
    hasNoWay: ({ context }) => context.way === null,
    isForm: ({ context }) => context.way === 'avatarNickname',
    isHostButton: ({ context }) => context.way === 'getUserInfo',
    isProofNeeded: ({ context }) => context.way === 'getUserProfile' && context.isSigned,

    isDenied: ({ context }) => context.failure?.kind === 'denied',
    isPrivacyRefused: ({ context }) => context.failure?.kind === 'privacy-refused',
    isPrivacyUndeclared: ({ context }) => context.failure?.kind === 'privacy-undeclared',
    isNotPermitted: ({ context }) => context.failure?.kind === 'not-permitted',
    isUpdatesOff: ({ context }) => context.failure?.kind === 'profile-updates-off',
    hasSignedIn: ({ context }) => context.newcomer !== null,
    isUnregistered: ({ context }) => context.failure?.kind === 'unregistered',
    isSigningIn: ({ context }) => context.isSigningIn,
    isBeyondHost: ({ context: { failure, way } }) =>
      failure?.kind === 'unsupported' || (failure?.kind === 'cancelled' && way === null),
    isWithdrawn: ({ context }) => context.failure?.kind === 'cancelled',
    isOffline: ({ context }) => context.failure?.kind === 'offline',
    isTimedOut: ({ context }) => context.failure?.kind === 'timeout',
    isWorthAnotherTap: ({ context }) => isStale(context.failure) && !context.isSecondTap,

    isProfile: ({ context }, { question, profile }: Yes) => question > context.dropped && !profile.isAnonymous,
    isSignedProfile: ({ context }, { question, profile }: Yes) =>
      question > context.dropped && !profile.isAnonymous && profile.signed !== null,
    isStandIn: ({ context }, { question, profile }: Yes) => question > context.dropped && profile.isAnonymous,
    isAnonymous: (_, { profile }: { profile: HostProfile }) => profile.isAnonymous,
    /** The end of the only question that was open, or a person's no to the newest. */
    isLastWord: ({ context }, { question, failure }: { question: number; failure: Failure }) =>
      context.open.every((other) => other === question) || (question === context.question && isPersonsNo(failure)),
    hasNotFailed: ({ context }) => context.failure === null,
    isAllowed: (_, { isAllowed }: { isAllowed: boolean }) => isAllowed,
    /** Nobody waits for what is being finished. */
    isUnseen: stateIn('#userProfile.finishing.audience.gone'),
    isFilledIn: or([
      stateIn('#userProfile.finishing.work.uploadingAvatar'),
      stateIn('#userProfile.finishing.work.savingForm'),
    ]),

    /** A rejected name that the host has cleared already must not keep a picture from being saved. */
    isNicknameRefused: ({ context }, { nickname }: { nickname: string }) =>
      context.isNicknameRejected && (nickname.trim() !== '' || context.avatar === null),
    isFormEmpty: ({ context }, { nickname }: { nickname: string }) => nickname.trim() === '' && context.avatar === null,
    isAvatarTemporary: ({ context }) => context.avatar !== null && context.avatar.url === null,
  },
  actions: {
    prepare: sendTo('lease', { type: 'PREPARE', need: 'quiet' }),
    prove: sendTo('lease', { type: 'PROVE' }),
    leaveSheets: sendTo('lease', { type: 'TAP' }),
    keepKey: sendTo('lease', { type: 'KEEP' }),
    take: sendTo('lease', { type: 'TAKE' }),
    free: sendTo('lease', { type: 'FREE' }),
    /** What is not signed needs no key; and a renewal on its way would wait for whoever keeps it (G-03). */
    freeUnneeded: enqueueActions(({ context: { profile }, enqueue }) => {
      if (!profile?.signed) enqueue.sendTo('lease', { type: 'FREE' });
    }),

    bringSession: (_, _params: { session: Session; withUnionId: boolean }) => required.action('bringSession'),
    /** Hears why the profile of whoever has signed in was not kept. */
    report: (_, _params: { failure: Failure | null }) => required.action('report'),
    noteCame: assign({ isSignedIn: true, isSigningIn: false }),
    noteLeft: assign({ isSignedIn: false, newcomer: null }),
    loseUser: assign({ failure: () => new Failure('account-changed'), user: null }),
    /** Judged at the yes: who leaves later has not asked to come back. */
    identify: assign({ isSigningIn: ({ context }) => !context.isSignedIn }),
    /** The code is spent, and the server holds its key now. */
    noteSignIn: assign((_, { user }: { user: User }) => ({
      newcomer: user,
      code: null,
      isSignedIn: true,
      isSigningIn: false,
    })),
    keepNewcomer: assign(({ context }) => ({ user: context.newcomer, newcomer: null, failure: null })),

    begin: assign(({ context }) => ({
      isSecondTap: isStale(context.failure),
      isSigningIn: false,
      user: null,
      failure: null,
      open: [],
    })),
    /** The next tap is the one that counts, so the reason for it stays. */
    beginLater: assign(({ context }) => ({ user: null, failure: isStale(context.failure) ? context.failure : null })),
    ask: enqueueActions(({ context: { question, open, desc, lang }, enqueue }) => {
      const next = question + 1;
      enqueue.assign({ question: next, open: [...open, next] });
      enqueue.sendTo('getUserProfile', { type: 'ASK', question: next, desc, lang });
    }),
    noteEnd: assign({
      open: ({ context }, { question }: { question: number }) => context.open.filter((other) => other !== question),
    }),
    dropQuestions: assign(({ context }) => ({ dropped: context.question, open: [] })),
    takeAnswer: assign((_, { profile }: { profile: HostProfile }) => ({ profile })),
    takeProof: assign((_, { code }: { code: Secret | null }) => ({ code })),
    forgetAnswer: assign({ profile: null, code: null }),

    remember: assign((_, { failure }: { failure: Failure }) => ({ failure, user: null })),
    fail: assign((_, { error }: { error: unknown }) => ({ failure: toFailure(error), user: null })),
    timeOut: assign({ failure: () => new Failure('timeout'), user: null }),
    forgetFailure: assign({ failure: null }),
    loseKey: assign({ failure: () => new Failure('key-stale'), user: null }),
    withdraw: assign({ failure: () => new Failure('cancelled'), user: null }),
    keep: assign((_, { user }: { user: User }) => ({ user, newcomer: null, failure: null })),
    /** A host that tells of nobody now will not tell of anybody later. */
    giveUpTold: assign({ way: ({ context }) => (context.canChooseAvatar ? 'avatarNickname' : null) }),

    chooseAvatar: assign((_, { path }: { path: string }) => ({ avatar: { path, url: null } })),
    noteReview: assign((_, { isRejected }: { isRejected: boolean }) => ({ isNicknameRejected: isRejected })),
    readNickname: assign((_, { nickname }: { nickname: string }) => ({ nickname: nickname.trim() || null })),
    noteUpload: assign(({ context }, { url }: { url: string }) => ({
      avatar: context.avatar && { ...context.avatar, url },
    })),
    clearForm: assign({ avatar: null, nickname: null, isNicknameRejected: false }),
  },
}).createMachine({
  id: 'userProfile',
  description: 'What is this user called, and what do they look like?',
  context: ({ input }) => ({
    ...input,
    question: 0,
    open: [],
    dropped: 0,
    isSecondTap: false,
    profile: null,
    code: null,
    avatar: null,
    nickname: null,
    isNicknameRejected: false,
    isSigningIn: false,
    newcomer: null,
    user: null,
    failure: null,
  }),
  invoke: [{ id: 'lease', src: 'lease' }, { id: 'getUserProfile', src: 'getUserProfile' }, { src: 'watchUser' }],
  initial: 'choosing',
  on: {
    'SHEET.REFUSED': { actions: { type: 'noteEnd', params: ({ event }) => event } },
    'USER.CAME': { actions: 'noteCame' },
    'USER.LEFT': { actions: 'noteLeft' },
  },
  states: {
    choosing: {
      description: 'The way was chosen by what this version of the host can do (W-06, W-11, W-18).',
      always: [
        { guard: 'isForm', target: 'form' },
        { guard: 'hasNoWay', target: '#userProfile.atRest.outcome.unsupported' },
        { target: 'atRest' },
      ],
    },
    atRest: {
      description: 'Nobody waits. One half says what came of the last time, the other how the person may be asked now.',
      type: 'parallel',
      entry: 'forgetAnswer',
      on: {
        'FORM.ASKED': { target: 'form', actions: ['dropQuestions', 'begin'] },
        'PROFILE.ALLOWED': {
          description: 'The answer of the host’s button counts though the host is being asked about it anew (G-15).',
          guard: 'isHostButton',
          target: '#userProfile.finishing.work.takingCode',
          actions: ['begin', 'identify', assign({ lang: ({ context, event }) => event.lang ?? context.lang }), 'take'],
        },
        'PROFILE.REFUSED': {
          guard: 'isHostButton',
          target: '#judging',
          actions: { type: 'remember', params: ({ event }) => event },
        },
        'SHEET.ALLOWED': [
          {
            guard: { type: 'isStandIn', params: ({ event }) => event },
            target: '#userProfile.judgingStandIn',
            actions: ['dropQuestions', 'giveUpTold', 'begin'],
          },
          {
            description: 'An older sheet was allowed after all, but its key was given back: one more tap (G-03, G-15).',
            guard: { type: 'isSignedProfile', params: ({ event }) => event },
            target: '#userProfile.atRest.outcome.tapAgain',
            actions: ['dropQuestions', 'loseKey'],
          },
          {
            description: 'The same where nothing has to be proved.',
            guard: { type: 'isProfile', params: ({ event }) => event },
            target: '#userProfile.finishing.work.exchanging',
            actions: ['dropQuestions', 'begin', { type: 'takeAnswer', params: ({ event }) => event }],
          },
        ],
      },
      states: {
        outcome: {
          description: 'What came of the last time. Each refusal is told apart by its reason, not by its text (G-11).',
          initial: 'idle',
          states: {
            idle: { description: 'Nobody was asked, or the question was withdrawn.', tags: 'settled' },
            saved: { description: 'The backend keeps the profile. A tap may ask again.', tags: 'settled' },
            signedIn: {
              description:
                'The yes has signed the person in, and their profile is not kept: the server lets no client write it, or it did not come through. A tap tries that again.',
              tags: 'settled',
            },
            judging: {
              id: 'judging',
              description: 'Every reason has its own state (G-11).',
              always: [
                {
                  guard: 'hasSignedIn',
                  target: 'signedIn',
                  actions: [{ type: 'report', params: ({ context }) => context }, 'keepNewcomer'],
                },
                { guard: 'isWorthAnotherTap', target: 'tapAgain' },
                { guard: 'isDenied', target: 'denied' },
                { guard: 'isPrivacyRefused', target: 'privacyRefused' },
                { guard: 'isPrivacyUndeclared', target: 'privacyUndeclared' },
                { guard: 'isNotPermitted', target: 'notPermitted' },
                { guard: 'isUnregistered', target: 'unregistered' },
                { guard: 'isUpdatesOff', target: 'updatesOff' },
                { guard: 'isBeyondHost', target: 'unsupported' },
                { guard: 'isWithdrawn', target: 'idle' },
                { guard: 'isOffline', target: 'offline' },
                { guard: 'isTimedOut', target: 'timedOut' },
                { target: 'failed' },
              ],
            },
            tapAgain: {
              description:
                'One more tap: the server cannot check what the host signed, once in a row (G-03, G-20); or the last one came too early.',
              tags: 'settled',
            },
            denied: {
              description: 'The person said no. Only a new tap asks again; the form is another way in (G-12).',
              tags: ['settled', 'otherWay'],
            },
            privacyRefused: {
              description: 'The person did not agree to the app’s privacy guide (W-16).',
              tags: ['settled', 'otherWay'],
            },
            privacyUndeclared: {
              description: 'A mistake of the app’s developer: the privacy guide does not name profiles (G-13).',
              tags: ['settled', 'otherWay'],
            },
            notPermitted: {
              description: 'The host does not let this app ask.',
              tags: ['settled', 'otherWay'],
            },
            unregistered: {
              description:
                'The person has no account here, and none was wanted: register or sign in, then link (G-18).',
              tags: 'settled',
            },
            updatesOff: {
              description: 'The server lets no client write profiles; no other way gets past that.',
              tags: 'settled',
            },
            unsupported: {
              description: 'This version of the host cannot tell: the person should update it (W-18).',
              tags: ['settled', 'otherWay'],
            },
            anonymous: {
              description:
                'The host told a stand-in, and lets no picture be chosen: a name can be typed in (W-08, W-11).',
              tags: ['settled', 'otherWay'],
            },
            offline: { description: 'The network is gone. A tap tries again.', tags: 'settled' },
            timedOut: {
              description:
                'Somebody did not answer in time (G-09). What was sent may be kept all the same; a tap tries again.',
              tags: 'settled',
            },
            failed: { description: 'Any other reason. A tap tries again.', tags: 'settled' },
          },
        },
        offer: {
          description: 'How the person may be asked now. Coming to rest gives back the key, or prepares it anew.',
          initial: 'choosing',
          states: {
            choosing: {
              description: 'Each way has its own preparation.',
              always: [
                { guard: 'isProofNeeded', target: 'preparing', actions: 'prepare' },
                { guard: 'isHostButton', target: 'checkingConsent', actions: 'free' },
                { guard: 'hasNoWay', target: 'closed', actions: 'free' },
                { target: 'open', actions: 'free' },
              ],
            },
            preparing: {
              description:
                'The tap will log in itself, so nothing else may be logging in then (G-03). Nobody waits yet, and who keeps the key may be a person: no deadline.',
              on: {
                'KEY.READY': 'ready',
                'PROFILE.ASKED': { target: ['#userProfile.atRest.outcome.idle', 'makingReady'], actions: 'beginLater' },
                'CODE.REFUSED': {
                  target: ['#judging', 'unready'],
                  actions: ['free', { type: 'remember', params: ({ event }) => event }],
                },
              },
            },
            ready: {
              description: 'A tap may ask: login first, then the sheet, both inside the tap (W-07, G-10).',
              tags: 'askable',
              on: {
                'PROFILE.ASKED': { target: '#userProfile.asking.loggingIn', actions: ['begin', 'prove', 'ask'] },
                'KEY.LOST': {
                  description: 'The owner makes ready again by itself.',
                  target: 'preparing',
                },
              },
            },
            unready: {
              description: 'Nothing is prepared. A tap prepares; the next one can be kept.',
              on: {
                'PROFILE.ASKED': {
                  target: ['#userProfile.atRest.outcome.idle', 'makingReady'],
                  actions: ['beginLater', 'prepare'],
                },
              },
            },
            makingReady: {
              description: 'A tap came too early, and its gesture cannot wait (G-10): when all is ready, one more tap.',
              tags: 'busy',
              entry: 'leaveSheets',
              on: {
                'KEY.READY': { target: ['#userProfile.atRest.outcome.tapAgain', 'ready'] },
                'CODE.REFUSED': {
                  target: ['#judging', 'unready'],
                  actions: ['free', { type: 'remember', params: ({ event }) => event }],
                },
                CANCEL: { target: ['#judging', 'unready'], actions: ['free', 'withdraw'] },
              },
              after: { codeTimeout: { target: ['#judging', 'unready'], actions: ['free', 'timeOut'] } },
            },
            checkingConsent: {
              description: 'Without consent getUserInfo fails at once: the host’s button has to ask first (W-18).',
              tags: 'busy',
              invoke: {
                src: 'isUserInfoAllowed',
                onDone: [
                  {
                    guard: { type: 'isAllowed', params: ({ event }) => ({ isAllowed: event.output }) },
                    target: 'allowed',
                  },
                  { target: 'notAllowed' },
                ],
                onError: 'notAllowed',
              },
              on: { CANCEL: 'notAllowed' },
              after: { consentTimeout: 'notAllowed' },
            },
            allowed: {
              description: 'The person has allowed it before: a plain tap is enough.',
              tags: 'askable',
              on: {
                'PROFILE.ASKED': {
                  target: '#userProfile.finishing.work.takingCode',
                  actions: ['begin', 'identify', 'take'],
                },
              },
            },
            notAllowed: {
              description: 'Not allowed yet, or nobody knows: the host’s own button asks.',
              tags: 'askable',
            },
            open: {
              description: 'A tap needs no preparation.',
              tags: 'askable',
              on: {
                'PROFILE.ASKED': [
                  { guard: 'isForm', target: '#userProfile.form', actions: 'begin' },
                  { target: '#userProfile.asking.waiting', actions: ['begin', 'ask'] },
                ],
              },
            },
            closed: { description: 'There is nothing to ask by.' },
          },
        },
      },
    },
    judgingStandIn: {
      description: 'The host told a stand-in, which is no profile to keep (W-08).',
      always: [
        { guard: 'canChooseAvatar', target: 'form.editing.anonymous' },
        { target: '#userProfile.atRest.outcome.anonymous' },
      ],
    },
    asking: {
      description:
        'The host’s sheet is open. A person has no deadline; a new tap asks anew, and any yes counts (G-15).',
      tags: 'askable',
      initial: 'loggingIn',
      on: {
        'PROFILE.ASKED': {
          description: 'The login of the first tap serves this one too: another would replace its key (G-03).',
          actions: 'ask',
        },
        'SHEET.ALLOWED': {
          guard: { type: 'isStandIn', params: ({ event }) => event },
          target: '#userProfile.judgingStandIn',
          actions: ['dropQuestions', 'giveUpTold'],
        },
        'SHEET.REFUSED': [
          {
            guard: { type: 'isLastWord', params: ({ event }) => event },
            target: '#judging',
            actions: [
              { type: 'noteEnd', params: ({ event }) => event },
              { type: 'remember', params: ({ event }) => event },
            ],
          },
          {
            description: 'One of several questions has ended; another is still open.',
            actions: { type: 'noteEnd', params: ({ event }) => event },
          },
        ],
        CANCEL: {
          description: 'A question that nobody has answered is dropped (G-17).',
          target: '#judging',
          actions: ['dropQuestions', 'withdraw'],
        },
      },
      states: {
        loggingIn: {
          description: 'Two things were started in the tap, and may end in either order: the login, and the sheet.',
          on: {
            'KEY.PROVED': { target: 'waiting', actions: { type: 'takeProof', params: ({ event }) => event } },
            'KEY.LOST': { target: '#judging', actions: 'loseKey' },
            'CODE.REFUSED': { target: '#judging', actions: { type: 'remember', params: ({ event }) => event } },
            'SHEET.ALLOWED': {
              guard: { type: 'isProfile', params: ({ event }) => event },
              target: '#userProfile.finishing.work.proving',
              actions: ['dropQuestions', { type: 'takeAnswer', params: ({ event }) => event }],
            },
          },
        },
        waiting: {
          description: 'Only the person is waited for.',
          on: {
            'SHEET.ALLOWED': {
              guard: { type: 'isProfile', params: ({ event }) => event },
              target: '#userProfile.finishing.work.exchanging',
              actions: ['dropQuestions', { type: 'takeAnswer', params: ({ event }) => event }],
            },
            'KEY.LOST': {
              description:
                'Another sheet was opened, so this one was left (G-15). A yes to it would want one more tap.',
              target: '#judging',
              actions: 'withdraw',
            },
          },
        },
      },
    },
    form: {
      description: 'A picture that is chosen, and a name that is typed in (W-11, W-12). It needs no key.',
      entry: ['forgetAnswer', 'free'],
      initial: 'editing',
      states: {
        editing: {
          description: 'Nothing is sent before the form is submitted. Each state is a hint beside the form.',
          tags: 'askable',
          initial: 'open',
          on: {
            'AVATAR.CHOSEN': {
              target: '.open',
              actions: ['forgetFailure', { type: 'chooseAvatar', params: ({ event }) => event }],
            },
            'NICKNAME.TYPED': {
              target: '.open',
              actions: ['forgetFailure', { type: 'noteReview', params: () => ({ isRejected: false }) }],
            },
            'NICKNAME.REVIEWED': {
              description: 'A review without a verdict blocks nobody.',
              actions: { type: 'noteReview', params: ({ event }) => ({ isRejected: !event.pass && !event.timeout }) },
            },
            'FORM.SUBMITTED': [
              {
                guard: { type: 'isNicknameRefused', params: ({ event }) => event },
                target: '.nicknameRejected',
                actions: 'forgetFailure',
              },
              {
                guard: { type: 'isFormEmpty', params: ({ event }) => event },
                target: '.empty',
                actions: 'forgetFailure',
              },
              {
                guard: 'isAvatarTemporary',
                target: '#userProfile.finishing.work.uploadingAvatar',
                actions: ['begin', { type: 'readNickname', params: ({ event }) => event }],
              },
              {
                target: '#userProfile.finishing.work.savingForm',
                actions: ['begin', { type: 'readNickname', params: ({ event }) => event }],
              },
            ],
            CANCEL: { target: '#judging', actions: 'withdraw' },
          },
          states: {
            open: { description: 'There is nothing to say.' },
            anonymous: {
              description: 'The host told a stand-in, which is no profile to keep; the form is the other way (W-08).',
              tags: 'otherWay',
            },
            nicknameRejected: {
              description: 'The host has rejected this name, so it is not sent (G-22).',
            },
            empty: { description: 'There is neither a name nor a picture to save.' },
            updatesOff: { description: 'The server lets no client write profiles; the form is kept.' },
            failed: {
              description:
                'It could not be saved, or nobody has said that it was; the form is kept, and can be submitted again.',
            },
          },
        },
      },
    },
    finishing: {
      description:
        'The person has said yes. That is finished, though nobody may wait for it any more (G-17); but a sign-in that is withdrawn is dropped.',
      type: 'parallel',
      entry: 'leaveSheets',
      on: {
        'USER.LEFT': [
          { guard: 'isFilledIn', actions: 'noteLeft' },
          { guard: 'isUnseen', target: '#judging', actions: ['noteLeft', 'withdraw'] },
          {
            description: 'What the host told was told for whoever has left (G-06).',
            target: '#judging',
            actions: ['noteLeft', 'loseUser'],
          },
        ],
      },
      states: {
        audience: {
          description: 'Whether somebody waits.',
          initial: 'present',
          states: {
            present: {
              description: 'Somebody waits.',
              on: {
                CANCEL: [
                  { guard: 'isSigningIn', target: '#judging', actions: 'withdraw' },
                  { target: 'gone', actions: 'withdraw' },
                ],
              },
            },
            gone: { description: 'Nobody waits; what was begun is finished unseen.', tags: 'settled' },
          },
        },
        work: {
          description: 'What is still to be done, by the way that was taken.',
          initial: 'proving',
          states: {
            proving: {
              description: 'The sheet was quicker than the login.',
              tags: 'busy',
              on: {
                'KEY.PROVED': { target: 'exchanging', actions: { type: 'takeProof', params: ({ event }) => event } },
                'KEY.LOST': { target: '#judging', actions: 'loseKey' },
                'CODE.REFUSED': { target: '#judging', actions: { type: 'remember', params: ({ event }) => event } },
              },
              after: { codeTimeout: { target: '#judging', actions: 'timeOut' } },
            },
            takingCode: {
              description: 'A login replaces the key, so the code comes before what it is to prove (G-03).',
              tags: 'busy',
              on: {
                'CODE.GIVEN': {
                  target: 'gettingUserInfo',
                  actions: { type: 'takeProof', params: ({ event }) => event },
                },
                'CODE.REFUSED': { target: '#judging', actions: { type: 'remember', params: ({ event }) => event } },
              },
              after: { codeTimeout: { target: '#judging', actions: 'timeOut' } },
            },
            gettingUserInfo: {
              description: 'The host tells the profile anew, signed with the key of that code.',
              tags: 'busy',
              invoke: {
                src: 'getUserInfo',
                input: ({ context: { lang } }) => ({ lang }),
                onDone: [
                  {
                    guard: { type: 'isAnonymous', params: ({ event }) => ({ profile: event.output }) },
                    target: 'returning',
                    actions: 'giveUpTold',
                  },
                  {
                    target: 'deciding',
                    actions: { type: 'takeAnswer', params: ({ event }) => ({ profile: event.output }) },
                  },
                ],
                onError: { target: '#judging', actions: { type: 'fail', params: ({ event }) => event } },
              },
              after: { profileTimeout: { target: '#judging', actions: 'timeOut' } },
            },
            deciding: {
              description: 'A profile belongs to somebody.',
              always: [{ guard: 'isSigningIn', target: 'signingIn' }, { target: 'exchanging' }],
            },
            signingIn: {
              description:
                'Nobody is signed in, so the yes is a sign-in: its code, and then what the host told, with the key of that code.',
              tags: 'busy',
              entry: 'keepKey',
              on: {
                'USER.CAME': {
                  description: 'Somebody has come by another way, whom nothing under way replaces: one more tap.',
                  target: '#judging',
                  actions: ['noteCame', 'loseKey'],
                },
              },
              invoke: {
                src: 'signIn',
                input: ({ context: { code, wish } }) => {
                  if (!code) throw new Failure('misconfigured', { message: 'A sign-in needs a code.' });
                  return { code, ...wish, expectedUserId: null };
                },
                onDone: {
                  target: 'exchanging',
                  actions: [
                    {
                      type: 'bringSession',
                      params: ({ context, event }) => ({
                        session: event.output,
                        withUnionId: context.wish.withUnionId,
                      }),
                    },
                    { type: 'noteSignIn', params: ({ event }) => event.output },
                  ],
                },
                onError: { target: '#judging', actions: { type: 'fail', params: ({ event }) => event } },
              },
              after: { signInTimeout: { target: '#judging', actions: 'timeOut' } },
            },
            exchanging: {
              description: 'The server checks what the host signed, and keeps it.',
              tags: 'busy',
              entry: ['keepKey', 'freeUnneeded'],
              invoke: {
                src: 'setHostProfile',
                input: ({ context: { profile, code, sync } }) => {
                  if (!profile) throw new Failure('misconfigured', { message: 'There is no profile to keep.' });
                  return { profile, code: profile.signed && code, sync };
                },
                onDone: {
                  target: '#userProfile.atRest.outcome.saved',
                  actions: { type: 'keep', params: ({ event }) => ({ user: event.output }) },
                },
                onError: { target: '#judging', actions: { type: 'fail', params: ({ event }) => event } },
              },
              after: { exchangeTimeout: { target: '#judging', actions: 'timeOut' } },
            },
            uploadingAvatar: {
              description: 'A temporary path means nothing to anybody else: the picture is sent first (G-22).',
              tags: 'busy',
              invoke: {
                src: 'uploadAvatar',
                input: ({ context: { avatar } }) => {
                  if (!avatar) throw new Failure('misconfigured', { message: 'There is no picture to send.' });
                  return avatar.path;
                },
                onDone: {
                  target: 'savingForm',
                  actions: { type: 'noteUpload', params: ({ event }) => ({ url: event.output }) },
                },
                onError: { target: 'returning', actions: { type: 'fail', params: ({ event }) => event } },
              },
              after: { uploadTimeout: { target: 'returning', actions: 'timeOut' } },
            },
            savingForm: {
              description: 'The server keeps the name and the address of the picture.',
              tags: 'busy',
              invoke: {
                src: 'setProfile',
                input: ({ context: { nickname, avatar, sync } }) => ({
                  fields: { nickname, avatarUrl: avatar?.url ?? null },
                  sync,
                }),
                onDone: {
                  target: '#userProfile.atRest.outcome.saved',
                  actions: ['clearForm', { type: 'keep', params: ({ event }) => ({ user: event.output }) }],
                },
                onError: { target: 'returning', actions: { type: 'fail', params: ({ event }) => event } },
              },
              after: { updateTimeout: { target: 'returning', actions: 'timeOut' } },
            },
            returning: {
              description: 'To the form, with everything still there; or to rest, where nobody waits before it.',
              always: [
                { guard: 'isUnseen', target: '#judging' },
                { guard: 'hasNotFailed', target: '#userProfile.judgingStandIn' },
                {
                  guard: 'isUpdatesOff',
                  target: '#userProfile.form.editing.updatesOff',
                },
                { target: '#userProfile.form.editing.failed' },
              ],
            },
          },
        },
      },
    },
  },
});

type Yes = { question: number; profile: HostProfile };

/** What a new key, a new code or a new session mends, which the next tap then has. */
const ANOTHER_TAP: readonly FailureKind[] = ['key-stale', 'code-rejected', 'token-rejected'];

/** The server cannot prove what the host signed, or not before the session is renewed. */
function isStale(failure: Failure | null): boolean {
  return failure !== null && ANOTHER_TAP.includes(failure.kind);
}

function isPersonsNo({ kind }: Failure): boolean {
  return kind === 'denied' || kind === 'privacy-refused' || kind === 'cancelled';
}
