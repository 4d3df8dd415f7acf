/** Calls what an app or a page may have defined for the host to call; where it has not, nothing happens. */
export function callMethod(owner: object, name: string, ...args: readonly unknown[]): void {
  const method: unknown = Reflect.get(owner, name);
  if (typeof method === 'function') method.apply(owner, args);
}
