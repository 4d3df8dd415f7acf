import type { PendingCall } from '../calls.js';
import { always, type StepProperty } from '../property.js';

/**
 * Of each call that is named here, one at a time is waited for; of those that differ by their arguments, one for each.
 *
 * @param keys by the name of a call: what tells two apart that may be out together. Default: `login`, and `signIn` by what it is
 * given
 */
export function callsDoNotOverlap(keys?: Readonly<Record<string, (input: unknown) => unknown>>): StepProperty {
  const watched = keys ?? LOGINS;
  const property = always('G-05 one login is in flight for each key', (stage) => {
    const out = new Set<string>();
    for (const call of stage.pendingCalls()) {
      const keyOf = watched[call.name];
      if (!keyOf || call.isLate) continue;
      const key = nameOf(call, keyOf);
      if (out.has(key)) return `${call.name} is called while the same call is still waited for`;
      out.add(key);
    }
    return true;
  });
  return keys ? { ...property, calls: Object.keys(keys) } : property;
}

/** Where a flow has them. */
const LOGINS: Readonly<Record<string, (input: unknown) => unknown>> = { login: () => '', signIn: argumentsOf };

function nameOf({ name, input }: PendingCall, keyOf: (input: unknown) => unknown): string {
  return JSON.stringify([name, keyOf(input)]);
}

/** All but the code, which is another one each time. */
function argumentsOf(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  const { code: _, ...rest } = { code: null, ...input };
  return rest;
}
