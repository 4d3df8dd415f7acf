import type { Linked } from '../../ports/account.js';
import type { Session, User } from '../../ports/backend.js';
import { Failure } from '../../ports/failure.js';
import type { HttpResponse } from '../../ports/platform.js';
import { secret } from '../../ports/secret.js';
import { readUserDetails } from '../../ports/user-details.js';
import { isOk, type KindOfStatus, kindOfUploadStatus, readFailure } from './errors.js';
import { fieldsOf, textOrNull } from './fields.js';

export function readSession(response: HttpResponse): Session {
  const { token, expiresAt, user } = successOf(response);
  if (typeof token !== 'string' || !token || typeof expiresAt !== 'number') throw nonsense('a session');
  return { token: secret(token), expiresAt, user: toUser(user) };
}

export function readDone(response: HttpResponse): void {
  successOf(response);
}

export function readUser(response: HttpResponse): User {
  return toUser(successOf(response).user);
}

export function readLinked(response: HttpResponse): Linked {
  const { user, status } = successOf(response);
  if (status !== 'linked' && status !== 'already-linked') throw nonsense('a link');
  return { user: toUser(user), wasLinked: status === 'already-linked' };
}

export function readAvatarUrl(response: HttpResponse): string {
  const avatarUrl = textOrNull(successOf(response, kindOfUploadStatus).avatarUrl);
  if (avatarUrl === null) throw nonsense('the address of a picture');
  return avatarUrl;
}

function toUser(value: unknown): User {
  const fields = fieldsOf(value);
  const { id, nickname, avatarUrl, openid, unionid, username, email, phone, phoneVerified, baasId } = fields;
  if (typeof id !== 'string' || !id) throw nonsense('a user');
  const number = textOrNull(phone);
  const details = readUserDetails({ ...fields, isEmailVerified: fields.emailVerified });
  return {
    id,
    nickname: textOrNull(nickname),
    avatarUrl: textOrNull(avatarUrl),
    openid: textOrNull(openid),
    unionid: textOrNull(unionid),
    username: textOrNull(username),
    email: textOrNull(email),
    phone: number === null ? null : secret(number),
    phoneVerified: number !== null && phoneVerified === true,
    ...(Number.isSafeInteger(baasId) && { baasId: Number(baasId) }),
    ...(details && { details }),
  };
}

function successOf(response: HttpResponse, kindOfStatus?: KindOfStatus): Readonly<Record<string, unknown>> {
  if (!isOk(response)) throw readFailure(response, kindOfStatus);
  return fieldsOf(response.data);
}

function nonsense(wanted: string): Failure {
  return new Failure('unavailable', { message: `The server answered something that is not ${wanted}.` });
}
