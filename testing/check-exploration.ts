import type { Answer, Bound, Exploration } from './exploration.js';
import { isWayProperty } from './property.js';

/**
 * Sees that an exploration says what it has to, before anything runs.
 *
 * @throws TypeError where something is missing, or is no such thing
 * @throws RangeError where a number or a name cannot be
 */
export function checkExploration(exploration: Omit<Exploration, 'begin'>): void {
  const { answers, properties = [], bound = {} } = exploration;
  const name = checkName(exploration);
  checkAnswers(name, answers);
  checkProperties(name, properties);
  checkBound(name, bound);
  const checkCalls = (what: string, named: readonly string[] = []) => {
    const unknown = named.filter((call) => !Object.hasOwn(answers, call));
    if (unknown.length === 0) return;
    throw new RangeError(`${name}: ${what} names ${list(unknown)}, which \`answers\` does not`);
  };
  checkCalls('`bound.lateCalls`', bound.lateCalls);
  for (const property of properties) {
    if (!isWayProperty(property)) checkCalls(`the property "${property.name}"`, property.calls);
  }
}

/** @returns what errors call it */
export function checkName({ name }: { readonly name: unknown }): string {
  if (typeof name === 'string' && name !== '') return name;
  throw new TypeError('an exploration needs a `name`: what the constant is called that holds it');
}

/** Names, to be read in a sentence. */
export function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function checkAnswers(name: string, answers: unknown): void {
  if (typeof answers !== 'object' || answers === null) {
    throw new TypeError(
      `${name}: \`answers\` is missing: each call, and by a word for it each answer; {} for no calls`,
    );
  }
  for (const [call, words] of Object.entries(answers)) {
    if (typeof words !== 'object' || words === null || isVerdict(words)) {
      throw new TypeError(`${name}: the answers of "${call}" need a word for each: { 'a word': gives(…) }`);
    }
    for (const [word, answer] of Object.entries(words)) {
      if (isAnswer(answer)) continue;
      const forms = 'gives(…), one of failsWith(…), { value }, { error }, or a function that makes one of the last two';
      throw new TypeError(`${name}: "${call}: ${word}" is no answer; an answer is ${forms}`);
    }
  }
}

function isAnswer(answer: unknown): answer is Answer {
  return typeof answer === 'function' || isVerdict(answer);
}

/** What is both an error and an answer is the error itself, which nobody has wrapped. */
export function isVerdict(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null || answer instanceof Error) return false;
  return Object.hasOwn(answer, 'value') || Object.hasOwn(answer, 'error');
}

function checkProperties(name: string, properties: unknown): void {
  if (!Array.isArray(properties)) throw new TypeError(`${name}: \`properties\` is no list`);
  const wrong = properties.findIndex((property) => !isProperty(property));
  if (wrong < 0) return;
  throw new TypeError(
    `${name}: \`properties[${wrong}]\` is no property; always(…) and reachable(…) make one, and \`guarantees\` are some`,
  );
}

function isProperty(property: unknown): boolean {
  if (typeof property !== 'object' || property === null || !('name' in property)) return false;
  const does = (...names: readonly string[]) =>
    names.every((name) => typeof Reflect.get(property, name) === 'function');
  return typeof property.name === 'string' && (does('watch') || does('from', 'to', 'by'));
}

function checkBound(name: string, { moves, states, late }: Bound): void {
  for (const [key, value] of Object.entries({ moves, states, late })) {
    if (value !== undefined && value !== Number.POSITIVE_INFINITY) checkCount(name, `bound.${key}`, value);
  }
}

/** @throws RangeError where a number of something cannot be */
export function checkCount(name: string, what: string, count: unknown): void {
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0) return;
  throw new RangeError(`${name}: \`${what}\` is ${count}; it has to be a whole number that is not negative`);
}
