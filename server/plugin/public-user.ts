import { toBaasId } from './baas-id.js';
import { isReserved } from './reserved-email.js';
import type { DengluUser, Identity } from './schema.js';
import type { Known } from './users.js';

/** Who is signed in, as they themselves may read it; null where it is not known. */
export interface PublicUser {
  id: string;
  nickname: string | null;
  avatarUrl: string | null;
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
}

/** @param identity the host account that their session stands on, if there is one */
export function publicUser(user: DengluUser, identity: Identity | null): PublicUser {
  return {
    id: user.id,
    nickname: user.name || null,
    avatarUrl: user.image || null,
    openid: identity?.openid ?? null,
    unionid: identity?.unionid ?? null,
    username: user.username || null,
    email: isReserved(user.email) ? null : user.email || null,
    emailVerified: user.emailVerified,
    phone: user.phoneNumber || null,
    phoneVerified: user.phoneNumberVerified === true,
    baasId: toBaasId(user),
  };
}

/** What most endpoints answer. */
export function answerUser({ user, identity }: Known): { user: PublicUser } {
  return { user: publicUser(user, identity) };
}
