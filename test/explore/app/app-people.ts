import type { KeptSession, SessionContext } from '../../../machines/session.js';
import type { Stage } from '../../../testing/index.js';
import { sessionOf } from '../flows/people.js';

/*
 * Of users counts only whether they are the same as whoever is signed in; whoever signs in where nobody is may be anybody.
 * So a state says nothing of who they are, and an answer says it anew.
 */

export function sessionOfSame(stage: Stage): KeptSession {
  return sessionOf(stage, currentUser(stage) ?? ONE);
}

export function sessionOfAnother(stage: Stage): KeptSession {
  return sessionOf(stage, currentUser(stage) === ONE ? ANOTHER : ONE);
}

const ONE = 'user-1';
const ANOTHER = 'user-2';

function currentUser(stage: Stage): string | undefined {
  const { session }: Partial<SessionContext> = stage.chart('session')?.context ?? {};
  return session?.user.id;
}
