import type { Backend, User } from '../ports/backend.js';
import { type Clock, systemClock } from '../ports/clock.js';
import { Failure } from '../ports/failure.js';
import type { PhoneProof } from '../ports/phone.js';
import type { Platform } from '../ports/platform.js';
import type { Secret } from '../ports/secret.js';
import { readUser } from './minapp/answers.js';
import { callingAlone } from './minapp/calling-alone.js';
import { entering } from './minapp/entering.js';
import { type Kinds, readError, unlessPassword } from './minapp/failures.js';
import { keptSession } from './minapp/kept.js';
import { lendCode } from './minapp/lend-code.js';
import { limitWaits } from './minapp/limits.js';
import { loggingIn } from './minapp/logging-in.js';
import { quietly } from './minapp/quietly.js';
import { renewingKey } from './minapp/renewing-key.js';
import type { MinappSdk } from './minapp/sdk.js';
import { takingOver } from './minapp/taking-over.js';
import { takingTurns } from './minapp/turns.js';
import { absolute, withoutAuthorization } from './server/authorization.js';

export type { MinappSdk } from './minapp/sdk.js';

export interface MinappOptions {
  /** The SDK that the app runs already, `wx.BaaS`. */
  baas: MinappSdk;
  clientId: string;
  /** The server of the SDK: `https://api.example.com`. Tokens are sent nowhere else. */
  baseUrl: string;
  /** What else `BaaS.init` takes: `env`, `ws_host`, `logLevel`. */
  init?: object;
  /**
   * How long a call of the SDK is waited for, and how long the SDK itself waits for each thing that a call about users
   * needs of the host, the app's own calls included; in milliseconds. Default 30000.
   */
  timeout?: number;
  clock?: Clock;
}

/** Wants no more of a platform than a way to send things. It fits wherever a `ConnectBackend` is wanted. */
export type ConnectMinapp = (platform: Pick<Platform, 'request'>) => Backend;

/**
 * An app that runs the BaaS SDK, 3.22.0 to 3.23.6: the SDK itself signs in, and the session that it keeps is the one that
 * the rest of the app uses. It is initialised here, in the place of the app's own `BaaS.init`, with its autoLogin off.
 *
 * Whoever the SDK keeps is who is signed in. Where the app itself signs out, or somebody else in, by the SDK, renewals and
 * calls for the earlier user fail with `account-changed` or `token-rejected` (G-06), and the next silent sign-in that may
 * be anybody's takes the SDK's session as it is. A call that meets the same call of the app's own is `busy`.
 *
 * The SDK tells of a refusal no more than 400, and sometimes a text. So one by phone code, or after the key was renewed,
 * is taken to be for the number; one without is `key-stale` first, which one more tap settles. What the SDK has no call
 * for, as uploading a picture, is `unsupported`.
 *
 * @throws Failure `misconfigured` where the base URL is none, or the SDK is not there (yet)
 */
