import type { AnyStateMachine } from 'xstate';
import { type State, statesOf, withDescendants } from '../chart.js';

/**
 * A chart as Mermaid text.
 *
 * @param machine any machine; it is not run
 */
export function mermaid(machine: AnyStateMachine): string {
  const root = statesOf(machine);
  const declare = (state: State, indent: string): string[] => {
    if (state.children.length === 0) return [`${indent}${nameOf(state.id)}: ${state.key}`];
    const inside = [
      ...state.start.map((id) => `${indent}  [*] --> ${nameOf(id)}`),
      ...state.children.flatMap((child) => declare(child, `${indent}  `)),
      ...state.children.filter(({ type }) => type === 'final').map(({ id }) => `${indent}  ${nameOf(id)} --> [*]`),
    ];
    if (state === root) return inside;
    return [`${indent}state "${state.key}" as ${nameOf(state.id)} {`, ...inside, `${indent}}`];
  };
  return ['stateDiagram-v2', ...declare(root, ''), ...arrowsOf(root)].join('\n');
}

/** Moves of the root hold everywhere, and would be an arrow from every state: they are told in a note. */
function arrowsOf(root: State): string[] {
  const arrows = withDescendants(root)
    .filter((state) => state !== root)
    .flatMap((state) =>
      state.moves.flatMap(({ cause, guard, to }) =>
        to ? [`  ${nameOf(state.id)} --> ${nameOf(to.id)}${label([cause, guard])}`] : [],
      ),
    );
  const everywhere = root.moves.flatMap(({ cause, guard, to }) =>
    to ? [`${[cause, guard].filter(Boolean).join(' ')} → ${to.key}`] : [],
  );
  const first = root.children[0];
  const note =
    first && everywhere.length > 0
      ? [`  note right of ${nameOf(first.id)}`, ...everywhere.map((line) => `    anywhere: ${line}`), '  end note']
      : [];
  return [...arrows, ...note];
}

function label(parts: readonly string[]): string {
  const text = parts.filter(Boolean).join(' ');
  return text ? `: ${text}` : '';
}

/** Mermaid reads dots in names as its own. */
function nameOf(id: string): string {
  return id.replace(/\W/g, '_');
}
