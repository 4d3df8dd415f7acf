import type { KeptSession } from '../../../machines/session.js';
import type { Stage } from '../../../testing/index.js';
import { aSession } from '../../support/sessions.js';
import { SHORT_SESSION } from './timing.js';

const WEEK = 7 * 24 * 60 * 60_000;

/** A session of the user `user-1`, with a token of its own, that outlasts every run. */
export function newSession(stage: Stage): KeptSession {
  return sessionOf(stage, 'user-1');
}

/** The same, of any user. */
export function sessionOf(stage: Stage, userId: string): KeptSession {
  return aSession({ userId, token: stage.secret('token'), expiresAt: stage.now() + WEEK });
}

/** One that ends while the app sleeps. */
export function shortSession(stage: Stage): KeptSession {
  return aSession({ token: stage.secret('token'), expiresAt: stage.now() + SHORT_SESSION });
}

/** One of somebody else. */
export function anothersSession(stage: Stage): KeptSession {
  return sessionOf(stage, 'user-2');
}

export const { user } = aSession();
