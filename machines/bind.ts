import { type ActorRefFrom, fromCallback, sendTo } from 'xstate';
import type { AccountChanges, AccountLink, Credentials, Linked } from '../ports/account.js';
import type { Backend, Session, SilentSignIn, User } from '../ports/backend.js';
import { type Failure, toFailure } from '../ports/failure.js';
import type { PhoneSignIn, PhoneUpdate } from '../ports/phone.js';
import type { Platform, ProfileLanguage } from '../ports/platform.js';
import type { HostProfile, HostProfileUpdate } from '../ports/profile.js';
import type { Secret } from '../ports/secret.js';
import { accountLinking } from './account-linking.js';
import { accountSettings } from './account-settings.js';
import { authorizedRequest } from './authorized-request.js';
import { type CodesEvent, codes, type LeaseRef, type LoginCall } from './codes.js';
import type { LeaseAnswer, LeaseEvent } from './lease.js';
import type { OpenLeases } from './open-leases.js';
import { phoneAuthorization } from './phone-authorization.js';
import { type KeptSession, type SessionEvent, session } from './session.js';
import type { Wish } from './sign-in-options.js';
import { silentLogin } from './silent-login.js';
import { storedSession } from './stored-session.js';
import { fromTask } from './task.js';
import type { Timing } from './timing.js';
import { userNews } from './user-news.js';
import { type ProfileAnswer, type ProfileForm, type ProfileQuestion, userProfile } from './user-profile.js';

export type SessionRef = ActorRefFrom<typeof session>;

type Brought = Pick<Extract<SessionEvent, { type: 'SESSION.BROUGHT' }>, 'session' | 'withUnionId'>;

/** What flows are bound to: the two ports, the owner of the host's login, and the session they share. */
export interface Bindings {
  platform: Platform;
  backend: Backend;
  timing: Timing;
  /** Sends to the owner of the codes. */
  tellCodes: (event: CodesEvent) => void;
  leases: OpenLeases;
  ensureSession: (wish: Wish) => PromiseLike<KeptSession>;
  renewSession: (token: Secret) => PromiseLike<KeptSession>;
  /**
   * Asks the backend for a user that there is, with one renewal where the token is rejected (G-05).
   *
   * `limit`: how long each answer may take, in milliseconds.
   */
  authorized: <T>(ask: (token: Secret) => PromiseLike<T>, limit: number) => PromiseLike<T>;
  /**
   * The same without a renewal, for whoever keeps the key: a renewal takes a login, which would wait for them (G-03).
   * Where one is needed it is begun, and the asker fails with `token-rejected`.
   */
  authorizedNow: <T>(ask: (token: Secret) => PromiseLike<T>) => PromiseLike<T>;
  /** The app's session, which is started if it is not running: where a flow brings the one that it has got. */
  sessionRef: () => SessionRef;
  changeUser: (user: User) => void;
  /** Tells who is signed in each time that may have changed. Answers how to stop listening. */
  watchUser: (listener: (user: User | null) => void) => () => void;
  /** Hears what goes wrong beside the flows. */
  onProblem: (failure: Failure) => void;
}

export function bindCodes({ platform }: Bindings) {
  return codes.provide({
    actors: {
      login: fromCallback<LoginCall, undefined>(({ receive, sendBack }) => {
        receive(({ call, calledAt }) => {
          platform.login().then(
            (code) => sendBack({ type: 'LOGIN.ANSWERED', call, calledAt, code } satisfies CodesEvent),
            (error: unknown) =>
              sendBack({ type: 'LOGIN.FAILED', call, failure: toFailure(error) } satisfies CodesEvent),
          );
        });
      }),
      checkSession: fromTask<boolean>(() => platform.checkSession()),
      watchShow: watchShow(platform),
      watchNetwork: watchNetwork(platform),
    },
  });
}

export function bindSession(bindings: Bindings) {
  const { platform, backend, onProblem } = bindings;
  return session.provide({
    actors: {
      readSession: fromTask<KeptSession | null>(() => storedSession.read(platform.storage, backend.name)),
      checkSession: fromTask<boolean>(() => platform.checkSession()),
      silentLogin: bindSilentLogin(bindings),
      signOut: fromTask<void, Secret>(({ input }) => backend.signOut(input)),
      watchShow: watchShow(platform),
    },
    actions: {
      persist: ({ context }) => {
        try {
          if (context.session) storedSession.write(platform.storage, backend.name, context.session);
          else storedSession.remove(platform.storage);
        } catch (error) {
          onProblem(toFailure(error));
        }
      },
      endReplaced: ({ context }) => {
        if (context.session) endQuietly(backend, context.session.token);
      },
    },
  });
}

