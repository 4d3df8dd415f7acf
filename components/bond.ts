import type { Auth, AuthSnapshot } from '../machines/auth.js';
import { onRegistered } from '../machines/registry.js';

/** What ties a component to the app's auth, from `attached` to `detached`. */
export interface Bond {
  readonly auth: Auth | null;
  /** Whether the component may set data and tell events (G-17). */
  readonly isHeld: boolean;
  /** Begins to follow the auth; where there is one, its snapshot is heard before this returns. */
  hold(): void;
  release(): void;
}

/**
 * Finds the app's auth on the host and follows it, also when the app makes it, or makes another, later on.
 *
 * @param host the host's global object; `null` outside every known host
 * @param onSnapshot hears each snapshot while the bond is held
 */
export function bond(host: object | null, onSnapshot: (snapshot: AuthSnapshot) => void): Bond {
  let auth: Auth | null = null;
  let isHeld = false;
  let unsubscribe = () => {};
  let forget = () => {};
  const follow = (found: Auth) => {
    unsubscribe();
    auth = found;
    unsubscribe = found.subscribe(onSnapshot);
    onSnapshot(found.getSnapshot());
  };
  return {
    get auth() {
      return auth;
    },
    get isHeld() {
      return isHeld;
    },
    hold() {
      isHeld = true;
      if (host) forget = onRegistered(host, follow);
    },
    release() {
      isHeld = false;
      forget();
      unsubscribe();
    },
  };
}
