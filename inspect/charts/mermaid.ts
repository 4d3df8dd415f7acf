import type { AnyStateMachine } from 'xstate';
import { type State, statesOf, withDescendants } from '../chart.js';

/**
 * A chart as Mermaid text. Parallel states are set apart by a line; a state that leads back to where its parent was bears an
 * (H).
 *
 * @param machine any machine; it is not run
 */
export function mermaid(machine: AnyStateMachine): string {
  const root = statesOf(machine);
  const nameOf = namesOf(root);
  const declare = (state: State, indent: string): string[] => {
    const label = escaped(state.type === 'history' ? `${state.key} (H)` : state.key);
    if (state.children.length === 0) return [`${indent}${nameOf(state.id)}: ${label}`];
    const within = `${indent}  `;
    const children = state.children.map((child) => declare(child, within));
    const inside = [
      ...state.start.map((id) => `${within}[*] --> ${nameOf(id)}`),
      ...children.flatMap((lines, index) =>
        (state.type === 'parallel' && index > 0 ? [`${within}--`] : []).concat(lines),
      ),
      ...state.children.filter(({ type }) => type === 'final').map(({ id }) => `${within}${nameOf(id)} --> [*]`),
    ];
    // Mermaid draws parallel states inside of others only.
    if (state === root && state.type !== 'parallel') return inside;
    return [`${indent}state "${label}" as ${nameOf(state.id)} {`, ...inside, `${indent}}`];
  };
  return ['stateDiagram-v2', ...declare(root, ''), ...arrowsOf(root, nameOf)].join('\n');
}

/** Moves of the root hold everywhere, and would be an arrow from every state: they are told in a note. */
function arrowsOf(root: State, nameOf: (id: string) => string): string[] {
  const arrows = withDescendants(root)
    .filter((state) => state !== root)
    .flatMap((state) =>
      state.moves.flatMap(({ cause, guard, to }) =>
        to ? [`  ${nameOf(state.id)} --> ${nameOf(to.id)}${label([cause, guard])}`] : [],
      ),
    );
  const everywhere = root.moves.flatMap(({ cause, guard, to }) =>
    to ? [escaped(`${[cause, guard].filter(Boolean).join(' ')} → ${to.key}`)] : [],
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
  return text ? `: ${escaped(text)}` : '';
}

/** Names that Mermaid can read: the ids as far as they can stand, and numbers where they cannot, or would be the same. */
function namesOf(root: State): (id: string) => string {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const [index, { id }] of withDescendants(root).entries()) {
    const plain = id.replace(/[.:() -]/g, '_');
    const isPlain = /^[A-Za-z]\w*$/.test(plain) && !RESERVED.test(plain) && !taken.has(plain);
    const name = isPlain ? plain : `s${index}_`;
    taken.add(name);
    names.set(id, name);
  }
  return (id) => names.get(id) ?? 'nowhere';
}

const RESERVED =
  /^(s\d+_|nowhere|state|note|end|as|class|classdef|style|direction|default|fork|join|choice|click|href|scale)$/i;

/** What Mermaid would read as its own. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[#;:"<>{}\\`%]/g, (character) => `#${character.charCodeAt(0)};`);
}
