import type { AnyStateMachine } from 'xstate';
import { actionsOf, type Callee, type ChartWithin, chartsWithin, isChart } from './charts-within.js';
import { checkExploration, checkName, list } from './check-exploration.js';
import type { Exploration } from './exploration.js';

interface Checked extends Omit<Exploration, 'begin'> {
  readonly flow: AnyStateMachine;
  readonly input: unknown;
  readonly companions: Readonly<Record<string, unknown>>;
  readonly deeds: readonly string[];
  readonly events: Readonly<Record<string, unknown>>;
}

/**
 * Sees that a flow is given the whole of its world, and nothing but its world: what is left out would be really called.
 *
 * @param taken the move that every flow has
 * @throws TypeError where something is missing
 * @throws RangeError where a call is left out, or something is named that the flow does not know
 */
export function checkFlow(world: Checked, taken: string): void {
  const { flow, input, answers, companions, deeds, events, reads = [] } = world;
  const name = checkName(world);
  if (!isChart(flow)) throw new TypeError(`${name}: \`flow\` is missing: a machine of XState`);
  if (typeof input !== 'function') {
    throw new TypeError(`${name}: \`input\` is missing: a function of the stage; () => undefined where none is needed`);
  }
  checkExploration(world);
  for (const [word, companion] of Object.entries(companions)) {
    if (isCompanion(companion)) continue;
    throw new TypeError(
      `${name}: the companion "${word}" is none: telling({ … }), silent or one of your own with \`tells\``,
    );
  }

  const isGiven = (call: string) => Object.hasOwn(answers, call) || Object.hasOwn(companions, call);
  const charts = chartsWithin(flow, isGiven);
  const strangers = charts.flatMap((chart) =>
    chart.calls
      .filter((callee) => !chart.isNamed || callee.name === null || !isGiven(callee.name))
      .map((callee) => tellStranger(chart, callee)),
  );
  if (strangers.length > 0) throw new RangeError(`${name}: ${strangers.join('; ')}`);

  const calls = charts.flatMap((chart) => chart.calls.flatMap((callee) => callee.name ?? []));
  const actions = charts.flatMap(({ machine }) => [...actionsOf(machine)]);
  const ids = charts.map(({ machine }) => machine.id);
  const check = (what: string, named: readonly string[], known: readonly string[], kind: string) => {
    const unknown = named.filter((one) => !known.includes(one));
    if (unknown.length === 0) return;
    const there = known.length > 0 ? `there are: ${[...new Set(known)].join(', ')}` : 'there are none';
    throw new RangeError(`${name}: \`${what}\` names ${list(unknown)}, and no ${kind} is called so; ${there}`);
  };
  check('answers', Object.keys(answers), calls, 'actor of the flow or of its charts');
  check('companions', Object.keys(companions), calls, 'actor of the flow or of its charts');
  check('deeds', deeds, actions, 'action of the flow or of its charts');
  check(
    'reads',
    reads.map(({ machineId }) => machineId),
    ids,
    'chart of the flow',
  );
  for (const [word, event] of Object.entries(events)) {
    if (word === taken) {
      throw new RangeError(`${name}: \`events\` has "${taken}", which is what every flow is ended by; rename it`);
    }
    if (typeof event !== 'function' && !isEvent(event)) {
      throw new TypeError(`${name}: the event "${word}" is neither an event nor a function that answers one`);
    }
  }
}

const WOULD_RUN = 'is called, and would really run';

function tellStranger({ machine, isNamed }: ChartWithin, { name, state }: Callee): string {
  const by = `by the chart "${machine.id}"${state === null ? '' : ` in ${state}`}`;
  if (name === null) {
    return `an inline actor ${WOULD_RUN}, ${by}: name it in setup({ actors }), and then in \`answers\` or \`companions\``;
  }
  if (!isNamed) return `"${name}" ${WOULD_RUN}, ${by}, which is inline: name that chart in setup({ actors })`;
  return `"${name}" ${WOULD_RUN}, ${by}: name it in \`answers\` ({} where nobody answers) or in \`companions\``;
}

function isCompanion(companion: unknown): boolean {
  return typeof companion === 'object' && companion !== null && typeof Reflect.get(companion, 'tells') === 'function';
}

/** Whether something can be sent to an actor. */
export function isEvent(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string';
}
