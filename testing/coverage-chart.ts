import type { IState, ITransition } from 'state-machine-cat';
import type { AnyStateNode } from 'xstate';
import type { ChartCoverage, CoverageReport } from './coverage.js';

const MISSED = 'red';

/**
 * Draws a chart with what was missed in red: a state that no transition led into, and each transition that nobody took.
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
  const drawing = { states: statesOf(chart.machine.root), transitions: arrowsOf(chart) };
  return await render(drawing, { inputType: 'json', outputType: 'svg' });
}

function statesOf(node: AnyStateNode): IState[] {
  return Object.values(node.states).map((child) => {
    const inner = statesOf(child);
    return {
      name: child.id,
      label: child.key,
      type: child.type === 'parallel' ? 'parallel' : child.type === 'final' ? 'final' : 'regular',
      ...(inner.length > 0 && { statemachine: { states: inner } }),
    };
  });
}

/** One arrow for all transitions between two states, and another for those of them that were missed. */
function arrowsOf({ machine, transitions, missed }: ChartCoverage): ITransition[] {
  const arrows = new Map<string, ITransition & { causes: string[] }>();
  for (const { label, source, targets, cause } of transitions) {
    for (const to of targets) {
      const isMissed = missed.includes(label);
      const key = `${source}>${to}>${isMissed}`;
      const arrow = arrows.get(key) ?? {
        id: arrows.size + 1,
        from: source,
        to,
        causes: [],
        ...(isMissed && { color: MISSED, class: 'missed' }),
      };
      arrow.causes.push(cause);
      arrows.set(key, arrow);
    }
  }
  return [...arrows.values()]
    .filter(({ from }) => from !== machine.root.id)
    .map(({ causes, ...arrow }) => ({ ...arrow, label: [...new Set(causes)].join('\\n') }));
}
