import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';

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
  const visit = (node: AnyStateNode): Transition[] => [
    ...[...node.transitions.values(), node.always ?? []].flat().map(describe),
    ...Object.values(node.states).flatMap(visit),
  ];
  return visit(machine.root);
}

export function describe(transition: AnyTransitionDefinition): Transition {
  const { source, target, eventType } = transition;
  const siblings: readonly AnyTransitionDefinition[] =
    eventType === '' ? (source.always ?? []) : (source.transitions.get(eventType) ?? []);
  const cause = causeOf(eventType);
  const targets = (target ?? []).map(({ id }) => id);
  const place = siblings.length > 1 ? ` (${siblings.indexOf(transition) + 1})` : '';
  return {
    label: `${source.id} on ${cause}${place} to ${targets.join(' ') || 'nowhere'}`,
    source: source.id,
    targets,
    cause,
  };
}

function causeOf(eventType: string): string {
  if (eventType === '') return 'always';
  const [, delay] = /^xstate\.after\.([^.]+)\./.exec(eventType) ?? [];
  return delay ? `after ${delay}` : eventType.replace(/^xstate\./, '').replace(/\.\d+\..*$/, '');
}
