import { factsOf } from './facts.js';

/** How much of a long text is told before and after the place where it differs. */
const WORDS_AROUND = 60;

/** In which facts two states differ, for people. */
export function differenceBetween(one: string, other: string): string {
  const facts = factsOf(one);
  const others = factsOf(other);
  const names = new Set([...facts.keys(), ...others.keys()]);
  const parts = [...names].flatMap((fact) => {
    const [value = 'nothing', there = 'nothing'] = [facts.get(fact), others.get(fact)];
    return value === there ? [] : [`${fact}: ${excerpt(value, there)} in one, ${excerpt(there, value)} in the other`];
  });
  return parts.join('; ');
}

/** Which moves only one of two states has. */
export function movesApart(ones: readonly string[], others: readonly string[]): string {
  const apart = [...ones.filter((move) => !others.includes(move)), ...others.filter((move) => !ones.includes(move))];
  return `only one of them may go on by ${apart.map((move) => `"${move}"`).join(', ')}`;
}

/** Of a long text what lies around the place where it parts from the other. */
function excerpt(text: string, other: string): string {
  if (text.length <= 2 * WORDS_AROUND) return text;
  let start = 0;
  while (start < text.length && text[start] === other[start]) start += 1;
  return `…${text.slice(Math.max(0, start - WORDS_AROUND), start + WORDS_AROUND)}…`;
}
