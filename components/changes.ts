/**
 * What of a view has to cross the bridge: each `setData` costs by its bytes (W-24).
 *
 * @param path where the view stands in the component's data
 * @returns what changed, by its path; `null` where nothing did
 */
export function changesOf<View extends object>(
  path: string,
  before: View,
  after: View,
): Record<string, unknown> | null {
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(after)) {
    if (Reflect.get(before, name) !== value) changes[`${path}.${name}`] = value;
  }
  return Object.keys(changes).length > 0 ? changes : null;
}
