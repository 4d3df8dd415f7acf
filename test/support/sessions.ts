import type { KeptSession } from '../../machines/session.js';
import { secret } from '../../ports/secret.js';

/** A session for tests that want one without signing in. */
export function aSession(over: Partial<KeptSession> & { userId?: string } = {}): KeptSession {
  const { userId = 'user-1', ...rest } = over;
  return {
    user: {
      id: userId,
      nickname: null,
      avatarUrl: null,
      openid: 'o-1',
      unionid: null,
      username: null,
      email: null,
      phone: null,
      phoneVerified: false,
    },
    token: secret('token-1'),
    expiresAt: 7 * 24 * 60 * 60 * 1000,
    withUnionId: false,
    byHost: true,
    isExpiryKnown: true,
    ...rest,
  };
}
