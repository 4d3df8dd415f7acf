import type { User } from '../../ports/backend.js';
import { Failure } from '../../ports/failure.js';
import { secret } from '../../ports/secret.js';
import { fieldsOf, textOrNull } from '../server/fields.js';
import type { Answer, SdkUser } from './sdk.js';

/** The SDK's user as plain data. */
export function readUser(user: SdkUser): User {
  const fields = fieldsOf(user.toJSON());
  const { id } = fields;
  if (typeof id !== 'number' && !textOrNull(id)) {
    throw new Failure('unavailable', { message: 'The SDK answered something that is not a user.' });
  }
  const phone = textOrNull(fields._phone);
  return {
    id: String(id),
    nickname: textOrNull(fields.nickname),
    avatarUrl: textOrNull(fields.avatar),
    openid: textOrNull(fields.openid),
    unionid: textOrNull(fields.unionid),
    username: textOrNull(fields._username),
    email: textOrNull(fields._email),
    phone: phone === null ? null : secret(phone),
    phoneVerified: phone !== null && fields._phone_verified === true,
  };
}

/** The token that an answer of the SDK's server brings; `null` where it signs nobody in. */
export function tokenOf({ statusCode, data }: Answer): string | null {
  return statusCode >= 200 && statusCode < 300 ? textOrNull(fieldsOf(data).token) : null;
}
