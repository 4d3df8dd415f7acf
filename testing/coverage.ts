import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { isMachineSnapshot } from './cast.js';
import { drawCoverage } from './coverage-chart.js';
import { tellCoverage } from './coverage-text.js';
import type { Answers } from './exploration.js';
import type { LiveRun, Move } from './live-run.js';
import { nodesOf } from './nodes.js';
import { placeOf } from './places.js';
import { describe, type Transition, transitionsOf } from './transitions.js';

/** What of a world was exercised, and what was missed. */
export interface CoverageReport {
  /** By the ids of the machines. */
  readonly charts: ReadonlyMap<string, ChartCoverage>;
  /** Each answer that was given, as `call: word`. */
  readonly answers: Tally;
  /** States of two charts that were met together, as `a.state × b.state`, of all states that were met at all. */
  readonly pairs: Tally;
  /** All of it, missed ones by name. */
  text(): string;
  /**
   * A chart with what was missed in red. Needs the package `state-machine-cat`.
   *
   * @param machineId which; default: the first
   */
  svg(machineId?: string): Promise<string>;
}

export interface ChartCoverage {
  readonly machine: AnyStateMachine;
  readonly transitions: readonly Transition[];
  /** Labels of the transitions that nobody took. */
  readonly missed: readonly string[];
  /** Ids of the states that nobody entered. */
  readonly missedStates: readonly string[];
}

export interface Tally {
  readonly met: number;
  readonly of: number;
  readonly missed: readonly string[];
}

export interface Coverage {
  /** Notes what a step has exercised. `move` is `null` for the start. */
  note(live: LiveRun, move: Move | null): void;
  report(): CoverageReport;
}

export function createCoverage(answers: Answers): Coverage {
  const machines = new Map<string, AnyStateMachine>();
  const labels = new WeakMap<AnyTransitionDefinition, string>();
  const taken = new Set<string>();
  /** By their ids: a machine may be bound anew for each run, and its nodes would keep all that the run was. */
  const entered = new Map<string, Set<string>>();
  const given = new Set<string>();
  const places = new Map<string, Set<string>>();
  const pairs = new Set<string>();

  const labelOf = (transition: AnyTransitionDefinition) => {
    const known = labels.get(transition);
    if (known !== undefined) return known;
    const { label } = describe(transition);
    labels.set(transition, label);
    return label;
  };

  const enter = ({ id }: AnyStateMachine, nodes: readonly AnyStateNode[]) => {
    const known = entered.get(id) ?? new Set();
    entered.set(id, known);
    for (const node of nodes) known.add(node.id);
  };

  return {
    note(live, move) {
      if (move?.answer) given.add(`${move.answer.call}: ${move.answer.word}`);
      for (const news of live.news()) {
        if (news.type !== 'inspected' || news.event.type !== '@xstate.microstep') continue;
        const { snapshot, _transitions: transitions } = news.event;
        for (const transition of transitions) taken.add(labelOf(transition));
        if (!isMachineSnapshot(snapshot)) continue;
        // What is left within the very step that it was entered in is seen as a source alone.
        enter(snapshot.machine, [...snapshot._nodes, ...transitions.map(({ source }) => source)]);
      }
      const met: [string, string][] = [];
      for (const { snapshot } of live.stage.charts()) {
        const { machine, value, status } = snapshot;
        enter(machine, snapshot._nodes);
        if (!machines.has(machine.id)) machines.set(machine.id, machine);
        if (status === 'active') met.push([machine.id, placeOf(value)]);
      }
      for (const [id, place] of met) places.set(id, (places.get(id) ?? new Set()).add(place));
      for (const [index, [id, place]] of met.entries()) {
        for (const [other, there] of met.slice(index + 1)) pairs.add(pairOf(id, place, other, there));
      }
    },

    report() {
      const charts = new Map(
        [...machines].map(([id, machine]): [string, ChartCoverage] => {
          const transitions = transitionsOf(machine);
          const missed = transitions.map(({ label }) => label).filter((label) => !taken.has(label));
          const nodes = nodesOf(machine.root);
          const seen = withAncestors(nodes.filter((node) => entered.get(id)?.has(node.id)));
          const states = nodes.filter(({ type }) => type !== 'history');
          const missedStates = states.map((node) => node.id).filter((state) => !seen.has(state));
          return [id, { machine, transitions, missed, missedStates }];
        }),
      );
      const all = Object.entries(answers).flatMap(([call, words]) =>
        Object.keys(words).map((word) => `${call}: ${word}`),
      );
      const report = { charts, answers: tally(all, given), pairs: tally(possiblePairs(places), pairs) };
      return { ...report, text: () => tellCoverage(report), svg: (machineId) => drawCoverage(report, machineId) };
    },
  };
}

/** The ids of these states, and of those around them. */
function withAncestors(nodes: readonly AnyStateNode[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const inner of nodes) {
    for (let node: AnyStateNode | undefined = inner; node; node = node.parent) ids.add(node.id);
  }
  return ids;
}

function possiblePairs(places: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const charts = [...places];
  return charts.flatMap(([id, states], index) =>
    charts
      .slice(index + 1)
      .flatMap(([other, others]) =>
        [...states].flatMap((place) => [...others].map((there) => pairOf(id, place, other, there))),
      ),
  );
}

function pairOf(...[id, place, other, there]: readonly [string, string, string, string]): string {
  return `${id}.${place} × ${other}.${there}`;
}

function tally(all: readonly string[], met: ReadonlySet<string>): Tally {
  const missed = all.filter((name) => !met.has(name));
  return { met: all.length - missed.length, of: all.length, missed };
}
