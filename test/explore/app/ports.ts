import type { KeptSession } from '../../../machines/session.js';
import { storedSession } from '../../../machines/stored-session.js';
import type { Linked } from '../../../ports/account.js';
import type { Backend, Session, User } from '../../../ports/backend.js';
import type { PhoneProof } from '../../../ports/phone.js';
import type { KeyValueStore, Platform } from '../../../ports/platform.js';
import type { HostProfile } from '../../../ports/profile.js';
import type { Secret } from '../../../ports/secret.js';
import type { Stage } from '../../../testing/index.js';
import { CODE_LIFETIME } from '../flows/timing.js';

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
}

/** What the person answered to the host's question for the number: an answer, or what is thrown for it. */
export type PhoneAnswer = { yes: PhoneProof } | { no: Error };

export function createSurroundings(stage: Stage, abilities: Partial<Platform['abilities']>): Surroundings {
  let hostKey: Secret | null = null;
  let serverKey: Secret | null = null;
  const shown = new Set<() => void>();
  const online = new Set<() => void>();
  const storage = createStore();
  const tellAll = (listeners: Set<() => void>) => {
    for (const listener of [...listeners]) listener();
  };
  const listening = (listeners: Set<() => void>) => (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  /** An exchange brings the code's key to the server. */
  const exchanging = <Answer>(
    name: string,
    input: { readonly code: Secret | null },
    userOf: (answer: Answer) => User,
  ) =>
    stage.call<Answer>(name, input).then((answer) => {
      if (input.code && userOf(answer).openid !== null) serverKey = input.code;
      return answer;
    });
  const ofSession = ({ user }: { user: User }) => user;
  const itself = (user: User) => user;

  const platform: Platform = {
    name: 'wechat',
    codeLifetime: CODE_LIFETIME,
    host: {},
    login: () =>
      stage.call<Secret>('login').then((code) => {
        hostKey = code;
        return code;
      }),
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
    onPrivacyNeeded: () => {},
    openPrivacyContract: () => stage.call('openPrivacyContract'),
    storage,
    onShow: listening(shown),
    onOnline: listening(online),
  };

  const backend: Backend = {
    name: 'explored',
    signIn: (input) => exchanging<Session>('signIn', input, ofSession),
    phoneSignIn: (input) => exchanging<Session>('phoneSignIn', input, ofSession),
    passwordSignIn: (credentials) => stage.call('passwordSignIn', credentials),
    register: (credentials) => stage.call('register', credentials),
    setPhone: (_, input) => exchanging<User>('setPhone', input, itself),
    setHostProfile: (_, input) => exchanging<User>('setHostProfile', input, itself),
    setProfile: () => stage.call('setProfile'),
    uploadAvatar: () => stage.call('uploadAvatar'),
    link: (_, input) => exchanging<Linked>('link', input, ofSession),
    setAccount: (_, changes) => stage.call('setAccount', changes),
    signOut: (token) => stage.call('signOut', token),
    authorize: (request) => request,
    rejectsToken: () => false,
  };

  return {
    platform,
    backend,
    store: (session) => storedSession.write(storage, backend.name, session),
    show: () => tellAll(shown),
    goOnline: () => tellAll(online),
    isServerKeyCurrent: () => hostKey !== null && hostKey === serverKey,
    hostKey: () => hostKey,
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
