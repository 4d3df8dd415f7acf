import type { Caller } from './caller.js';

type AtOnce = (...args: never[]) => unknown;

/** The same functions, which answer at once; their calls are logged, and may go wrong by fault. */
export function recorded<Name extends string, K extends Name>(
  caller: Pick<Caller<Name>, 'callSync'>,
  apis: Record<K, AtOnce>,
): Record<K, AtOnce> {
  const result = { ...apis };
  for (const api in apis) {
    const work = apis[api];
    result[api] = (...args) => caller.callSync(api, () => work(...args));
  }
  return result;
}