/** A session that comes when nobody waits any more is ended. */
function hostSignIn(bindings: Bindings) {
  const { backend } = bindings;
  return fromTask<Session, SilentSignIn>(
    ({ input }) => judgeKey(bindings, input.code, backend.signIn(input), userOf),
    ({ token }) => endQuietly(backend, token),
  );
}

function broughtByHost(_: unknown, brought: Brought): SessionEvent {
  return { type: 'SESSION.BROUGHT', ...brought, byHost: true };
}

function bindSilentLogin(bindings: Bindings) {
  const { platform } = bindings;
  return silentLogin.provide({
    actors: {
      keepKey: takeCode(bindings),
      signIn: hostSignIn(bindings),
      watchNetwork: watchNetwork(platform),
    },
  });
}

export function bindPhone(bindings: Bindings) {
  const { backend, timing, authorized, authorizedNow, sessionRef, changeUser } = bindings;
  return phoneAuthorization.provide({
    actors: {
      lease: lease(bindings),
      phoneSignIn: fromTask<Session, PhoneSignIn>(
        ({ input }) => judgeKey(bindings, input.code, backend.phoneSignIn(input), userOf),
        ({ token }) => endQuietly(backend, token),
      ),
      setPhone: fromTask<User, PhoneUpdate>(({ input }) =>
        judgeKey(
          bindings,
          input.code,
          ('phoneCode' in input.phone ? authorized : authorizedNow)(
            (token) => backend.setPhone(token, input),
            timing.update,
          ),
          itself,
        ).then(telling(changeUser, itself)),
      ),
    },
    actions: {
      bringSession: sendTo(() => sessionRef(), broughtByHost),
    },
  });
}

export function bindProfile(bindings: Bindings) {
  const { platform, backend, timing, authorized, authorizedNow, sessionRef, changeUser, watchUser, onProblem } =
    bindings;
  const told = telling(changeUser, itself);
  return userProfile.provide({
    actors: {
      lease: lease(bindings),
      getUserProfile: fromCallback<ProfileQuestion>(({ receive, sendBack }) => {
        receive(({ question, desc, lang }) => {
          platform.getUserProfile({ desc, lang }).then(
            (profile) => sendBack({ type: 'SHEET.ALLOWED', question, profile } satisfies ProfileAnswer),
            (error: unknown) =>
              sendBack({ type: 'SHEET.REFUSED', question, failure: toFailure(error) } satisfies ProfileAnswer),
          );
        });
      }),
      isUserInfoAllowed: fromTask<boolean>(() => platform.isUserInfoAllowed()),
      getUserInfo: fromTask<HostProfile, { lang: ProfileLanguage }>(({ input }) => platform.getUserInfo(input)),
      watchUser: userNews(watchUser),
      signIn: hostSignIn(bindings),
      setHostProfile: fromTask<User, HostProfileUpdate>(({ input }) =>
        judgeKey(
          bindings,
          input.code,
          (input.profile.signed ? authorizedNow : authorized)(
            (token) => backend.setHostProfile(token, input),
            timing.update,
          ),
          itself,
        ).then(told),
      ),
      uploadAvatar: fromTask<string, string>(({ input }) =>
        authorized((token) => backend.uploadAvatar(token, input), timing.upload),
      ),
      setProfile: fromTask<User, ProfileForm>(({ input: { fields, sync } }) =>
        authorized((token) => backend.setProfile(token, fields, sync), timing.update).then(told),
      ),
    },
    actions: {
      bringSession: sendTo(() => sessionRef(), broughtByHost),
      report: (_, { failure }) => {
        // A server that keeps no profiles of clients does as it was told.
        if (failure && failure.kind !== 'profile-updates-off') onProblem(failure);
      },
    },
  });
}

export function bindLinking(bindings: Bindings) {
  const { backend, authorizedNow, sessionRef, changeUser, watchUser } = bindings;
  const endLate = ({ token }: Session) => endQuietly(backend, token);
  return accountLinking.provide({
    actors: {
      register: fromTask<Session, Credentials>(({ input }) => backend.register(input), endLate),
      passwordSignIn: fromTask<Session, Credentials>(({ input }) => backend.passwordSignIn(input), endLate),
      watchUser: userNews(watchUser),
      keepKey: takeCode(bindings, { isTapped: true }),
      link: fromTask<Linked, AccountLink>(({ input }) =>
        judgeKey(
          bindings,
          input.code,
          authorizedNow((token) => backend.link(token, input)),
          userOf,
        ).then(telling<Linked>(changeUser, userOf)),
      ),
    },
    actions: {
      adopt: sendTo(
        () => sessionRef(),
        (_, { session }: Pick<Brought, 'session'>): SessionEvent => ({
          type: 'SESSION.BROUGHT',
          session,
          withUnionId: false,
          byHost: false,
        }),
      ),
    },
  });
}

