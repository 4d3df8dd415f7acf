import type { Failure, FailureKind } from '../ports/failure.js';

/**
 * A guard for the states that are named after a reason: whether what a flow remembers is of this kind.
 *
 * @param kind the reason to look for in the context's `failure`
 */
export function failedWith(kind: FailureKind) {
  return ({ context }: { context: { failure: Failure | null } }): boolean => context.failure?.kind === kind;
}
