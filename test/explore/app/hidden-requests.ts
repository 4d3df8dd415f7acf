import type { AnyMachineSnapshot } from 'xstate';
import type { AuthCore } from '../../../machines/create-auth.js';
import type { KeptSession, SessionContext } from '../../../machines/session.js';
import type { Stage } from '../../../testing/index.js';

/**
 * What decides the future of each request that is under way: no inspector is told of them (G-23), so no chart shows it.
 * They are alike but for this, in whatever order they were begun.
 */
export function identityOfRequests({ pending }: Pick<AuthCore, 'pending'>, stage: Stage): readonly unknown[] {
  const { session: current }: Partial<SessionContext> = stage.chart('session')?.context ?? {};
  const states = [...pending].map((request) => {
    const { value, context } = snapshotOf(request);
    const { session }: { session: KeptSession | null } = context;
    return [value, session && [session.token, session.user.id === current?.user.id]];
  });
  return states.sort((one, other) => String(one[0]).localeCompare(String(other[0])));
}

function snapshotOf(request: object): AnyMachineSnapshot {
  if (!('getSnapshot' in request) || typeof request.getSnapshot !== 'function') throw new Error('it is no actor');
  return request.getSnapshot();
}
