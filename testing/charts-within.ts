import { type AnyStateMachine, StateMachine } from 'xstate';
import { nodesOf, transitionsFrom } from './nodes.js';

/** An actor that a chart calls. */
export interface Callee {
  /** `null`: it is written where it is invoked. */
  readonly name: string | null;
  /** What stands for it where nobody else does. */
  readonly logic: unknown;
  /** Id of the state that invokes it; `null` where none is seen to. */
  readonly state: string | null;
}

/** A chart of a flow, and what it leaves to its world. */
export interface ChartWithin {
  readonly machine: AnyStateMachine;
  /** Whether it can be given its world by name: an inline chart cannot, nor what lies within it. */
  readonly isNamed: boolean;
  /** What it calls that is no chart. */
  readonly calls: readonly Callee[];
}

/**
 * A flow and all charts within it.
 *
 * @param isGiven whether the world stands for the actor of this name, be it a chart or not
 */
export function chartsWithin(flow: AnyStateMachine, isGiven: (name: string) => boolean): ChartWithin[] {
  const visit = (machine: AnyStateMachine, isNamed: boolean): ChartWithin[] => {
    const calls: Callee[] = [];
    const inner: ChartWithin[] = [];
    for (const callee of calleesOf(machine)) {
      const { name, logic } = callee;
      if (isChart(logic) && (name === null || !isGiven(name))) inner.push(...visit(logic, isNamed && name !== null));
      else calls.push(callee);
    }
    return [{ machine, isNamed, calls }, ...inner];
  };
  return visit(flow, true);
}

/** The actors of `setup`, and whatever else a state invokes. */
export function calleesOf(machine: AnyStateMachine): Callee[] {
  const { actors } = machine.implementations;
  const invoked = nodesOf(machine.root).flatMap(({ id, config }) =>
    [config.invoke ?? []].flat().map(({ src }) => ({ src, state: id })),
  );
  return [
    ...Object.entries(actors).map(([name, logic]) => {
      return { name, logic, state: invoked.find(({ src }) => src === name)?.state ?? null };
    }),
    ...invoked.flatMap(({ src, state }): Callee[] => {
      if (typeof src !== 'string') return [{ name: null, logic: src, state }];
      return Object.hasOwn(actors, src) ? [] : [{ name: src, logic: undefined, state }];
    }),
  ];
}

/** The names of the actions that a chart has, or mentions. */
export function actionsOf(machine: AnyStateMachine): Set<string> {
  const names = new Set(Object.keys(machine.implementations.actions));
  for (const node of nodesOf(machine.root)) {
    for (const action of [node.entry, node.exit, ...transitionsFrom(node).map(({ actions }) => actions)].flat()) {
      const name: unknown = typeof action === 'object' ? action.type : action;
      if (typeof name === 'string') names.add(name);
    }
  }
  return names;
}

export function isChart(logic: unknown): logic is AnyStateMachine {
  return logic instanceof StateMachine;
}
