import type { User } from '../ports/backend.js';
import type { KeyValueStore } from '../ports/platform.js';
import { secret } from '../ports/secret.js';
import type { KeptSession } from './session.js';

const KEY = 'denglu:session';

/** What is written, and no more: enough to go on, and to renew likewise. */
interface Stored {
  token: string;
  expiresAt: number;
  withUnionId: boolean;
  isExpiryKnown: boolean;
  user: User;
}

/** The session in the host's store, where it survives the app's end. What cannot be read counts as no session. */
export const storedSession = {
  read(store: KeyValueStore): KeptSession | null {
    const stored = parse(store.get(KEY));
    return stored && { ...stored, token: secret(stored.token) };
  },

  write(store: KeyValueStore, session: KeptSession): void {
    const { token, expiresAt, withUnionId, isExpiryKnown, user } = session;
    const stored: Stored = { token: token.reveal(), expiresAt, withUnionId, isExpiryKnown, user };
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
  const { token, expiresAt, withUnionId, isExpiryKnown, user } = value as Partial<Stored>;
  return (
    typeof token === 'string' &&
    typeof expiresAt === 'number' &&
    typeof withUnionId === 'boolean' &&
    typeof isExpiryKnown === 'boolean' &&
    typeof user === 'object' &&
    user !== null &&
    typeof user.id === 'string'
  );
}
