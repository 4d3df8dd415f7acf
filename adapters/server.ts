import type { Backend } from '../ports/backend.js';
import { Failure } from '../ports/failure.js';
import type { Platform } from '../ports/platform.js';
import type { Secret } from '../ports/secret.js';
import { readAvatarUrl, readDone, readLinked, readSession, readUser } from './server/answers.js';
import { authorized, bearer } from './server/authorization.js';
import {
  accountBody,
  credentialsBody,
  hostProfileBody,
  linkBody,
  phoneBody,
  phoneSignInBody,
  profileBody,
  signInBody,
  smsSignInBody,
} from './server/bodies.js';
import { isOk, readFailure } from './server/errors.js';

export { errorKinds } from './server/errors.js';

export interface ServerOptions {
  /** Where the app's server is: `https://api.example.com`. Tokens are sent nowhere else. */
  baseUrl: string;
  /** Where on it the sign-in endpoints are. Default `/api/auth`. */
  authPath?: string;
}

/** Wants no more of a platform than a way to send things. It fits wherever a `ConnectBackend` is wanted. */
export type ConnectServer = (platform: Pick<Platform, 'name' | 'request' | 'upload'>) => Backend;

/**
 * denglu's own server, or any server that carries its better-auth plugin.
 *
 * @throws Failure `misconfigured` where the base URL is none
 */
export function server(options: ServerOptions): ConnectServer {
  const baseUrl = options?.baseUrl;
  if (!/^https?:\/\/[^/?#\s][^?#\s]*$/.test(baseUrl)) {
    throw new Failure('misconfigured', { message: `"${baseUrl}" is not a base URL such as https://api.example.com` });
  }
  const { authPath = '/api/auth' } = options;
  const base = baseUrl.replace(/\/+$/, '');
  const endpoints = [base, ...authPath.split('/').filter(Boolean), 'denglu'].join('/');

  return (platform): Backend => {
    const send = (method: 'POST' | 'PUT', path: string, data: object, token?: Secret) =>
      platform.request({
        url: `${endpoints}/${path}`,
        method,
        headers: { 'content-type': 'application/json', ...(token && bearer(token)) },
        data,
      });
    const host = platform.name;

    return {
      name: endpoints,

      signIn: (input) => send('POST', `${host}/sign-in`, signInBody(input)).then(readSession),
      phoneSignIn: (input) => send('POST', `${host}/phone-sign-in`, phoneSignInBody(input)).then(readSession),
      passwordSignIn: (credentials) => send('POST', 'password-sign-in', credentialsBody(credentials)).then(readSession),
      register: (credentials) => send('POST', 'register', credentialsBody(credentials)).then(readSession),
      anonymousSignIn: () => send('POST', 'anonymous-sign-in', {}).then(readSession),
      smsSignIn: (input) => send('POST', 'sms-sign-in', smsSignInBody(input)).then(readSession),
      requestPasswordReset: (email) => send('POST', 'password-reset', { email }).then(readDone),

      readUser: (token) => platform.request({ url: `${endpoints}/user`, headers: bearer(token) }).then(readUser),

      setPhone: (token, update) => send('POST', `${host}/phone`, phoneBody(update), token).then(readUser),
      setHostProfile: (token, update) => send('POST', `${host}/profile`, hostProfileBody(update), token).then(readUser),
      setProfile: (token, fields, sync) => send('POST', 'profile', profileBody(fields, sync), token).then(readUser),
      uploadAvatar: (token, filePath) =>
        platform
          .upload({ url: `${endpoints}/avatar`, filePath, field: 'file', headers: bearer(token) })
          .then(readAvatarUrl),
      link: (token, input) => send('POST', `${host}/link`, linkBody(input), token).then(readLinked),
      setAccount: (token, changes) => send('PUT', 'account', accountBody(changes), token).then(readUser),

      signOut: (token) =>
        send('POST', 'sign-out', {}, token).then((response) => {
          if (!isOk(response) && response.status !== 401) throw readFailure(response);
        }),

      authorize: (request, token) => authorized(base, request, token),
      rejectsToken: ({ status }) => status === 401,
    };
  };
}
