import { Failure, type FailureKind } from '../ports/failure.js';
import type { Verdict } from './calls.js';
import type { Answer } from './exploration.js';
import type { Stage } from './stage.js';

/**
 * An answer.
 *
 * @param value the value itself, or what makes it for each call: what has to be new each time, such as a code
 */
export function gives<Value>(value: Value | ((stage: Stage, input: unknown) => Value)): Answer {
  if (!isMaker(value)) return { value };
  const readsInput = value.length > 1;
  return Object.assign((input: unknown, stage: Stage): Verdict => ({ value: value(stage, input) }), { readsInput });
}

/** One answer for each of these kinds of failure, by the kind's name. */
export function failsWith(...kinds: readonly FailureKind[]): Readonly<Record<string, Answer>> {
  return Object.fromEntries(kinds.map((kind) => [kind, { error: new Failure(kind) }]));
}

function isMaker<Value>(
  value: Value | ((stage: Stage, input: unknown) => Value),
): value is (stage: Stage, input: unknown) => Value {
  return typeof value === 'function';
}
