import {
  type ProfileAnswer,
  type ProfileQuestion,
  type UserProfileContext,
  userProfile,
} from '../../../machines/user-profile.js';
import { Failure, type FailureKind } from '../../../ports/failure.js';
import type { HostProfile, ProfileWay } from '../../../ports/profile.js';
import {
  type Companion,
  type Exploration,
  flowAlone,
  gives,
  guarantees,
  reads,
  type Stage,
  type StepProperty,
} from '../../../testing/index.js';
import { others } from './others.js';
import { leaseOwner } from './owner.js';
import { newSession, user } from './people.js';
import { refusals } from './refusals.js';
import { shortWaits } from './timing.js';

/** Questions are numbered: of them counts how they lie to the newest, and to those whose answers count no more. */
export const profileReads = reads(userProfile, (context, _, snapshot) => {
  const isUnderWay = snapshot.matches('asking') || snapshot.matches('finishing');
  return [
    context.way,
    ...openSheets(context),
    Math.min(context.question - context.dropped, MOST_SHEETS),
    context.profile && [context.profile.isAnonymous, context.profile.signed !== null],
    context.code,
    context.avatar && context.avatar.url !== null,
    context.isNicknameRejected,
    context.isSignedIn,
    context.newcomer !== null,
    // What the next tap or form begins anew with, or forgets.
    isStale(context),
    isUnderWay && [
      context.isSecondTap,
      context.isSigningIn,
      snapshot.matches({ finishing: { work: 'uploadingAvatar' } }) && context.nickname !== null,
      context.failure !== null,
      context.failure?.kind === 'cancelled',
    ],
  ];
});

function isStale({ failure }: UserProfileContext): boolean {
  return failure !== null && ['key-stale', 'code-rejected', 'token-rejected'].includes(failure.kind);
}

/** A sheet that was left may still be answered; of several, those before are not. */
const MOST_SHEETS = 2;

/** Of sheets that are never answered counts only that there is one: however many taps there were, the chart waits on. */
function openSheets({ open, question }: UserProfileContext): readonly [readonly number[], boolean] {
  const since = open.map((asked) => question - asked);
  return [since.filter((count) => count < MOST_SHEETS), since.some((count) => count >= MOST_SHEETS)];
}

const SHEET_REFUSED: readonly FailureKind[] = [
  'denied',
  'privacy-refused',
  'privacy-undeclared',
  'not-permitted',
  'host-signed-out',
  'offline',
  'timeout',
  'unsupported',
  'unknown',
];

const sheetRefusals = SHEET_REFUSED.map((kind) => new Failure(kind));

function profileOf(stage: Stage, isSigned: boolean): HostProfile {
  const sealed = { rawData: '{}', signature: 'signature', encryptedData: stage.secret('profile'), iv: 'iv' };
  return {
    nickname: '小明',
    avatarUrl: 'https://wx.example/a.png',
    isAnonymous: false,
    signed: isSigned ? sealed : null,
  };
}

const standIn: HostProfile = { nickname: '微信用户', avatarUrl: '', isAnonymous: true, signed: null };

interface Sheets {
  /** The questions that are open, the newest last, by how many were asked since. */
  readonly open: readonly number[];
}

/** The host's sheets: each question may be answered, in any order. */
function sheets(isSigned: boolean): Companion<Sheets> {
  let asked = 0;
  const serialOf = (since: number) => asked - since;
  return {
    start: { open: [] },
    hears({ open }, event) {
      const { type, question } = event as ProfileQuestion;
      if (type !== 'ASK') return { open };
      asked = question;
      return { open: [...open.map((since) => since + 1), 0].filter((since) => since < MOST_SHEETS) };
    },
    tells({ open }, stage): ReturnType<Companion<Sheets>['tells']> {
      const tellings = open.flatMap((since) => {
        const question = serialOf(since);
        const which = since === 0 ? 'the sheet' : 'the earlier sheet';
        const next: Sheets = { open: open.filter((other) => other !== since) };
        const allowed = (profile: HostProfile): ProfileAnswer => ({ type: 'SHEET.ALLOWED', question, profile });
        return [
          [`${which}: yes`, { event: allowed(profileOf(stage, isSigned)), next }],
          [`${which}: a stand-in`, { event: allowed(standIn), next }],
          ...sheetRefusals.map((failure) => [
            `${which}: ${failure.kind}`,
            { event: { type: 'SHEET.REFUSED', question, failure }, next },
          ]),
        ];
      });
      return Object.fromEntries(tellings);
    },
  };
}

interface Circumstances {
  readonly way: ProfileWay | null;
  readonly canChooseAvatar?: boolean;
  readonly isSigned?: boolean;
  /** Whether somebody is signed in, as long as nothing is said. */
  readonly isSignedIn?: boolean;
}

