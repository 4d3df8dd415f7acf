/**
 * Where a sorted list turns, by bisection.
 *
 * @param sorted those that are below first
 * @param isBelow holds for all before the place, and for none from there on
 * @returns the place of the first that is not below; the length where all are
 */
export function partitionPoint<T>(sorted: readonly T[], isBelow: (item: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && isBelow(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
