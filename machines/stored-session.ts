import type { User } from '../ports/backend.js';
import type { KeyValueStore } from '../ports/platform.js';
import { secret } from '../ports/secret.js';
import { readUserDetails } from '../ports/user-details.js';
import type { KeptSession } from './session.js';

const KEY = 'denglu:session';

/** What is written, and no more: enough to go on, and to renew likewise. */
interface Stored {
  /** Which backend the token is for. */
  backend: string;
  token: string;
  expiresAt: number;
  withUnionId: boolean;
  byHost: boolean;
  isExpiryKnown: boolean;
  user: StoredUser;
}

/** A user as text can hold it. An older version of the app may have written fewer fields. */
type StoredUser = Partial<Record<Exclude<keyof User, 'id'>, unknown>> & { id: string };

/** The session in the host's store, where it survives the app's end. What cannot be read counts as no session. */
export const storedSession = {
  read(store: KeyValueStore, backend: string): KeptSession | null {
    const stored = parse(store.get(KEY));
    if (stored?.backend !== backend) return null;
    const { token, expiresAt, withUnionId, byHost, isExpiryKnown, user } = stored;
    return { token: secret(token), expiresAt, withUnionId, byHost, isExpiryKnown, user: readUser(user) };
  },

  write(store: KeyValueStore, backend: string, session: KeptSession): void {
    const { token, expiresAt, withUnionId, byHost, isExpiryKnown, user } = session;
    const phone = user.phone?.reveal() ?? null;
    const rest = { expiresAt, withUnionId, byHost, isExpiryKnown, user: { ...user, phone } };
    const stored: Stored = { backend, token: token.reveal(), ...rest };
    store.set(KEY, JSON.stringify(stored));
  },

  /** A store that refuses to remove may still overwrite: nobody who signed out comes back. */
  remove(store: KeyValueStore): void {
    try {
      store.remove(KEY);
    } catch {
      store.set(KEY, '');
    }
  },
};

function readUser(stored: StoredUser): User {
  const phone = textOrNull(stored.phone);
  const details = typeof stored.details === 'object' && stored.details && readUserDetails({ ...stored.details });
  return {
    id: stored.id,
    nickname: textOrNull(stored.nickname),
    avatarUrl: textOrNull(stored.avatarUrl),
    openid: textOrNull(stored.openid),
    unionid: textOrNull(stored.unionid),
    username: textOrNull(stored.username),
    email: textOrNull(stored.email),
    phone: phone === null ? null : secret(phone),
    phoneVerified: stored.phoneVerified === true,
    ...(typeof stored.baasId === 'number' && { baasId: stored.baasId }),
    ...(details && { details }),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function parse(text: string | undefined): Stored | null {
  if (!text) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isStored(value) ? value : null;
  } catch {
    return null;
  }
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== 'object' || value === null) return false;
  const { backend, token, expiresAt, withUnionId, byHost, isExpiryKnown, user } = value as Partial<Stored>;
  return (
    typeof backend === 'string' &&
    typeof token === 'string' &&
    typeof expiresAt === 'number' &&
    typeof withUnionId === 'boolean' &&
    typeof byHost === 'boolean' &&
    typeof isExpiryKnown === 'boolean' &&
    typeof user === 'object' &&
    user !== null &&
    typeof user.id === 'string'
  );
}
