import { describe, expect, it } from 'vitest';
import { assign, enqueueActions } from 'xstate';
import { accountLinking } from '../../machines/account-linking.js';
import { codes } from '../../machines/codes.js';
import { phoneAuthorization } from '../../machines/phone-authorization.js';
import { privacy } from '../../machines/privacy.js';
import { session } from '../../machines/session.js';
import { silentLogin } from '../../machines/silent-login.js';
import { userProfile } from '../../machines/user-profile.js';
import { type Secret, secret } from '../../ports/secret.js';
import { type Exploration, explore } from '../../testing/index.js';
import { codesAmong } from './flows/codes.js';
import { linkingWhere } from './flows/linking.js';
import { phoneButton, SIGN_IN } from './flows/phone.js';
import { privacyIn } from './flows/privacy.js';
import { profileBy } from './flows/profile.js';
import { sessionOn } from './flows/session.js';
import { silentLoginIn } from './flows/silent-login.js';
import { broken, without } from './support/broken.js';

const byCode = { answersByCode: true };
const awake = { canRenew: true, sleeps: false };
const encrypted = { answersByCode: false };

/** What is set beside the chart outlives it: only the chart's own timers end with it. */
const timed = silentLoginIn(silentLogin);
const besideTheChart: Exploration = {
  ...timed,
  begin(stage) {
    stage.clock.setTimeout(() => {}, 1);
    return timed.begin(stage);
  },
};

/**
 * What is broken, in a flow among its world, and the guarantee that this takes away: each of the charts' part in it. How
 * a body carries what was encrypted (G-04) and in which order a refusal is read (G-11) is decided by adapters, in one
 * call without any interleaving: `test/guarantees` holds these.
 */
