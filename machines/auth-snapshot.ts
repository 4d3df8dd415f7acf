import type { SnapshotFrom } from 'xstate';
import type { AuthSnapshot, AuthStatus } from './auth.js';
import type { session } from './session.js';

export const stopped: AuthSnapshot = { status: 'stopped', busy: false, user: null, failure: null };

/** What views may see of the session's chart. */
export function readSnapshot(snapshot: SnapshotFrom<typeof session>): AuthSnapshot {
  return {
    status: statusOf(snapshot),
    busy: snapshot.hasTag('busy'),
    user: snapshot.context.session?.user ?? null,
    failure: snapshot.context.failure,
  };
}

function statusOf({ status, value }: SnapshotFrom<typeof session>): AuthStatus {
  if (status !== 'active') return 'stopped';
  if (typeof value === 'string') return value === 'deciding' ? 'restoring' : value;
  if ('signingIn' in value) return value.signingIn === 'offline' ? 'offline' : 'signingIn';
  return value.renewing === 'offline' ? 'offline' : 'renewing';
}
