import type { Backend, ConnectBackend, Session, User } from '../ports/backend.js';
import { Failure, type FailureKind } from '../ports/failure.js';
import type { HttpRequest, HttpResponse } from '../ports/platform.js';
import { type Secret, secret } from '../ports/secret.js';

export interface ServerOptions {
  /** Where the app's server is: `https://api.example.com`. Tokens are sent nowhere else. */
  baseUrl: string;
  /** Where on it the sign-in endpoints are. Default `/api/auth`. */
  authPath?: string;
}

/** What each error code of denglu's server means to a flow. */
export const errorKinds: Readonly<Record<string, FailureKind>> = {
  INVALID_REQUEST: 'invalid-request',
  BODY_TOO_LARGE: 'invalid-request',
  CODE_INVALID: 'code-rejected',
  CODE_USED: 'code-rejected',
  TOKEN_REJECTED: 'token-rejected',
  ACCOUNT_BLOCKED: 'account-blocked',
  ACCOUNT_NOT_FOUND: 'unregistered',
  NOT_FOUND: 'misconfigured',
  ACCOUNT_CHANGED: 'account-changed',
  ACCOUNT_CONFLICT: 'account-conflict',
  UNIONID_MISSING: 'misconfigured',
  RATE_LIMITED: 'rate-limited',
  HOST_BUSY: 'busy',
  HOST_UNAVAILABLE: 'unavailable',
  HOST_MISCONFIGURED: 'misconfigured',
  INTERNAL: 'unavailable',
  PHONE_CODE_INVALID: 'code-rejected',
  PHONE_CODE_EXPIRED: 'code-rejected',
  DECRYPT_FAILED: 'invalid-request',
  SESSION_KEY_MISSING: 'invalid-request',
  SIGNATURE_MISMATCH: 'invalid-request',
  WATERMARK_REFUSED: 'invalid-request',
  HOST_NOT_PERMITTED: 'misconfigured',
  PHONE_ALREADY_SET: 'invalid-request',
  PHONE_TAKEN: 'account-conflict',
  LINK_TAKEN: 'account-conflict',
  LINK_OCCUPIED: 'account-conflict',
  USERNAME_TAKEN: 'account-conflict',
  EMAIL_TAKEN: 'account-conflict',
  PASSWORD_WRONG: 'invalid-request',
  PASSWORD_TOO_WEAK: 'invalid-request',
  SMS_CODE_WRONG: 'invalid-request',
  RESET_TOKEN_INVALID: 'invalid-request',
  PROFILE_UPDATES_OFF: 'misconfigured',
  ANONYMOUS_MAY_NOT_LINK: 'invalid-request',
  AVATAR_REFUSED: 'invalid-request',
  AVATAR_TOO_LARGE: 'invalid-request',
};

/**
 * denglu's own server, or any server that carries its better-auth plugin.
 *
 * @throws Failure `misconfigured` where the base URL is none
 */
export function server({ baseUrl, authPath = '/api/auth' }: ServerOptions): ConnectBackend {
  if (!/^https?:\/\/[^/?#\s][^?#\s]*$/.test(baseUrl)) {
    throw new Failure('misconfigured', { message: `"${baseUrl}" is not a base URL such as https://api.example.com` });
  }
  const base = baseUrl.replace(/\/+$/, '');
  const endpoints = [base, ...authPath.split('/').filter(Boolean), 'denglu'].join('/');

  return (platform): Backend => {
    const post = (path: string, data: object, headers: Record<string, string> = {}) =>
      platform.request({
        url: `${endpoints}/${path}`,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        data,
      });

    return {
      signIn: ({ code, createUser, withUnionId, expectedUserId }) =>
        post(`${platform.name}/sign-in`, {
          code: code.reveal(),
          createUser,
          withUnionId,
          ...(expectedUserId !== null && { expectedUserId }),
        }).then(readSession),

      signOut: (token) =>
        post('sign-out', {}, bearer(token)).then((response) => {
          if (!isOk(response) && response.status !== 401) throw readFailure(response);
        }),

      authorize: (request, token) => ({
        ...request,
        url: absolute(base, request),
        headers: { ...withoutAuthorization(request.headers), ...bearer(token) },
      }),

      rejectsToken: ({ status }) => status === 401,
    };
  };
}

function bearer(token: Secret): Record<string, string> {
  return { authorization: `Bearer ${token.reveal()}` };
}

/** Names of headers have no case: two of them would both be sent. */
function withoutAuthorization(headers: HttpRequest['headers'] = {}): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() !== 'authorization') kept[name] = value;
  }
  return kept;
}

function absolute(base: string, { url }: HttpRequest): string {
  if (url.startsWith('/')) return base + url;
  if (url === base || url.startsWith(`${base}/`) || url.startsWith(`${base}?`)) return url;
  const [elsewhere] = url.split(/[?#]/);
  throw new Failure('misconfigured', { message: `The session's token is for ${base} only, not for ${elsewhere}` });
}

function readSession(response: HttpResponse): Session {
  if (!isOk(response)) throw readFailure(response);
  const { token, expiresAt, user } = fieldsOf(response.data);
  const { id, nickname, avatarUrl, openid, unionid } = fieldsOf(user);
  if (typeof token !== 'string' || !token || typeof expiresAt !== 'number' || typeof id !== 'string' || !id) {
    throw new Failure('unavailable', { message: 'The server answered something that is not a session.' });
  }
  return {
    token: secret(token),
    expiresAt,
    user: {
      id,
      nickname: textOrNull(nickname),
      avatarUrl: textOrNull(avatarUrl),
      openid: textOrNull(openid),
      unionid: textOrNull(unionid),
    } satisfies User,
  };
}

/** The server's own code first; a proxy in between may have answered with a bare status. */
function readFailure({ status, headers, data }: HttpResponse): Failure {
  const { code, message, retryAfter } = fieldsOf(data);
  const kind = Object.entries(errorKinds).find(([known]) => known === code)?.[1] ?? kindOfStatus(status);
  const seconds = typeof retryAfter === 'number' ? retryAfter : Number(headers['retry-after']);
  return new Failure(kind, {
    raw: { status, code, message },
    ...(typeof message === 'string' && { message }),
    ...(seconds > 0 && { retryAfter: seconds * 1000 }),
  });
}

function kindOfStatus(status: number): FailureKind {
  if (status === 401) return 'token-rejected';
  if (status === 404) return 'misconfigured';
  if (status === 429) return 'rate-limited';
  if (status === 503) return 'busy';
  return status >= 400 && status < 500 ? 'invalid-request' : 'unavailable';
}

function isOk({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
