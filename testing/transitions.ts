import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { nodesOf, transitionsFrom } from './nodes.js';

/** A transition that a chart declares. */
export interface Transition {
  /** The same for the same transition, however often its machine was bound. */
  readonly label: string;
  /** Ids of state nodes. */
  readonly source: string;
  readonly targets: readonly string[];
  /** The event, the delay, or the actor whose end it is about; `always` where it is about none. */
  readonly cause: string;
}

/** Every transition of a chart, in the order of its states. */
export function transitionsOf(machine: AnyStateMachine): Transition[] {
  return nodesOf(machine.root).flatMap(transitionsFrom).map(describe);
}

export function describe(transition: AnyTransitionDefinition): Transition {
  const { source, target, eventType } = transition;
  const siblings: readonly AnyTransitionDefinition[] =
    eventType === '' ? (source.always ?? []) : (source.transitions.get(eventType) ?? []);
  const cause = causeOf(eventType, source);
  const targets = (target ?? []).map(({ id }) => id);
  const place = siblings.length > 1 ? ` (${siblings.indexOf(transition) + 1})` : '';
  return {
    label: `${source.id} on ${cause}${place} to ${targets.join(' ') || 'nowhere'}`,
    source: source.id,
    targets,
    cause,
  };
}

function causeOf(eventType: string, source: AnyStateNode): string {
  if (eventType === '') return 'always';
  const [, end, id] = /^xstate\.(done|error|snapshot)\.(?:actor\.)?(.+)$/.exec(eventType) ?? [];
  const call = id === undefined ? null : nameOfCall(id, source);
  if (call !== null) return `${end}.${call}`;
  const [, delay] = /^xstate\.after\.([^.]+)\./.exec(eventType) ?? [];
  return delay ? `after ${delay}` : eventType.replace(/^xstate\./, '').replace(/\.\d+\..*$/, '');
}

/** The name of the actor that a state, or another of its chart, invokes under this id; `null` where it has no one name. */
function nameOfCall(id: string, source: AnyStateNode): string | null {
  const own = source.invoke.find((invoked) => invoked.id === id);
  if (own) return source.invoke.filter(({ src }) => src === own.src).length === 1 ? nameOf(own.src) : null;
  const elsewhere = nodesOf(source.machine.root).flatMap(({ invoke }) => invoke);
  const names = new Set(elsewhere.flatMap((invoked) => (invoked.id === id ? [nameOf(invoked.src)] : [])));
  const [name = null] = names;
  return names.size === 1 ? name : null;
}

/** XState makes a name for what is inline. */
function nameOf(src: unknown): string | null {
  return typeof src === 'string' && !src.startsWith('xstate.') ? src : null;
}
