import { Failure, type FailureKind } from '../../ports/failure.js';
import type { HttpResponse } from '../../ports/platform.js';
import { fieldsOf } from './fields.js';

/** What each error code of denglu's server means to a flow. */
export const errorKinds: Readonly<Record<string, FailureKind>> = {
  INVALID_REQUEST: 'invalid-request',
  BODY_TOO_LARGE: 'invalid-request',
  CODE_INVALID: 'code-rejected',
  CODE_USED: 'code-rejected',
  PHONE_CODE_INVALID: 'code-rejected',
  PHONE_CODE_EXPIRED: 'code-rejected',
  TOKEN_REJECTED: 'token-rejected',
  NOT_SIGNED_IN: 'token-rejected',
  ACCOUNT_BLOCKED: 'account-blocked',
  ACCOUNT_NOT_FOUND: 'unregistered',
  NOT_FOUND: 'misconfigured',
  ACCOUNT_CHANGED: 'account-changed',
  ACCOUNT_CONFLICT: 'account-conflict',
  UNIONID_MISSING: 'misconfigured',
  RATE_LIMITED: 'rate-limited',
  HOST_BUSY: 'busy',
  STORE_UNAVAILABLE: 'busy',
  HOST_UNAVAILABLE: 'unavailable',
  HOST_MISCONFIGURED: 'misconfigured',
  HOST_NOT_PERMITTED: 'not-permitted',
  INTERNAL: 'unavailable',
  DECRYPT_FAILED: 'key-stale',
  SESSION_KEY_MISSING: 'key-stale',
  SIGNATURE_MISMATCH: 'key-stale',
  // What an honest app meets is data that lay about for too long (S-05), and a fresh tap mends that.
  WATERMARK_REFUSED: 'key-stale',
  PHONE_ALREADY_SET: 'phone-already-set',
  PHONE_TAKEN: 'phone-taken',
  USERNAME_TAKEN: 'name-taken',
  EMAIL_TAKEN: 'name-taken',
  PASSWORD_WRONG: 'password-wrong',
  PASSWORD_TOO_WEAK: 'password-too-weak',
  SMS_CODE_WRONG: 'invalid-request',
  RESET_TOKEN_INVALID: 'invalid-request',
  LINK_TAKEN: 'linked-elsewhere',
  LINK_OCCUPIED: 'link-occupied',
  ANONYMOUS_MAY_NOT_LINK: 'anonymous-user',
  PROFILE_UPDATES_OFF: 'profile-updates-off',
  AVATAR_REFUSED: 'avatar-refused',
  AVATAR_TOO_LARGE: 'avatar-refused',
};

/** By status, where the answer has no code of the server's. */
export type KindOfStatus = (status: number) => FailureKind;

/**
 * The server's own code first; a proxy in between may have answered with a bare status.
 *
 * @param kindOfStatus what such a status means to this call
 */
export function readFailure(
  { status, headers, data }: HttpResponse,
  kindOfStatus: KindOfStatus = kindOfAnyStatus,
): Failure {
  const { code, message, baasCode, retryAfter } = fieldsOf(data);
  const kind = Object.entries(errorKinds).find(([known]) => known === code)?.[1] ?? kindOfStatus(status);
  const seconds = typeof retryAfter === 'number' ? retryAfter : Number(headers['retry-after']);
  return new Failure(kind, {
    raw: { status, code, message, baasCode },
    ...(typeof message === 'string' && { message }),
    ...(seconds > 0 && { retryAfter: seconds * 1000 }),
  });
}

/** Proxies have a limit of their own for what they let through, often below the server's. */
export const kindOfUploadStatus: KindOfStatus = (status) =>
  status === 413 ? 'avatar-refused' : kindOfAnyStatus(status);

export function isOk({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}

function kindOfAnyStatus(status: number): FailureKind {
  if (status === 401) return 'token-rejected';
  if (status === 404) return 'misconfigured';
  if (status === 429) return 'rate-limited';
  if (status === 503) return 'busy';
  return status >= 400 && status < 500 ? 'invalid-request' : 'unavailable';
}
