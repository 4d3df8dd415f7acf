import { createActor, fromCallback, type InspectionEvent } from 'xstate';
import type { LeaseAnswer, LeaseEvent, LeaseRequest } from '../../machines/lease.js';
import type { TaskLogic } from '../../machines/task.js';
import { defaultTiming } from '../../machines/timing.js';
import type { UserNews } from '../../machines/user-news.js';
import {
  type ProfileAnswer,
  type ProfileQuestion,
  type UserProfileEvent,
  type UserProfileInput,
  userProfile,
} from '../../machines/user-profile.js';
import { Failure, type FailureKind } from '../../ports/failure.js';
import type { HostProfile } from '../../ports/profile.js';
import { secret } from '../../ports/secret.js';
import { aSession } from '../support/sessions.js';
import { createChosenClock, createPendingCalls, type Run } from './walk.js';

/** Calls that wait for the test's verdict. */
export const calls = createPendingCalls();
const session = aSession();
export const { user } = session;

export const signed: HostProfile = {
  nickname: '小明',
  avatarUrl: 'https://wx.example/a.png',
  isAnonymous: false,
  signed: { rawData: '{}', signature: 'signature', encryptedData: secret('sealed'), iv: 'iv' },
};
export const plain: HostProfile = { ...signed, signed: null };
/** Baidu signs nothing apart: what is sealed proves itself (B-09). */
export const sealed: HostProfile = { ...signed, signed: { encryptedData: secret('sealed'), iv: 'iv' } };
const standIn: HostProfile = { ...signed, nickname: '微信用户', isAnonymous: true };

/** What the owner of the host's login stands at, for this flow. */
type Stage = 'free' | 'preparing' | 'ready' | 'proving' | 'taking' | 'kept';

/** The world around one run. */
function createWorld() {
  return {
    /** Whether a sheet needs a proof. */
    isSigned: true,
    stage: 'free' as Stage,
    answer: (_: LeaseAnswer) => {},
    /** The questions that the host has not answered. */
    sheets: [] as number[],
    tell: (_: ProfileAnswer) => {},
    tellUser: (_: UserNews) => {},
    isSignedIn: true,
    /** Calls and requests, in their order. */
    log: [] as string[],
    inputs: [] as { name: string; input: unknown }[],
    /** What no flow may do to the world. */
    faults: [] as string[],
  };
}
/** The world of the newest run. */
export let world = createWorld();

function recorded<Output, Input>(name: string): TaskLogic<Output, Input> {
  const task = calls.task<Output, Input>(name);
  return {
    ...task,
    start(snapshot, scope) {
      world.log.push(name);
      world.inputs.push({ name, input: snapshot.input });
      task.start?.(snapshot, scope);
    },
  };
}

function isRequest(event: LeaseEvent): event is LeaseRequest {
  return ['PREPARE', 'TAP', 'HOLD', 'PROVE', 'KEEP', 'TAKE', 'FREE'].includes(event.type);
}

/** Bound once: a transition counts as taken if it is one of this very machine. */
export const machine = userProfile.provide({
  actors: {
    lease: fromCallback<LeaseEvent>(({ receive, sendBack }) => {
      world.answer = sendBack;
      receive((request) => {
        if (!isRequest(request) || request.type === 'TAP' || request.type === 'KEEP') return;
        world.log.push(request.type);
        if (request.type === 'PROVE' && world.stage !== 'ready') world.faults.push(`PROVE while ${world.stage}`);
        const stages = {
          PREPARE: 'preparing',
          HOLD: 'kept',
          PROVE: 'proving',
          TAKE: 'taking',
          FREE: 'free',
        } as const;
        world.stage = stages[request.type];
      });
    }),
    getUserProfile: fromCallback<ProfileQuestion>(({ receive, sendBack }) => {
      world.tell = sendBack;
      receive(({ question }) => {
        world.log.push('getUserProfile');
        const isProved = world.stage === 'proving' || world.stage === 'kept';
        if (world.isSigned && !isProved) world.faults.push(`the sheet opens while ${world.stage}`);
        world.sheets.push(question);
      });
    }),
    watchUser: fromCallback(({ sendBack }) => {
      world.tellUser = sendBack;
    }),
    isUserInfoAllowed: recorded('isUserInfoAllowed'),
    getUserInfo: recorded('getUserInfo'),
    signIn: recorded('signIn'),
    setHostProfile: recorded('setHostProfile'),
    uploadAvatar: recorded('uploadAvatar'),
    setProfile: recorded('setProfile'),
  },
  actions: {
    bringSession: () => {
      world.log.push('bringSession');
      world.isSignedIn = true;
    },
    report: (_, { failure }) => {
      world.log.push(`report ${failure?.kind}`);
    },
  },
});

export const failures = (...kinds: FailureKind[]) =>
  Object.fromEntries(kinds.map((kind) => [kind, { error: new Failure(kind) }]));
