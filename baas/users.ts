import type { Session } from '../ports/backend.js';
import { Failure } from '../ports/failure.js';
import type { BaasIdentity, BaasLinked, BaasUser, BaasUserCalls, BaasUserData, LegacySession } from './types.js';

/** What is needed to put users as the documentation does. */
export interface UserShape {
  /** Whether this host tells of unionids. */
  hasUnionid: boolean;
}

/**
 * @throws Failure `misconfigured` where the backend gave the user no whole number
 */
export function identityOf({ user }: Session, { hasUnionid }: UserShape): BaasIdentity {
  const { baasId, openid, unionid } = user;
  if (baasId === undefined) {
    throw new Failure('misconfigured', { message: 'This backend gives users no whole number for an id.' });
  }
  return { id: baasId, openid: openid ?? '', ...(hasUnionid && { unionid: unionid ?? '' }) };
}

export function legacySession(session: Session, shape: UserShape): LegacySession {
  return { ...identityOf(session, shape), session_expires_at: session.expiresAt };
}

export function linkedAnswer(session: Session, shape: UserShape): BaasLinked {
  const { id, ...account } = identityOf(session, shape);
  return { statusCode: 200, data: { status: 'ok', message: 'User associated.', ...account, user_id: id } };
}

/** The user's fields as plain data; the calls stand behind them, where neither JSON nor `setData` sees them. */
export function userRecord(session: Session, shape: UserShape, calls: Omit<BaasUserCalls, 'get' | 'toJSON'>): BaasUser {
  const { id, openid, unionid } = identityOf(session, shape);
  const { nickname, avatarUrl, username, email, phone, phoneVerified, details } = session.user;
  const data: BaasUserData = {
    id,
    user_id: id,
    openid,
    ...(unionid !== undefined && { unionid }),
    nickname,
    avatar: avatarUrl,
    gender: details?.gender ?? 0,
    country: details?.country ?? '',
    province: details?.province ?? '',
    city: details?.city ?? '',
    language: details?.language ?? '',
    is_authorized: nickname !== null || avatarUrl !== null,
    created_at: details ? Math.floor(details.createdAt / 1000) : null,
    _anonymous: details?.isAnonymous ?? false,
    _username: username,
    _email: email,
    _email_verified: details?.isEmailVerified ?? false,
    _phone: phone?.reveal() ?? null,
    _phone_verified: phoneVerified,
    session_expires_at: session.expiresAt,
  };
  // Apps without types may ask by what is no name, and nothing throws.
  const get = (field: unknown) => (typeof field === 'string' ? Reflect.get(data, field) : undefined);
  const behind: BaasUserCalls = { ...calls, get, toJSON: () => ({ ...data }) };
  const record: BaasUserCalls = Object.create(behind);
  return Object.assign(record, data);
}
