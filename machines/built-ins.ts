/** Brings along what XState calls and Baidu's engines lack (B-12). What is there stays as it is. */
export function bringBuiltIns(): void {
  bring(Array.prototype, 'flatMap', flatMap);
  bring(Object, 'fromEntries', fromEntries);
}

function bring(owner: object, name: string, value: (...args: never[]) => unknown): void {
  if (name in owner) return;
  Object.defineProperty(owner, name, { value, configurable: true, enumerable: false, writable: true });
}

/** As the language has it (ECMA-262): one level is flattened, and holes are skipped. */
function flatMap<T, U>(
  this: readonly T[],
  callback: (value: T, index: number, array: readonly T[]) => U | readonly U[],
  thisArg?: unknown,
): U[] {
  const flat: U[] = [];
  this.forEach((value, index, array) => {
    const mapped = callback.call(thisArg, value, index, array);
    if (isList(mapped)) for (const each of mapped) flat.push(each);
    else flat.push(mapped);
  });
  return flat;
}

function isList<U>(value: U | readonly U[]): value is readonly U[] {
  return Array.isArray(value);
}

function fromEntries<T>(entries: Iterable<readonly [PropertyKey, T]>): Record<PropertyKey, T> {
  const object: Record<PropertyKey, T> = {};
  for (const [name, value] of entries) {
    // A plain assignment to `__proto__` would make no field.
    Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
  }
  return object;
}

// At once: XState needs them as soon as a chart is defined.
bringBuiltIns();
