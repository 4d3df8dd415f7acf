import type { Auth } from '../machines/auth.js';
import { type AuthOptions, composeAuth } from '../machines/create-auth.js';
import { directCalls } from '../machines/direct-calls.js';
import type { Session } from '../ports/backend.js';
import { Failure, toFailure } from '../ports/failure.js';
import { accountSignIns, setAccount } from './accounts.js';
import { isObject, needText } from './arguments.js';
import type { BaasContext } from './context.js';
import { currentUser } from './current-user.js';
import { isBaasError, notInitialised, notSignedIn, toBaasError, wrongParameter } from './errors.js';
import { isTold, link } from './links.js';
import { updatePhoneNumber } from './phones.js';
import { legacyUserInfo, updateUserInfo } from './profiles.js';
import { hostSignIns } from './sign-in.js';
import { createTurns } from './turns.js';
import type { BaasAuth, BaasUser, BaasUserCalls, LegacySession, LegacyUserInfo, LinkOptions } from './types.js';
import { identityOf, legacySession, userRecord } from './users.js';

/** What `createAuth` takes, but for what the documented calls say by themselves. */
export type BaasOptions = Omit<AuthOptions, 'defaults'>;

export interface BaaS {
  /**
   * Begins: restores the session and watches the host. Every call before it rejects with 602.
   *
   * @param clientId what other servers know the app by; this one is found by the backend's address
   */
  init(clientId?: string): void;
  readonly auth: BaasAuth;
  /**
   * As before SDK 2: the silent sign-in.
   *
   * @param forceLogin has to be `false`; asking the person by this call is gone from the host, and rejects with 605
   */
  login(forceLogin?: boolean): Promise<LegacySession>;
  /**
   * As before SDK 2: the event of a `getUserInfo` button. A refusal rejects with a plain {@link LegacySession}, everything
   * else with an error.
   */
  handleUserInfo(event: object): Promise<LegacyUserInfo>;
  /** The flows themselves, which prepare what a tap needs before it: `flows.phone()`, `flows.profile()`, … */
  readonly flows: Auth;
}

/**
 * The documented calls of the BaaS SDK over denglu's flows.
 *
 * Every call answers a promise, and rejects with a `BaasError`; nothing throws but this, where an adapter is missing.
 *
 * @throws Failure `misconfigured` where the platform or the backend is missing
 *
 * @example
 * wx.BaaS = createBaaS({ platform: wechat(), backend: server({ baseUrl: 'https://api.example.com' }) })
 * wx.BaaS.init()
 */
export function createBaaS(options: BaasOptions): BaaS {
  const core = composeAuth(options);
  const { auth, bindings, current } = core;
  const { platform } = bindings;
  const shape = { hasUnionid: platform.name === 'wechat' };
  let isInitialised = false;

  const identity = () => {
    const session = current();
    return session?.user.baasId === undefined ? null : identityOf(session, shape);
  };

  /** Nothing is thrown, and whatever is rejected is a documented error. */
  function answer<T>(work: () => T | PromiseLike<T>): Promise<T> {
    return new Promise<T>((resolve) => {
      if (!isInitialised) throw notInitialised();
      resolve(work());
    }).catch((error: unknown) => {
      throw isBaasError(error) ? error : toBaasError(toFailure(error), identity);
    });
  }

  const context: BaasContext = {
    auth,
    bindings,
    calls: directCalls(core),
    turns: createTurns<Session>(),
    identity,
    record: (session) => userRecord(session, shape, callsOf(session.user.id)),
    need(userId) {
      const session = current();
      if (!session || (userId !== undefined && session.user.id !== userId)) throw notSignedIn();
      return session;
    },
  };
  const { record, turns } = context;
  const byHost = hostSignIns(context);
  const byAccount = accountSignIns(context);
  const readCurrentUser = currentUser(context);

  function callsOf(userId: string): Omit<BaasUserCalls, 'get' | 'toJSON'> {
    const set = (account: Parameters<typeof setAccount>[2]) => answer(() => setAccount(context, userId, account));
    const linkTo = (host: string, data: unknown, more: LinkOptions | undefined) =>
      answer(() => {
        onlyOn(host);
        return link(context, shape, userId, data, more);
      });
    return {
      linkWechat: (first, more) =>
        isTold(first) ? linkTo('wechat', first, more) : linkTo('wechat', null, first ?? more),
      linkBaidu: (data, more) => linkTo('baidu', data, more),
      setUsername: (username) => set({ username }),
      setEmail: (email) => set({ email }),
      setMobilePhone: (phone) => set({ phone }),
      updatePassword: (passwords) => answer(() => setAccount(context, userId, passwordsOf(passwords))),
      setAccount: (account) => answer(() => setAccount(context, userId, isObject(account) ? account : {})),
    };
  }

  function onlyOn(host: string): void {
    if (platform.name !== host) throw new Failure('unsupported', { message: `This is ${platform.name}, not ${host}.` });
  }

  const recorded = (work: () => PromiseLike<Session>): Promise<BaasUser> => answer(() => work().then(record));

  const loginOn =
    (host: string, canPhone: boolean): BaasAuth['loginWithWechat'] =>
    (data, more) =>
      recorded(() => {
        onlyOn(host);
        return byHost.by(data, more, canPhone);
      });

  return {
    flows: auth,

    init() {
      isInitialised = true;
      auth.start();
    },

    auth: {
      loginWithWechat: loginOn('wechat', true),
      loginWithBaidu: loginOn('baidu', false),
      updateUserInfo: (data, more) => answer(() => updateUserInfo(context, data, more)),
      updatePhoneNumber: (data, more) => answer(() => updatePhoneNumber(context, data, more)),
      login: (more) => recorded(() => byAccount.login(more)),
      register: (more) => recorded(() => byAccount.register(more)),
      anonymousLogin: () => recorded(() => byAccount.anonymously()),
      loginWithSmsVerificationCode: (phone, code, more) => recorded(() => byAccount.bySms(phone, code, more)),
      requestPasswordReset: (more) => answer(() => byAccount.requestPasswordReset(more)),

      getCurrentUser: () => answer(readCurrentUser),

      logout: () =>
        answer(() => {
          turns.callOff();
          return auth.signOut();
        }),
    },

    login: (forceLogin) =>
      answer(async () => {
        if (forceLogin !== false) throw wrongParameter('Only login(false) is left: a button has to ask the person.');
        return legacySession(await byHost.silent({ createUser: true, withUnionId: false }), shape);
      }),

    handleUserInfo: (event) => {
      const told = answer(async () => {
        if (!isObject(event)) throw wrongParameter('The event of a getUserInfo button has to come first.');
        const wish = { createUser: true, withUnionId: false };
        const { session, profile } = await byHost.byUserInfo(event, wish, undefined);
        return legacyUserInfo(legacySession(session, shape), profile);
      });
      return told.catch((error: unknown) => {
        const session = isInitialised && current();
        const isRefused = isBaasError(error) && error.code === 603 && session;
        throw isRefused ? legacySession(session, shape) : error;
      });
    },
  };
}

function passwordsOf(passwords: unknown): { password?: string; newPassword: string } {
  const given = isObject(passwords) ? passwords : {};
  const newPassword = needText(Reflect.get(given, 'newPassword'), 'newPassword');
  const password: unknown = Reflect.get(given, 'password');
  return password === undefined || password === null
    ? { newPassword }
    : { newPassword, password: needText(password, 'password') };
}
