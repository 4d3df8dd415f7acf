import type { Backend, User } from '../ports/backend.js';
import { type Clock, systemClock } from '../ports/clock.js';
import { Failure } from '../ports/failure.js';
import type { PhoneProof } from '../ports/phone.js';
import type { Platform } from '../ports/platform.js';
import type { Secret } from '../ports/secret.js';
import { readUser } from './minapp/answers.js';
import { entering, quietly } from './minapp/entering.js';
import { type Kinds, readError, unlessPassword } from './minapp/failures.js';
import { keptSession } from './minapp/kept.js';
import { lendCode } from './minapp/lend-code.js';
import { renewKey } from './minapp/renew-key.js';
import type { MinappSdk } from './minapp/sdk.js';
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
  /** How long a call of the SDK is waited for, in milliseconds. Default 30000. */
  timeout?: number;
  clock?: Clock;
}

/** Wants no more of a platform than a way to send things. It fits wherever a `ConnectBackend` is wanted. */
export type ConnectMinapp = (platform: Pick<Platform, 'request'>) => Backend;

/**
 * An app that runs the BaaS SDK, 3.22.0 to 3.23.6: the SDK itself signs in, and the session that it keeps is the one that
 * the rest of the app uses. It is initialised here, in the place of the app's own `BaaS.init`, with its autoLogin off.
 *
 * The SDK tells of a refusal no more than 400, and sometimes a text. So one by phone code, or after the key was renewed,
 * is taken to be for the number; one without is `key-stale` first, which one more tap settles. What the SDK has no call
 * for, as uploading a picture, is `unsupported`.
 *
 * @throws Failure `misconfigured` where the base URL is none
 */
export function minapp(options: MinappOptions): ConnectMinapp {
  const { baas, clientId, init = {}, timeout = 30_000, clock = systemClock } = options;
  if (!/^https?:\/\/[^/?#\s][^?#\s]*$/.test(options.baseUrl)) {
    throw new Failure('misconfigured', { message: `"${options.baseUrl}" is not a base URL.` });
  }
  const base = options.baseUrl.replace(/\/+$/, '');
  baas.init(clientId, { ...init, host: base, autoLogin: false });

  const { auth } = baas;
  const kept = keptSession(baas);
  const takeTurn = takingTurns(clock, timeout);
  const enter = entering(baas, takeTurn);
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

  /** A call for whoever has this token. A token that the SDK does not keep, or that is refused, is not kept any more. */
  const asUser = (token: Secret, kinds: Kinds, call: () => PromiseLike<User>): Promise<User> =>
    takeTurn(() => {
      if (kept.token() !== token.reveal()) return Promise.reject(new Failure('token-rejected'));
      return Promise.resolve()
        .then(call)
        .then(undefined, (error: unknown) => {
          const failure = readError(error, kinds);
          if (failure.kind !== 'token-rejected') throw failure;
          return quietly(() => baas.clearSession()).then(() => {
            throw failure;
          });
        });
    });

  return (platform): Backend => ({
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
        { kinds: { 400: 'code-rejected', 403: 'account-blocked' }, expectedUserId },
      ),

    phoneSignIn: ({ phone, code, createUser }) =>
      enter(() => auth.loginWithWechat(phoneEvent(phone), { code: code.reveal(), createUser }), {
        kinds: { 400: 'phoneCode' in phone ? 'code-rejected' : 'key-stale', 403: 'not-permitted' },
      }),

    passwordSignIn: ({ by, name, password }) =>
      enter(() => auth.login({ [by]: name.reveal(), password: password.reveal() }), {
        kinds: { 400: 'password-wrong', 403: 'account-blocked', 404: 'password-wrong' },
      }),

    register: ({ by, name, password }) =>
      enter(() => auth.register({ [by]: name.reveal(), password: password.reveal() }), {
        kinds: { 400: unlessPassword(by === 'phone' ? 'phone-taken' : 'name-taken') },
      }),

    setPhone: (token, { phone, code, overwrite }) => {
      const update = () => auth.updatePhoneNumber(phoneEvent(phone), { overwrite }).then(readUser);
      // A key that was renewed by the code from before the sheet is the one that the number was encrypted with.
      const isKeySure = 'phoneCode' in phone || code !== null;
      const refused = overwrite ? 'phone-taken' : 'phone-already-set';
      const kinds: Kinds = { 400: isKeySure ? refused : 'key-stale', 403: 'not-permitted', 404: 'key-stale' };
      return asUser(token, kinds, () =>
        code === null ? update() : renewKey(baas, code, (extra) => quietly(() => endAt(platform, extra))).then(update),
      );
    },

    setHostProfile: (token, { profile, code, sync }) => {
      const { nickname: nickName, avatarUrl, details, signed } = profile;
      const sealed = signed && { ...signed, encryptedData: signed.encryptedData.reveal() };
      // The documented `false` is taken for `setnx`.
      const syncUserProfile = sync === false ? 'false' : sync;
      const told = { userInfo: { nickName, avatarUrl, ...details }, ...sealed };
      // It sends nothing signed without a code, whatever key the server holds.
      if (signed && code === null) return Promise.reject(new Failure('key-stale'));
      return asUser(token, { 400: 'key-stale' }, () =>
        auth.updateUserInfo(told, { syncUserProfile, ...(code && { code: code.reveal() }) }).then(readUser),
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
      const end = (): PromiseLike<unknown> => (isKept() ? auth.logout() : endAt(platform, token.reveal()));
      const forget = () => (isKept() ? quietly(() => baas.clearSession()) : Promise.resolve());
      return takeTurn(() => Promise.resolve().then(end)).then(forget, (error: unknown) =>
        forget().then(() => {
          const failure = readError(error);
          if (failure.kind !== 'token-rejected') throw failure;
        }),
      );
    },

    authorize: (request, token) => ({
      ...request,
      url: absolute(base, request),
      headers: { ...withoutAuthorization(request.headers), ...headersOf(token.reveal()) },
    }),
    rejectsToken: ({ status }) => status === 401,
  });
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
