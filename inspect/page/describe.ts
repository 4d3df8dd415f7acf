import { type State, statesOf, withDescendants } from '../chart.js';
import { flows } from '../charts/flows.js';

const known = new Map(
  flows.flatMap((machine) => withDescendants(statesOf(machine)).map(({ id, description }) => [id, description])),
);

/** The same chart, with what this package says of its states: on a phone there are no descriptions. */
export function described(chart: State): State {
  return { ...chart, description: chart.description ?? known.get(chart.id), children: chart.children.map(described) };
}
