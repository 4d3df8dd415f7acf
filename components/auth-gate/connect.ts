import type { AuthSnapshot } from '../../machines/auth.js';
import type { AuthGateShown } from './types.js';

/** Plain data for the template. */
export interface AuthGateView {
  shown: AuthGateShown;
}

/**
 * What the gate shows.
 *
 * @param snapshot the app's auth as it stands; `null` where no auth was created
 * @param before what it has shown so far: a sign-in that was begun on the fallback must not take its button away
 * (G-15), so only a gate that has not decided yet waits
 */
export function connect(snapshot: AuthSnapshot | null, before: AuthGateShown): AuthGateView {
  if (snapshot?.user) return { shown: 'content' };
  return { shown: before === 'pending' && isOpen(snapshot) ? 'pending' : 'fallback' };
}

/** Whether somebody may turn out to be signed in without anybody's doing. */
function isOpen(snapshot: AuthSnapshot | null): boolean {
  return snapshot?.busy === true && snapshot.status !== 'signingOut';
}
