/** A field of whatever the host gave; '' where it is none, or no text. */
export function textIn(value: unknown, name: string): string {
  const text = fieldIn(value, name);
  return typeof text === 'string' ? text : '';
}

/** A field of whatever the host gave; `undefined` where it is none. */
export function fieldIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