export function bindSettings({ backend, timing, authorized, changeUser, tellCodes }: Bindings) {
  return accountSettings.provide({
    actors: {
      setAccount: fromTask<User, AccountChanges>(({ input }) => {
        // Who submits a form has left whatever sheet was open, and a renewal may need its key (G-15).
        tellCodes({ type: 'SHEETS.LEFT', lease: null });
        return authorized((token) => backend.setAccount(token, input), timing.setAccount).then(
          telling(changeUser, itself),
        );
      }),
    },
  });
}

export function bindRequest({ ensureSession, renewSession }: Bindings) {
  return authorizedRequest.provide({
    actors: {
      ensureSession: fromTask<KeptSession, Wish>(({ input }) => ensureSession(input)),
      renewSession: fromTask<KeptSession, Secret>(({ input }) => renewSession(input)),
    },
  });
}

/** Forgets what the store holds, for a sign-out that finds no chart running. */
export function forgetStored({ platform, backend, onProblem }: Bindings): void {
  try {
    const stored = storedSession.read(platform.storage, backend.name);
    storedSession.remove(platform.storage);
    if (stored) endQuietly(backend, stored.token);
  } catch (error) {
    onProblem(toFailure(error));
  }
}

/**
 * Asks for one code at its start, and keeps its key while it lives.
 *
 * @param options `isTapped`: a person has tapped for it, and so has left whatever sheet was open elsewhere (G-15)
 */
export function takeCode({ tellCodes, leases }: Bindings, { isTapped = false } = {}) {
  return fromCallback<LeaseAnswer>(({ self, system, receive, sendBack }) => {
    receive(sendBack);
    const free = leases.open(self, system);
    if (isTapped) tellCodes({ type: 'SHEETS.LEFT', lease: self });
    tellCodes({ type: 'CODE.WANTED', lease: self });
    return free;
  });
}

/** Carries a flow's requests to the owner of the codes, and its answers back. */
function lease({ tellCodes, leases }: Bindings) {
  return fromCallback<LeaseEvent>(({ self, system, receive, sendBack }) => {
    receive((event) => {
      const asked = requestFor(event, self);
      if (asked) tellCodes(asked);
      else sendBack(event);
    });
    return leases.open(self, system);
  });
}

function requestFor(event: LeaseEvent, lease: LeaseRef): CodesEvent | null {
  switch (event.type) {
    case 'PREPARE':
      return { type: 'KEY.WANTED', lease, need: event.need };
    case 'TAP':
      return { type: 'SHEETS.LEFT', lease };
    case 'HOLD':
      return { type: 'KEY.HELD', lease };
    case 'PROVE':
      return { type: 'PROOF.WANTED', lease };
    case 'KEEP':
      return { type: 'ANSWER.GIVEN', lease };
    case 'TAKE':
      return { type: 'CODE.WANTED', lease };
    case 'FREE':
      return { type: 'LEASE.FREED', lease };
    default:
      return null;
  }
}

/**
 * The owner hears what an exchange says of the server's key, even if the flow has given up waiting.
 *
 * @param userOf whose the host account is: the server keeps no key for one that is nobody's
 */
export function judgeKey<T>(
  { tellCodes }: Bindings,
  code: Secret | null,
  exchange: PromiseLike<T>,
  userOf: (answer: T) => User,
): PromiseLike<T> {
  return exchange.then(
    (answer) => {
      if (code && userOf(answer).openid !== null) tellCodes({ type: 'CODE.EXCHANGED', code });
      return answer;
    },
    (error: unknown) => {
      if (toFailure(error).kind === 'key-stale') tellCodes({ type: 'KEY.REFUSED' });
      throw error;
    },
  );
}

/** The app's session hears what the backend now says of the user. */
function telling<T>(changeUser: Bindings['changeUser'], userOf: (answer: T) => User) {
  return (answer: T): T => {
    changeUser(userOf(answer));
    return answer;
  };
}

const userOf = ({ user }: { user: User }): User => user;
const itself = (user: User): User => user;

/** A session that nobody uses does not live on at the server, where it can be helped. */
export function endQuietly(backend: Backend, token: Secret): void {
  const leaveIt = () => {};
  backend.signOut(token).then(leaveIt, leaveIt);
}

function watchShow(platform: Platform) {
  return fromCallback(({ sendBack }) => platform.onShow(() => sendBack({ type: 'APP.SHOWN' })));
}

function watchNetwork(platform: Platform) {
  return fromCallback(({ sendBack }) => platform.onOnline(() => sendBack({ type: 'NETWORK.ONLINE' })));
}
