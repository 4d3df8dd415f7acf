import type { IState, ITransition, StateType } from 'state-machine-cat';
import type { AnyStateNode } from 'xstate';
import type { ChartCoverage, CoverageReport } from './coverage.js';

const MISSED = { color: 'red', class: 'missed' };

/**
 * Draws a chart with what was missed in red: each state that nobody entered, and each transition that nobody took.
 *
 * @throws Error where there is no such chart, or `state-machine-cat` is not installed
 */
export async function drawCoverage(
  { charts }: Pick<CoverageReport, 'charts'>,
  machineId = [...charts.keys()][0],
): Promise<string> {
  const chart = charts.get(machineId ?? '');
  if (!chart) throw new Error(`no chart "${machineId}" was explored; there are: ${[...charts.keys()].join(', ')}`);
  const { render } = await import('state-machine-cat');
  const transitions = arrowsOf(chart);
  const ends = new Set(transitions.flatMap(({ from, to }) => [from, to]));
  const drawing = { states: [boxOf(chart.machine.root, chart, ends)], transitions };
  return await render(drawing, { inputType: 'json', outputType: 'svg' });
}

function boxOf(node: AnyStateNode, chart: ChartCoverage, ends: ReadonlySet<string>): IState {
  const inner = Object.values(node.states).map((child) => boxOf(child, chart, ends));
  const ring: IState[] = ends.has(ringOf(node.id)) ? [{ name: ringOf(node.id), type: 'junction' }] : [];
  return {
    name: node.id,
    label: node.key,
    type: SHAPES[node.type],
    ...(inner.length > 0 && { statemachine: { states: [...ring, ...inner] } }),
    ...(chart.missedStates.includes(node.id) && MISSED),
  };
}

const SHAPES: Readonly<Record<AnyStateNode['type'], StateType>> = {
  atomic: 'regular',
  compound: 'regular',
  parallel: 'parallel',
  final: 'final',
  history: 'history',
};

/** An arrow between a state and one inside it has no border to touch: a ring inside stands for the outer one. */
function ringOf(id: string): string {
  return `${id} itself`;
}

/** One arrow for all transitions between two states, and another for those of them that were missed. */
function arrowsOf({ machine, transitions, missed }: ChartCoverage): ITransition[] {
  const isInside = (id: string, outer: string) => {
    for (let node = machine.getStateNodeById(id).parent; node; node = node.parent) if (node.id === outer) return true;
    return false;
  };
  const arrows = new Map<string, Omit<ITransition, 'id'> & { causes: Set<string> }>();
  for (const { label, source, targets, cause } of transitions) {
    const isMissed = missed.includes(label);
    // What stays where it is goes round its state.
    for (const target of targets.length > 0 ? targets : [source]) {
      const from = isInside(target, source) ? ringOf(source) : source;
      const to = isInside(source, target) ? ringOf(target) : target;
      const key = `${from}>${to}>${isMissed}`;
      const arrow = arrows.get(key) ?? { from, to, causes: new Set(), ...(isMissed && MISSED) };
      arrow.causes.add(cause);
      arrows.set(key, arrow);
    }
  }
  return [...arrows.values()].map(({ causes, ...arrow }, index) => {
    return { id: index + 1, ...arrow, label: [...causes].join('\n') };
  });
}
