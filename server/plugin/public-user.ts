import { toBaasId } from './baas-id.js';
import { isReserved } from './reserved-email.js';
import type { DengluUser, Identity } from './schema.js';
import type { Known } from './users.js';

/** Who is signed in, as they themselves may read it; null where it is not known. */
export interface PublicUser {
  id: string;
  nickname: string | null;
  avatarUrl: string | null;
  /** 1 male, 2 female. */
  gender: number | null;
  country: string | null;
  province: string | null;
  city: string | null;
  /** In which the place is named: `zh_CN`. */
  language: string | null;
  openid: string | null;
  unionid: string | null;
  username: string | null;
  email: string | null;
  emailVerified: boolean;
  /** As E.164. */
  phone: string | null;
  phoneVerified: boolean;
  /** The number that the BaaS auth API knows the user by; null for one who has not signed in since there are numbers. */
  baasId: number | null;
  /** Whether nothing is known of them but a token. */
  isAnonymous: boolean;
  /** In milliseconds since the epoch. */
  createdAt: number;
}

/** @param identity the host account that their session stands on, if there is one */
export function publicUser(user: DengluUser, identity: Identity | null): PublicUser {
  return {
    id: user.id,
    nickname: user.name || null,
    avatarUrl: user.image || null,
    gender: user.gender || null,
    country: user.country || null,
    province: user.province || null,
    city: user.city || null,
    language: user.language || null,
    openid: identity?.openid ?? null,
    unionid: identity?.unionid ?? null,
    username: user.username || null,
    email: isReserved(user.email) ? null : user.email || null,
    emailVerified: user.emailVerified,
    phone: user.phoneNumber || null,
    phoneVerified: user.phoneNumberVerified === true,
    baasId: toBaasId(user),
    isAnonymous: user.isAnonymous === true,
    createdAt: new Date(user.createdAt).getTime(),
  };
}

/** What most endpoints answer. */
export function answerUser({ user, identity }: Known): { user: PublicUser } {
  return { user: publicUser(user, identity) };
}
