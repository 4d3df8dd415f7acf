import { type AnyStateMachine, StateMachine } from 'xstate';

/**
 * A copy of a chart that is broken on purpose, as a careless change would.
 *
 * @param path of what is changed, from the root of the chart's definition: `states/checking/after`
 * @param change answers what stands there instead
 */
export function broken<Machine extends AnyStateMachine>(
  machine: Machine,
  path: string,
  change: (was: unknown) => unknown,
): Machine {
  const config = changedAt(machine.config, path.split('/'), change);
  // The types of a machine are those of its definition, which only the change knows.
  return new StateMachine(config as typeof machine.config, machine.implementations) as AnyStateMachine as Machine;
}

/** The same without what stands there. */
export function without<Machine extends AnyStateMachine>(machine: Machine, path: string): Machine {
  return broken(machine, path, () => undefined);
}

function changedAt(value: unknown, [key, ...rest]: readonly string[], change: (was: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === Number(key) ? changedAt(item, rest, change) : item));
  }
  if (typeof value !== 'object' || value === null) throw new Error(`there is nothing called "${key}"`);
  const was: unknown = Reflect.get(value, key);
  if (was === undefined) throw new Error(`there is nothing called "${key}"`);
  return { ...value, [key]: changedAt(was, rest, change) };
}