const BREAKS: readonly (readonly [id: string, what: string, exploration: Exploration])[] = [
  [
    'G-01',
    'a retry sends the code of before',
    silentLoginIn(
      broken(
        without(silentLogin, 'states/attempting/states/exchangingCode/exit'),
        'states/judging/always/2/target',
        () => '#silentLogin.attempting.exchangingCode',
      ),
    ),
  ],
  [
    'G-02',
    'the age of a code counts from its coming',
    codesAmong(
      'codesForTakers',
      [null, null],
      codes.provide({
        actions: {
          keepCode: assign(({ context }, { code }: { code: Secret }) => ({
            unspent: code,
            newest: code,
            unspentSince: context.now(),
          })),
        },
      }),
    ),
  ],
  [
    'G-03',
    'the host logs in for whoever asks, though somebody keeps the key',
    codesAmong(
      'codesForSignIn',
      [null, 'code'],
      codes.provide({
        guards: { wantsLogin: ({ context }) => context.leases.some(({ stage }) => stage === 'takingCode') },
      }),
    ),
  ],
  [
    'G-04',
    'what was encrypted is taken for a form, where a plus is a space',
    phoneButton(
      'phoneSignInEncrypted',
      SIGN_IN,
      encrypted,
      phoneAuthorization.provide({
        actions: {
          takeAnswer: assign((_, { phone }) => ({
            phone:
              'iv' in phone
                ? { iv: phone.iv, encryptedData: secret(phone.encryptedData.reveal().replaceAll('+', ' ')) }
                : phone,
            failure: null,
            user: null,
          })),
        },
      }),
    ),
  ],
  [
    'G-05',
    'whoever asks while a login is out has the host log in once more',
    codesAmong(
      'codesForTakers',
      [null, null],
      broken(codes, 'states/loggingIn/on', (on) => ({
        ...Object(on),
        'CODE.WANTED': { target: 'loggingIn', reenter: true },
      })),
    ),
  ],
  [
    'G-06',
    'a renewal makes a user where there is none',
    sessionOn(
      'sessionAlone',
      awake,
      broken(session, 'states/renewing/invoke/input', () => ({ context: { timing, random } }: SessionScope) => ({
        createUser: true,
        withUnionId: false,
        expectedUserId: null,
        timing,
        random,
      })),
    ),
  ],
  [
    'G-07',
    'who asks after a failure is told that failure again',
    sessionOn(
      'sessionAlone',
      awake,
      broken(session, 'states/signedOut/on/ENSURE', (ensure) => [
        {
          guard: ({ context }: SessionScope) => context.failure !== null,
          actions: { type: 'answerOne', params: ({ event }: { event: unknown }) => event },
        },
        ensure,
      ]),
    ),
  ],
  [
    'G-08',
    'whoever waits is forgotten when the user signs out',
    sessionOn(
      'sessionAlone',
      awake,
      broken(session, 'on/SIGN_OUT/1/actions', () => ['persist']),
    ),
  ],
  [
    'G-09',
    'the check of the session has no timer',
    sessionOn('sessionAlone', awake, without(session, 'states/checking/after')),
  ],
  [
    'G-10',
    'the sheet is asked for a moment after the tap',
    profileBy(
      'profileBySheet',
      { way: 'getUserProfile', isSigned: true },
      userProfile.provide({
        actions: {
          ask: enqueueActions(({ context: { question, open, desc, lang }, enqueue }) => {
            const next = question + 1;
            enqueue.assign({ question: next, open: [...open, next] });
            enqueue.sendTo('getUserProfile', { type: 'ASK', question: next, desc, lang }, { delay: 1 });
          }),
        },
      }),
    ),
  ],
  [
    'G-11',
    'an unknown reason is taken for a no',
    phoneButton(
      'phoneSignInByCode',
      SIGN_IN,
      byCode,
      phoneAuthorization.provide({
        guards: {
          isKind: ({ context: { failure } }, { kind }) =>
            failure?.kind === kind || (kind === 'denied' && failure?.kind === 'unknown'),
        },
      }),
    ),
  ],
  [
    'G-12',
    'a no is followed by one more question',
    phoneButton(
      'phoneSignInByCode',
      SIGN_IN,
      byCode,
      phoneAuthorization.provide({
        guards: { mayAskAgain: ({ context }) => !context.hasAskedAgain && context.failure?.kind === 'denied' },
      }),
    ),
  ],
  [
    'G-13',
    'a call without a popup is left without an answer',
    privacyIn(
      broken(privacy, 'states/prompt/states/claimed/states/quiet/on/CONSENT.NEEDED/1/actions', (actions) =>
        Array.isArray(actions) ? actions.slice(0, 1) : actions,
      ),
    ),
  ],
  [
    'G-14',
    'a coupled button waits without end',
    phoneButton(
      'phoneCoupled',
      SIGN_IN,
      { answersByCode: true, isCoupled: true },
      without(phoneAuthorization, 'states/open/states/asking/after'),
    ),
  ],
  [
    'G-15',
    'an open sheet counts as work under way',
    phoneButton(
      'phoneSignInByCode',
      SIGN_IN,
      byCode,
      broken(phoneAuthorization, 'states/open/states/asking/tags', () => ['busy']),
    ),
  ],
  [
    'G-16',
    'the button is live whether the terms are accepted or not',
    phoneButton(
      'phoneCoupled',
      SIGN_IN,
      { answersByCode: true, hasTerms: true },
      phoneAuthorization.provide({ guards: { isLive: () => true } }),
    ),
  ],
  ['G-17', 'a timer is set beside the chart', besideTheChart],
  [
    'G-18',
    'that there is no account is a failure like any other',
    silentLoginIn(silentLogin.provide({ guards: { isUnregistered: () => false } })),
  ],
  [
    'G-19',
    'that the host account belongs to somebody else is a failure like any other',
    linkingWhere(
      'linkingForUser',
      { isSignedIn: true },
      accountLinking.provide({ guards: { isLinkedElsewhere: () => false } }),
    ),
  ],
  [
    'G-20',
    'what cannot be decrypted is a failure like any other',
    phoneButton(
      'phoneSignInEncrypted',
      SIGN_IN,
      encrypted,
      phoneAuthorization.provide({ guards: { mayAskAgain: () => false } }),
    ),
  ],
  [
    'G-21',
    'a busy server is asked again without end',
    silentLoginIn(
      silentLogin.provide({ guards: { isWorthWaiting: ({ context }) => context.failure?.kind === 'busy' } }),
    ),
  ],
  [
    'G-22',
    'a rejected name is sent',
    profileBy(
      'profileByForm',
      { way: 'avatarNickname', canChooseAvatar: true },
      userProfile.provide({ guards: { isNicknameRefused: () => false } }),
    ),
  ],
  [
    'G-23',
    'an answer is kept in plain text',
    phoneButton(
      'phoneSignInByCode',
      SIGN_IN,
      byCode,
      phoneAuthorization.provide({
        actions: {
          takeAnswer: assign((_, { phone }) => {
            const number = 'phoneCode' in phone ? phone.phoneCode : phone.encryptedData;
            return { phone: { encryptedData: number, iv: number.reveal() }, failure: null, user: null };
          }),
        },
      }),
    ),
  ],
];

interface SessionScope {
  readonly context: { readonly timing: unknown; readonly random: unknown; readonly failure: unknown };
}

// Each is caught within so few moves.
describe('a flow that was broken on purpose', () => {
  it.each(BREAKS)('is caught: %s, where %s', { timeout: 120_000 }, async (id, _, exploration) => {
    const { violations } = await explore(
      { ...exploration, bound: { moves: /^silent|^codes/.test(exploration.name) ? 8 : 4 } },
      { merges: 0 },
    );
    expect(violations.map(({ property }) => property.slice(0, 4))).toEqual([id]);
  });
});
