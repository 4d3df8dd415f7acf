/**
 * Compares base-library versions number by number (W-19).
 *
 * @returns below, above or equal to zero, as a sort wants it
 */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a base library is of this version or newer (W-19). */
export function isSince(baseLibrary: string, version: string): boolean {
  return compareVersions(baseLibrary, version) >= 0;
}
