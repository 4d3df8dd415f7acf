import type { KeptSession } from '../../../machines/session.js';
import { storedSession } from '../../../machines/stored-session.js';
import type { Linked } from '../../../ports/account.js';
import type { Backend, Session, User } from '../../../ports/backend.js';
import type { PhoneProof } from '../../../ports/phone.js';
import type { KeyValueStore, Platform, PrivacyAnswer } from '../../../ports/platform.js';
import type { HostProfile } from '../../../ports/profile.js';
import type { Secret } from '../../../ports/secret.js';
import type { Stage } from '../../../testing/index.js';
import { CODE_LIFETIME, shortWaits } from '../flows/timing.js';

/** A host and a server whose every answer is the explorer's to choose, and what is true of them. */
export interface Surroundings {
  readonly platform: Platform;
  readonly backend: Backend;
  /** What the store holds when the app starts. */
  store(session: KeptSession): void;
  show(): void;
  goOnline(): void;
  /** Whether the server could decrypt what the host encrypts now. */
  isServerKeyCurrent(): boolean;
  /** The code of which the host has the session key now. */
  hostKey(): Secret | null;
  /** The host holds a call back until the person has answered (W-16). */
  needConsent(answer: (answer: PrivacyAnswer) => void): void;
}

/** The status by which the server says so. */
export const TOKEN_REJECTED = 401;

/** What the person answered to the host's question for the number: an answer, or what is thrown for it. */
export type PhoneAnswer = { yes: PhoneProof } | { no: Error };

export function createSurroundings(stage: Stage, abilities: Partial<Platform['abilities']>): Surroundings {
  let hostKey: Secret | null = null;
  let serverKey: Secret | null = null;
  const shown = new Set<() => void>();
  const online = new Set<() => void>();
  const storage = createStore();
  const tries = new WeakMap<object, number>();
  /** The how manieth time it is that this is sent. */
  const countTry = (sent: object) => {
    const count = (tries.get(sent) ?? 0) + 1;
    tries.set(sent, count);
    return count;
  };
  /** A login takes longer than two have to lie apart, so that nobody waits between two: the codes alone are met so. */
  const takeTime = () => stage.pass(shortWaits.loginInterval);
  let tellOfConsent: ((answer: (answer: PrivacyAnswer) => void) => void) | null = null;
  const tellAll = (listeners: Set<() => void>) => {
    for (const listener of [...listeners]) listener();
  };
  const listening = (listeners: Set<() => void>) => (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  /** An exchange brings the code's key to the server. */
  const exchanging = <Answer, Input extends { readonly code: Secret | null }>(
    name: string,
    input: Input,
    userOf: (answer: Answer) => User,
  ) =>
    stage.call<Answer>(name, input).then((answer) => {
      if (input.code && userOf(answer).openid !== null) serverKey = input.code;
      return answer;
    });
  const ofSession = ({ user }: Session) => user;
  const ofLinked = ({ user }: Linked) => user;
  const itself = (user: User) => user;

  const platform: Platform = {
    name: 'wechat',
    codeLifetime: CODE_LIFETIME,
    host: {},
    login: () =>
      stage.call<Secret>('login').then(
        (code) => {
          takeTime();
          hostKey = code;
          return code;
        },
        (error: unknown) => {
          takeTime();
          throw error;
        },
      ),
    checkSession: () => stage.call('checkSession'),
    request: (request) => stage.call('request', request),
    abilities: {
      login: true,
      phone: true,
      realtimePhone: false,
      phoneCode: false,
      profileWays: ['getUserProfile'],
      signedProfile: true,
      coupledPrivacy: false,
      privacy: false,
      ...abilities,
    },
    readPhone(detail) {
      const answer = detail as PhoneAnswer;
      if ('no' in answer) throw answer.no;
      return answer.yes;
    },
    getUserProfile: () => stage.call<HostProfile>('getUserProfile'),
    getUserInfo: () => stage.call<HostProfile>('getUserInfo'),
    readUserInfo: (detail) => detail as HostProfile,
    isUserInfoAllowed: () => stage.call('isUserInfoAllowed'),
    upload: (upload) => stage.call('upload', upload),
    getPrivacySetting: () => stage.call('getPrivacySetting'),
    onPrivacyNeeded(listener) {
      tellOfConsent = listener;
    },
    openPrivacyContract: () => stage.call('openPrivacyContract'),
    storage,
    onShow: listening(shown),
    onOnline: listening(online),
  };

  const backend: Backend = {
    name: 'explored',
    // Of a renewal counts that it is one: the answer says whether it is for the same user.
    signIn: ({ expectedUserId, ...input }) =>
      exchanging('signIn', { ...input, expectedUserId: expectedUserId && 'whoever is signed in' }, ofSession),
    phoneSignIn: (input) => exchanging('phoneSignIn', input, ofSession),
    passwordSignIn: (credentials) => stage.call('passwordSignIn', credentials),
    register: (credentials) => stage.call('register', credentials),
    setPhone: (_, input) => exchanging('setPhone', input, itself),
    setHostProfile: (_, input) => exchanging('setHostProfile', input, itself),
    setProfile: () => stage.call('setProfile'),
    uploadAvatar: () => stage.call('uploadAvatar'),
    link: (_, input) => exchanging('link', input, ofLinked),
    // One that is sent again goes on unlike one that is sent first.
    setAccount: (token, changes) => stage.call('setAccount', { token, time: countTry(changes) }),
    signOut: (token) => stage.call('signOut', token),
    authorize: (request, token) => Object.assign({ token, time: countTry(request) }, request),
    rejectsToken: ({ status }) => status === TOKEN_REJECTED,
  };

  return {
    platform,
    backend,
    store: (session) => storedSession.write(storage, backend.name, session),
    show: () => tellAll(shown),
    goOnline: () => tellAll(online),
    isServerKeyCurrent: () => hostKey !== null && hostKey === serverKey,
    hostKey: () => hostKey,
    needConsent: (answer) => tellOfConsent?.(answer),
  };
}

function createStore(): KeyValueStore {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
  };
}
