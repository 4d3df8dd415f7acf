/**
 * Where a key leads in the log, which has the newest line first.
 *
 * @param shown the lines, oldest first
 * @param at the order of the line that is looked at; `null`: now
 * @returns the order of another line, `null` for now; `undefined` where the key leads nowhere
 */
export function lineAfterKey(
  key: string,
  shown: readonly { readonly order: number }[],
  at: number | null,
): number | null | undefined {
  switch (key) {
    case 'ArrowDown':
      return (at === null ? shown.at(-1) : shown.findLast(({ order }) => order < at))?.order;
    case 'ArrowUp':
      return at === null ? undefined : (shown.find(({ order }) => order > at)?.order ?? null);
    case 'Home':
      return shown.at(-1)?.order;
    case 'End':
      return shown[0]?.order;
    case 'Escape':
      return null;
    default:
      return undefined;
  }
}
