import type { ActorRefLike, InspectionEvent } from 'xstate';
import { isMachineSnapshot } from './cast.js';
import { isChart } from './charts-within.js';

/** Finds out the actors of a flow that no chart shows, such as those that an action spawns: they would really run. */
export interface Strangers {
  /** Logic that belongs to the world. */
  admit<Logic extends object>(logic: Logic): Logic;
  /** Watches one run. @param pass hears what is inspected, but for a stranger */
  watch(pass: (event: InspectionEvent) => void): StrangerWatch;
}

export interface StrangerWatch {
  readonly inspect: (event: InspectionEvent) => void;
  /** @throws RangeError where a stranger has come */
  readonly check: () => void;
}

export function createStrangers(): Strangers {
  const admitted = new WeakSet<object>();

  return {
    admit(logic) {
      admitted.add(logic);
      return logic;
    },
    watch(pass) {
      let stranger: RangeError | null = null;
      return {
        inspect(event) {
          if (event.type === '@xstate.actor' && isStrange(event.actorRef, admitted)) {
            stranger ??= new RangeError(tell(event.actorRef));
            // It is thrown where the actor is being made, which therefore never starts.
            throw stranger;
          }
          pass(event);
        },
        check() {
          if (stranger) throw stranger;
        },
      };
    },
  };
}

function isStrange(actor: ActorRefLike, admitted: WeakSet<object>): boolean {
  const logic: unknown = 'logic' in actor ? actor.logic : null;
  return typeof logic === 'object' && logic !== null && !isChart(logic) && !admitted.has(logic);
}

function tell(actor: ActorRefLike): string {
  const name = 'src' in actor && typeof actor.src === 'string' ? `"${actor.src}"` : 'an inline actor';
  const parent: unknown = '_parent' in actor ? actor._parent : null;
  const snapshot = isAsked(parent) ? parent.getSnapshot() : null;
  const by = isMachineSnapshot(snapshot) ? `by the chart "${snapshot.machine.id}"` : 'at the start';
  return `${name} is spawned, and would really run, ${by}: name it in setup({ actors }), and then in \`answers\` or \`companions\``;
}

function isAsked(parent: unknown): parent is { getSnapshot(): unknown } {
  return typeof parent === 'object' && parent !== null && 'getSnapshot' in parent;
}