export const verdicts = {
  isUserInfoAllowed: { yes: { value: true }, no: { value: false }, ...failures('unknown') },
  getUserInfo: { profile: { value: signed }, 'stand-in': { value: standIn }, ...failures('denied') },
  signIn: { session: { value: session }, ...failures('unregistered', 'code-rejected') },
  setHostProfile: {
    kept: { value: user },
    ...failures('key-stale', 'code-rejected', 'profile-updates-off', 'unavailable'),
  },
  uploadAvatar: { kept: { value: 'https://our.example/a.png' }, ...failures('avatar-refused') },
  setProfile: { kept: { value: user }, ...failures('profile-updates-off', 'offline') },
};
/** Why a sheet may end without a yes. */
export const REFUSALS: FailureKind[] = [
  'denied',
  'privacy-refused',
  'privacy-undeclared',
  'not-permitted',
  'unsupported',
  'busy',
];

/** Each refusal has its state; where more than one question is about, a person's no and a machine's are enough. */
const BRIEF: FailureKind[] = ['denied', 'busy'];
const isStale = (failure: Failure | null) => /^(key-stale|code-rejected)$/.test(failure?.kind ?? '');

export const usual: UserProfileInput = {
  timing: defaultTiming,
  way: 'getUserProfile',
  canChooseAvatar: true,
  isSigned: true,
  desc: '用于完善资料',
  lang: 'zh_CN',
  sync: 'setnx',
  isSignedIn: true,
  wish: { createUser: false, withUnionId: false },
};

export type Part = Partial<
  Pick<UserProfileInput, 'way' | 'canChooseAvatar' | 'isSigned' | 'sync' | 'lang' | 'isSignedIn' | 'wish'>
>;

export interface ProfileRun extends Run {
  last: string;
  /** Whether the last move was a yes that counts, and nothing was being finished. */
  wasYes: boolean;
  snapshot(): ReturnType<ReturnType<typeof start>['getSnapshot']>;
  do(...names: string[]): void;
  send(event: UserProfileEvent): void;
}

function start(
  part: Part,
  clock: ReturnType<typeof createChosenClock>['clock'],
  inspect?: (e: InspectionEvent) => void,
) {
  return createActor(machine, { input: { ...usual, ...part }, clock, ...(inspect && { inspect }) }).start();
}

let stopPrevious = () => {};

/** How a host differs from all that any host may do. */
export interface HostAnswers {
  readonly verdicts: Parameters<typeof calls.moves>[0];
  /** Why its button may come to nothing. */
  readonly buttonRefusals: readonly FailureKind[];
  /** Why it may give no code. */
  readonly loginRefusals: readonly FailureKind[];
  /** What may happen in the form, by the names of the moves; `null` where it is only left. */
  readonly form: RegExp | null;
}

const anyHost = (part: Part): HostAnswers => ({
  verdicts,
  buttonRefusals: ['denied'],
  loginRefusals: ['offline'],
  form: part.way === 'avatarNickname' ? FORM : null,
});
const FORM = /^(avatar|name|submit)/;

