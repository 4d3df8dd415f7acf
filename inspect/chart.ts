import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition, StateValue } from 'xstate';
import { cut, LONGEST_NAME, LONGEST_TEXT } from './limits.js';

/** What a drawing says of one state. */
export interface State {
  readonly id: string;
  readonly key: string;
  readonly type: AnyStateNode['type'];
  readonly description: string | undefined;
  /** The actors that live as long as the state. */
  readonly invokes: readonly string[];
  readonly moves: readonly Move[];
  /** Ids of the states that it begins with. */
  readonly start: readonly string[];
  readonly children: readonly State[];
}

export interface Move {
  /** As XState names it. */
  readonly eventType: string;
  /** The event, or the delay or actor that it is about. Empty: the move is made at once. */
  readonly cause: string;
  /** What must hold, in brackets; or nothing. */
  readonly guard: string;
  /** Where it leads; a move without a target only acts. */
  readonly to: { readonly id: string; readonly key: string } | null;
}

/**
 * Reads a machine's own definition.
 *
 * @param machine any machine; it is not run
 * @returns its root
 */
export function statesOf(machine: AnyStateMachine): State {
  return stateOf(machine.root, idsOf(machine.root));
}

/** An id for each state that no other has, even where a machine has given two the same, and that is not too long. */
function idsOf(root: AnyStateNode): (node: AnyStateNode) => string {
  const ids = new Map<AnyStateNode, string>();
  const taken = new Set<string>();
  const visit = (node: AnyStateNode): void => {
    const id = cut(node.id, LONGEST_ID);
    let own = id;
    for (let number = 2; taken.has(own); number += 1) own = `${id}~${number}`;
    taken.add(own);
    ids.set(node, own);
    Object.keys(node.states).forEach((key) => {
      const child = node.states[key];
      if (child) visit(child);
    });
  };
  visit(root);
  return (node) => ids.get(node) ?? cut(node.id, LONGEST_ID);
}

/** With room for a number. */
const LONGEST_ID = LONGEST_NAME - 10;

/**
 * The states of a snapshot's value, from the root to the leaves.
 *
 * @param value what the snapshot says; keys that the machine does not have are passed over
 */
export function activeStates(root: State, value: StateValue): readonly State[] {
  const below = typeof value === 'string' ? { [value]: undefined } : value;
  const parts = Object.entries(below).map(([key, inner]) => {
    const child = root.children.find((child) => child.key === cut(key, LONGEST_NAME));
    if (!child) return [];
    return inner === undefined ? [child] : activeStates(child, inner);
  });
  return joined([[root], ...parts]);
}

/** All states from this one down. */
export function withDescendants(state: State): readonly State[] {
  return joined([[state], ...state.children.map(withDescendants)]);
}

function stateOf(node: AnyStateNode, idOf: (node: AnyStateNode) => string): State {
  const { key, type, description } = node;
  return {
    id: idOf(node),
    key: cut(key, LONGEST_NAME),
    type,
    description: description && cut(description, LONGEST_TEXT),
    invokes: node.invoke.map(({ src }) => nameOf(src)),
    moves: [...joined([...node.transitions.values()]), ...(node.always ?? [])].map((definition) => ({
      eventType: cut(definition.eventType, LONGEST_NAME),
      cause: cut(causeOf(definition.eventType, node), LONGEST_NAME),
      guard: cut(guardOf(definition), LONGEST_NAME),
      to: toOf(definition, idOf),
    })),
    start: node.type === 'compound' ? node.initial.target.map(idOf) : [],
    children: Object.values(node.states).map((child) => stateOf(child, idOf)),
  };
}

/** What `flat` does, which mini-programs may lack (B-12). */
function joined<T>(lists: readonly (readonly T[])[]): T[] {
  const none: T[] = [];
  return none.concat(...lists);
}

/** XState's own events carry ids; a reader wants the delay or the actor that they are about. */
function causeOf(eventType: string, node: AnyStateNode): string {
  const after = /^xstate\.after\.(.+)$/.exec(eventType)?.[1];
  if (after) return `after ${after.replace(`.${node.id}`, '')}`;
  const [, sort, actorId] = /^xstate\.(done|error|snapshot)\.(?:actor\.)?(.+)$/.exec(eventType) ?? [];
  if (!sort || !actorId) return eventType;
  const invoked = node.invoke.find(({ id }) => id === actorId);
  return `${invoked ? nameOf(invoked.src) : actorId} ${VERBS[sort]}`;
}

const VERBS: Record<string, string> = { done: 'done', error: 'failed', snapshot: 'moved' };

/** Only these two: a state node refers to its machine. */
function toOf({ target }: AnyTransitionDefinition, idOf: (node: AnyStateNode) => string): Move['to'] {
  const [first] = target ?? [];
  return first ? { id: idOf(first), key: cut(first.key, LONGEST_NAME) } : null;
}

function guardOf({ guard }: AnyTransitionDefinition): string {
  return guard ? `[${guardName(guard)}]` : '';
}

/** What a guard is called, the parts of a joined one too. */
export function guardName(guard: unknown): string {
  if (typeof guard === 'string') return guard;
  if (typeof guard !== 'function') return has(guard, 'type') ? String(guard.type) : INLINE;
  const parts = has(guard, 'guards') && Array.isArray(guard.guards) ? guard.guards.map(guardName) : [];
  if (parts.length === 0) return guard.name === 'guard' ? INLINE : guard.name;
  return parts.length === 1 ? `not ${parts[0]}` : parts.join(guard.name === 'or' ? ' or ' : ' and ');
}

const INLINE = '…';

function has<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && name in value;
}

function nameOf(src: unknown): string {
  return typeof src === 'string' ? src : INLINE;
}