export function minapp(options: MinappOptions): ConnectMinapp {
  const baseUrl = options?.baseUrl;
  if (!/^https?:\/\/[^/?#\s][^?#\s]*$/.test(baseUrl)) {
    throw new Failure('misconfigured', { message: `"${baseUrl}" is not a base URL.` });
  }
  const { baas, clientId, init = {}, timeout = 30_000, clock = systemClock } = options;
  if (typeof baas?.init !== 'function') {
    throw new Failure('misconfigured', { message: 'baas has no init: hand over wx.BaaS once the SDK is loaded.' });
  }
  const base = baseUrl.replace(/\/+$/, '');
  baas.init(clientId, { ...init, host: base, autoLogin: false });

  const headersOf = (token: string) => ({
    authorization: `Hydrogen-r1 ${token}`,
    'x-hydrogen-client-id': clientId,
  });

  /** Ends a session that the SDK does not keep. */
  const endAt = (platform: Pick<Platform, 'request'>, token: string) =>
    platform.request({
      url: `${base}/hserve/v2.0/session/destroy/`,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headersOf(token) },
      data: {},
    });
  let connected: Pick<Platform, 'request'> | null = null;
  const end = (token: string) => {
    const platform = connected;
    if (platform) quietly(() => endAt(platform, token));
  };

  const { auth } = baas;
  limitWaits(baas, { clock, limit: timeout, end });
  const kept = keptSession(baas);
  const takeTurn = takingTurns(clock, timeout);
  const callAlone = callingAlone(baas, end);
  const logIn = loggingIn(kept, callAlone, end);
  const enter = entering(kept, logIn, takeTurn);
  const renewKey = renewingKey(baas, logIn);
  const takeOver = takingOver(baas, kept, renewKey);
  const noteGone = () => {
    if (kept.token() === null) kept.claim();
  };
  const forget = () => quietly(() => baas.clearSession()).then(noteGone);

  /** A call for whoever has this token. A token that the SDK does not keep, or that is refused, is not kept any more. */
  const asUser = (token: Secret, kinds: Kinds, call: () => PromiseLike<User>): Promise<User> =>
    takeTurn(() => {
      if (kept.token() !== token.reveal()) return Promise.reject(new Failure('token-rejected'));
      return Promise.resolve()
        .then(call)
        .then(undefined, (error: unknown) => {
          const failure = readError(error, kinds);
          if (failure.kind !== 'token-rejected' || kept.token() !== token.reveal()) throw failure;
          return forget().then(() => {
            throw failure;
          });
        });
    });

  const backend = (platform: Pick<Platform, 'request'>): Backend => ({
    name: `${base}/hserve`,

    signIn: ({ code, createUser, withUnionId, expectedUserId }) =>
      enter(
        () =>
          lendCode(baas, code, () =>
            auth.loginWithWechat(null, {
              createUser: createUser && expectedUserId === null,
              withUnionID: withUnionId,
            }),
          ),
        {
          isOwn: (data) => data.code === code.reveal(),
          kinds: { 400: 'code-rejected', 403: 'account-blocked' },
          expectedUserId,
          standing: () => takeOver(code, expectedUserId),
        },
      ),

    phoneSignIn: ({ phone, code, createUser }) =>
      enter(() => auth.loginWithWechat(phoneEvent(phone), { code: code.reveal(), createUser }), {
        isOwn: (data) => data.code === code.reveal(),
        kinds: { 400: 'phoneCode' in phone ? 'code-rejected' : 'key-stale', 403: 'not-permitted' },
      }),

    passwordSignIn: ({ by, name, password }) =>
      enter(() => auth.login({ [by]: name.reveal(), password: password.reveal() }), {
        isOwn: (data) => data[by] === name.reveal() && data.password === password.reveal(),
        kinds: { 400: 'password-wrong', 403: 'account-blocked', 404: 'password-wrong' },
      }),

    register: ({ by, name, password }) =>
      enter(() => auth.register({ [by]: name.reveal(), password: password.reveal() }), {
        isOwn: (data) => data[by] === name.reveal() && data.password === password.reveal(),
        kinds: { 400: unlessPassword(by === 'phone' ? 'phone-taken' : 'name-taken') },
      }),

    setPhone: (token, { phone, code, overwrite }) => {
      const proof = 'phoneCode' in phone ? phone.phoneCode : phone.encryptedData;
      const update = () =>
        callAlone(
          {
            isOwn: ({ phone_code, encryptedData }) => phone_code === proof.reveal() || encryptedData === proof.reveal(),
          },
          () => auth.updatePhoneNumber(phoneEvent(phone), { overwrite }),
        ).then(readUser);
      // A key that was renewed by the code from before the sheet is the one that the number was encrypted with.
      const isKeySure = 'phoneCode' in phone || code !== null;
      const refused = overwrite ? 'phone-taken' : 'phone-already-set';
      const kinds: Kinds = { 400: isKeySure ? refused : 'key-stale', 403: 'not-permitted', 404: 'key-stale' };
      return asUser(token, kinds, () => (code === null ? update() : renewKey(code).then(update)));
    },

    setHostProfile: (token, { profile, code, sync }) => {
      const { nickname: nickName, avatarUrl, details, signed } = profile;
      const sealed = signed && { ...signed, encryptedData: signed.encryptedData.reveal() };
      // The documented `false` is taken for `setnx`.
      const syncUserProfile = sync === false ? 'false' : sync;
      const told = { userInfo: { nickName, avatarUrl, ...details }, ...sealed };
      // It sends nothing signed without a code, whatever key the server holds.
      if (signed && code === null) return Promise.reject(new Failure('key-stale'));
      const isOwn = (data: Readonly<Record<string, unknown>>) =>
        (code !== null && data.code === code.reveal()) || (data.nickName === nickName && data.avatarUrl === avatarUrl);
      return asUser(token, { 400: 'key-stale' }, () =>
        callAlone({ isOwn }, () =>
          auth.updateUserInfo(told, { syncUserProfile, ...(code && { code: code.reveal() }) }),
        ).then(readUser),
      );
    },

    setProfile: () => Promise.reject(lacking('a form for the profile')),
    uploadAvatar: () => Promise.reject(lacking('pictures')),

    link: (token, { code, withUnionId, overwrite }) => {
      if (overwrite) return Promise.reject(lacking('replacing a link'));
      let openid: string | null = null;
      return asUser(token, { 400: 'linked-elsewhere', 403: 'anonymous-user' }, () =>
        auth.getCurrentUser().then((user) => {
          openid = readUser(user).openid;
          return lendCode(baas, code, () => user.linkWechat({ withUnionID: withUnionId }))
            .then(() => auth.getCurrentUser())
            .then(readUser);
        }),
      ).then((user) => ({ user, wasLinked: openid !== null && openid === user.openid }));
    },

    setAccount: (token, { username, email, phone, password, currentPassword }) => {
      const names = {
        ...(username !== undefined && { username }),
        ...(email !== undefined && { email }),
        ...(phone !== undefined && { phone: phone.reveal() }),
        ...(password && !currentPassword && { password: password.reveal() }),
      };
      const hasNames = Object.keys(names).length > 0;
      const taken = username === undefined && email === undefined ? 'phone-taken' : 'name-taken';
      const isNamed = username !== undefined || email !== undefined || phone !== undefined;
      return asUser(token, { 400: isNamed ? unlessPassword(taken) : 'password-too-weak' }, () =>
        auth
          .getCurrentUser()
          .then((user) => (hasNames ? user.setAccount(names) : user))
          .then((user) =>
            password && currentPassword
              ? user
                  .updatePassword({ password: currentPassword.reveal(), newPassword: password.reveal() })
                  .then(undefined, (error: unknown) => {
                    throw readError(error, { 400: unlessPassword('password-wrong') });
                  })
              : user,
          )
          .then(readUser),
      );
    },

    /** Where the SDK keeps this session it logs out, and keeps it no longer whatever comes of that. */
    signOut: (token) => {
      const isKept = () => kept.token() === token.reveal();
      const forgetIt = () => (isKept() ? forget() : Promise.resolve());
      const logOut = () =>
        Promise.resolve()
          .then(() => auth.logout())
          .then(noteGone)
          .then(() => true);
      return takeTurn(() => (isKept() ? logOut() : Promise.resolve(false)))
        .then((isEnded) => (isEnded ? undefined : endAt(platform, token.reveal())))
        .then(forgetIt, (error: unknown) =>
          forgetIt().then(() => {
            const failure = readError(error);
            if (failure.kind !== 'token-rejected') throw failure;
          }),
        );
    },

    authorize: (request, token) => {
      const url = absolute(base, request);
      // While a call of ours is under way, what is kept may be on its way to be another.
      if (takeTurn.isFree() && kept.isByApp() && kept.token() !== token.reveal()) throw new Failure('token-rejected');
      return { ...request, url, headers: { ...withoutAuthorization(request.headers), ...headersOf(token.reveal()) } };
    },
    rejectsToken: ({ status }) => status === 401,
  });

  return (platform) => {
    connected = platform;
    return backend(platform);
  };
}

/**
 * What the page would have heard, made anew: the SDK writes into what it is given. It wants cipher text beside a code,
 * of which its server reads the code alone (W-13).
 */
function phoneEvent(phone: PhoneProof): object {
  if ('phoneCode' in phone) {
    return { detail: { code: phone.phoneCode.reveal(), encryptedData: 'by-code', iv: 'by-code' } };
  }
  return { detail: { encryptedData: phone.encryptedData.reveal(), iv: phone.iv } };
}

function lacking(what: string): Failure {
  return new Failure('unsupported', { message: `The BaaS SDK has no call for ${what}.` });
}