/** Starts the flow in a world of its own. */
export function begin(
  part: Part,
  inspect?: (event: InspectionEvent) => void,
  host: HostAnswers = anyHost(part),
): ProfileRun {
  stopPrevious();
  world = createWorld();
  const own = world;
  own.isSigned = part.isSigned ?? true;
  own.isSignedIn = part.isSignedIn ?? true;
  const { clock, moves: timerMoves, delays } = createChosenClock();
  const actor = start(part, clock, inspect);
  stopPrevious = () => void actor.stop();
  const snapshot = () => actor.getSnapshot();

  const answer = (stage: Stage, event: LeaseAnswer) => () => {
    own.stage = stage;
    own.answer(event);
  };
  const code = secret('code');
  const refused = Object.fromEntries(
    host.loginRefusals.map((kind) => [
      kind === 'offline' ? 'login refused' : `login refused: ${kind}`,
      answer('free', { type: 'CODE.REFUSED', failure: new Failure(kind) }),
    ]),
  );
  const owner: Record<Stage, Record<string, () => void>> = {
    free: {},
    preparing: { 'key ready': answer('ready', { type: 'KEY.READY' }), ...refused },
    ready: { 'key lost': answer('preparing', { type: 'KEY.LOST' }) },
    proving: {
      'proved by code': answer('kept', { type: 'KEY.PROVED', code }),
      'proved by the server’s key': answer('kept', { type: 'KEY.PROVED', code: null }),
      'key lost': answer('free', { type: 'KEY.LOST' }),
      ...refused,
    },
    taking: {
      'code given': answer('kept', { type: 'CODE.GIVEN', code }),
      ...refused,
    },
    kept: {},
  };

  const counts = (question: number) => question > snapshot().context.dropped && !snapshot().matches('finishing');
  const sheetMoves = (question: number, index: number) => {
    const name = question === snapshot().context.question ? 'sheet' : `older sheet ${index + 1}`;
    const end = (event: ProfileAnswer) => () => {
      own.sheets = own.sheets.filter((other) => other !== question);
      own.tell(event);
    };
    const yes = (profile: HostProfile) => () => {
      run.wasYes = counts(question) && !snapshot().matches('form');
      end({ type: 'SHEET.ALLOWED', question, profile })();
    };
    return {
      [`${name}: yes`]: yes(part.isSigned === false ? plain : signed),
      [`${name}: stand-in`]: yes(standIn),
      ...Object.fromEntries(
        (part.isSigned === false ? REFUSALS : BRIEF).map((kind) => [
          `${name}: ${kind}`,
          end({ type: 'SHEET.REFUSED', question, failure: new Failure(kind) }),
        ]),
      ),
    };
  };

  const events: Record<string, UserProfileEvent> = {
    tap: { type: 'PROFILE.ASKED' },
    'form wanted': { type: 'FORM.ASKED' },
    'button: yes': { type: 'PROFILE.ALLOWED' },
    ...Object.fromEntries(
      host.buttonRefusals.map((kind): [string, UserProfileEvent] => [
        `button: ${kind}`,
        { type: 'PROFILE.REFUSED', failure: new Failure(kind) },
      ]),
    ),
    'avatar chosen': { type: 'AVATAR.CHOSEN', path: 'wxfile://tmp/a.png' },
    'name typed': { type: 'NICKNAME.TYPED' },
    'name reviewed: good': { type: 'NICKNAME.REVIEWED', pass: true, timeout: false },
    'name reviewed: bad': { type: 'NICKNAME.REVIEWED', pass: false, timeout: false },
    'name reviewed: timeout': { type: 'NICKNAME.REVIEWED', pass: false, timeout: true },
    'submit a name': { type: 'FORM.SUBMITTED', nickname: ' 小明 ' },
    'submit nothing': { type: 'FORM.SUBMITTED', nickname: ' ' },
    CANCEL: { type: 'CANCEL' },
  };
  const isPossible = (name: string) => {
    if (name === 'tap') return own.sheets.length < 2;
    if (/^button/.test(name)) return part.way === 'getUserInfo';
    if (FORM.test(name)) return host.form?.test(name) === true && snapshot().matches('form');
    return true;
  };

  const run: ProfileRun = {
    actor,
    snapshot,
    last: '',
    wasYes: false,
    send: (event) => actor.send(event),
    moves() {
      const all: Record<string, () => void> = {
        ...timerMoves(),
        ...calls.moves(host.verdicts),
        ...owner[own.stage],
        ...(own.stage === 'kept' &&
          snapshot().matches({ asking: 'waiting' }) && { 'sheet left': answer('free', { type: 'KEY.LOST' }) }),
        ...Object.assign({}, ...own.sheets.map(sheetMoves)),
      };
      if (part.isSignedIn !== undefined) {
        const isSignedIn = !own.isSignedIn;
        all[isSignedIn ? 'user came' : 'user left'] = () => {
          own.isSignedIn = isSignedIn;
          own.tellUser({ type: isSignedIn ? 'USER.CAME' : 'USER.LEFT' });
        };
      }
      for (const [name, event] of Object.entries(events)) {
        if (isPossible(name)) all[name] = () => actor.send(event);
      }
      return Object.fromEntries(
        Object.entries(all).map(([name, move]) => [
          name,
          () => {
            run.last = name;
            run.wasYes = false;
            move();
          },
        ]),
      );
    },
    do(...names) {
      for (const name of names) {
        const move = run.moves()[name];
        if (!move) throw new Error(`"${name}" is not possible; possible: ${Object.keys(run.moves()).join(', ')}`);
        move();
      }
    },
    key() {
      const { value, context } = snapshot();
      const { question, dropped, open, way, isSecondTap, profile, avatar, nickname, isNicknameRejected } = context;
      const { isSignedIn, isSigningIn, newcomer } = context;
      // The outcomes have no moves of their own, so what they are decides nothing but the meaning of the next tap.
      const offer = snapshot().matches('atRest') && JSON.stringify(value).replace(/"outcome":"\w+"/, '');
      const reason = offer ? isStale(context.failure) : context.failure?.kind;
      const sheets = own.sheets.map((sheet) => [sheet === question, sheet > dropped, open.includes(sheet)]);
      const form = [avatar, nickname, isNicknameRejected];
      return JSON.stringify([
        [
          offer || value,
          way,
          isSecondTap,
          reason,
          profile !== null,
          context.code,
          isSignedIn,
          isSigningIn,
          newcomer !== null,
        ],
        [sheets, form],
        [own.stage, own.faults.length > 0, calls.names(), delays()],
      ]);
    },
  };
  return run;
}
