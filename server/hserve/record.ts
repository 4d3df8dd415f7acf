import type { AuthContext } from 'better-auth';
import { baasIdOf } from '../plugin/baas-id.js';
import { publicUser } from '../plugin/public-user.js';
import type { SignedIn } from '../plugin/sessions.js';
import { signToken } from '../plugin/token.js';
import type { Known } from '../plugin/users.js';

/** Most that a client of this protocol is told, in seconds: 30 days. */
const LONGEST = 30 * 24 * 3600;

const seconds = (at: Date | number) => Math.floor(new Date(at).getTime() / 1000);

/** A user as this protocol writes them, times in seconds. A gender that is not known is 0, and a place is empty. */
export async function userRecord(context: AuthContext, { user, identity }: Known) {
  const shown = publicUser(user, identity);
  const { openid, unionid } = shown;
  return {
    id: await baasIdOf(context, user),
    avatar: shown.avatarUrl,
    nickname: shown.nickname,
    gender: shown.gender ?? 0,
    country: shown.country ?? '',
    province: shown.province ?? '',
    city: shown.city ?? '',
    language: shown.language ?? '',
    openid,
    unionid,
    is_authorized: shown.nickname !== null || shown.avatarUrl !== null,
    created_at: seconds(shown.createdAt),
    updated_at: seconds(user.updatedAt),
    _anonymous: shown.isAnonymous,
    _username: shown.username,
    _email: shown.email,
    _email_verified: shown.emailVerified,
    _phone: shown.phone,
    _phone_verified: shown.phoneVerified,
    _provider: identity ? { [identity.host]: { openid, unionid } } : {},
  };
}

export type UserRecord = Awaited<ReturnType<typeof userRecord>>;

function tokenOf(context: AuthContext, { session }: SignedIn) {
  const left = Math.floor((session.expiresAt.getTime() - Date.now()) / 1000);
  return { token: signToken(context, session.token), expires_in: Math.min(left, LONGEST) };
}

/** What a sign-in with a host account answers. */
export async function hostLogin(context: AuthContext, signedIn: SignedIn) {
  return { ...tokenOf(context, signedIn), user_info: await userRecord(context, signedIn) };
}

/** What every other sign-in answers. */
export async function flatLogin(context: AuthContext, signedIn: SignedIn) {
  const record = await userRecord(context, signedIn);
  return { ...record, user_id: record.id, ...tokenOf(context, signedIn) };
}