/** A rejected name is not sent, nor a path that only this phone can read (G-22). */
const formIsSentAsItStands: StepProperty = {
  name: 'G-22 no rejected name and no temporary path is sent',
  watch: () => ({
    complaint({ news, stage }) {
      if (!news.some((item) => item.type === 'called' && item.name === 'setProfile')) return null;
      const { avatar, isNicknameRejected, nickname }: Partial<UserProfileContext> =
        stage.chart('userProfile')?.context ?? {};
      if (avatar && avatar.url === null) return 'the picture was not sent before';
      return isNicknameRejected && nickname ? 'the name was rejected' : null;
    },
  }),
};

/** Outside the tap the host does not open its sheet (W-06, W-09). */
const sheetOpensInTheTap: StepProperty = {
  name: 'G-10 the host is asked inside the tap',
  watch: () => ({
    complaint({ move, news }) {
      const isAsked = news.some(
        (item) => item.type === 'inspected' && item.event.type === '@xstate.event' && item.event.event.type === 'ASK',
      );
      return isAsked && move !== TAP ? 'the tap is over' : null;
    },
  }),
};

const TAP = 'a tap on the button';

export function profileBy(
  name: string,
  { way, canChooseAvatar = false, isSigned = false, isSignedIn = true }: Circumstances,
  flow = userProfile,
): Exploration {
  return flowAlone({
    name,
    flow,
    input: () => ({
      timing: shortWaits,
      way,
      canChooseAvatar,
      isSigned,
      desc: 'for the card',
      lang: 'zh_CN' as const,
      sync: 'setnx' as const,
      isSignedIn,
      wish: { createUser: true, withUnionId: false },
    }),
    answers: {
      ...(way === 'getUserInfo'
        ? {
            isUserInfoAllowed: { yes: gives(true), no: gives(false), ...refusals.isUserInfoAllowed },
            getUserInfo: {
              'the profile': gives((stage) => profileOf(stage, true)),
              'a stand-in': gives(standIn),
              ...refusals.getUserInfo,
            },
            signIn: { 'a session': gives(newSession), ...refusals.signIn },
          }
        : { isUserInfoAllowed: {}, getUserInfo: {}, signIn: {} }),
      setHostProfile:
        way === 'getUserInfo' || way === 'getUserProfile'
          ? { 'the user': gives(user), ...refusals.setHostProfile }
          : {},
      uploadAvatar: canChooseAvatar
        ? { 'an address': gives('https://our.example/a.png'), ...refusals.uploadAvatar }
        : {},
      setProfile: { 'the user': gives(user), ...refusals.setProfile },
    },
    companions: {
      lease: leaseOwner({ mayProveByKey: true, isQuiet: true }),
      getUserProfile: sheets(isSigned),
      watchUser: others(isSignedIn),
    },
    deeds: ['bringSession', 'report'],
    events: {
      [TAP]: { type: 'PROFILE.ASKED' },
      'a tap for the form': { type: 'FORM.ASKED' },
      CANCEL: { type: 'CANCEL' },
      ...(way === 'getUserInfo' && {
        'the host’s button: yes': { type: 'PROFILE.ALLOWED' },
        'the host’s button: no': { type: 'PROFILE.REFUSED', failure: new Failure('denied') },
      }),
      ...(canChooseAvatar && { 'a picture is chosen': { type: 'AVATAR.CHOSEN', path: 'wxfile://a.png' } }),
      'a name is typed': { type: 'NICKNAME.TYPED' },
      'the host rejects the name': { type: 'NICKNAME.REVIEWED', pass: false, timeout: false },
      'the host has no verdict': { type: 'NICKNAME.REVIEWED', pass: false, timeout: true },
      'the form is submitted': { type: 'FORM.SUBMITTED', nickname: '小明' },
      'the form is submitted without a name': { type: 'FORM.SUBMITTED', nickname: '' },
    },
    reads: [profileReads],
    properties: [...guarantees, formIsSentAsItStands, sheetOpensInTheTap],
  });
}

export const profileByForm = profileBy('profileByForm', { way: 'avatarNickname', canChooseAvatar: true });
export const profileBySheet = profileBy('profileBySheet', { way: 'getUserProfile', isSigned: true });
export const profileBySheetUnsigned = profileBy('profileBySheetUnsigned', { way: 'getUserProfile' });
/** A stand-in leads to the form. Late answers come in the other casts; here they would only make it large. */
export const profileBySheetOrForm: Exploration = {
  ...profileBy('profileBySheetOrForm', { way: 'getUserProfile', canChooseAvatar: true }),
  bound: { late: 0 },
};
export const profileByButton = profileBy('profileByButton', { way: 'getUserInfo', isSigned: true });
export const profileByButtonForNobody = profileBy('profileByButtonForNobody', {
  way: 'getUserInfo',
  isSigned: true,
  isSignedIn: false,
});
export const profileByNothing = profileBy('profileByNothing', { way: null });
