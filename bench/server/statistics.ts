/** The part of the values below which `share` of them lie; 0.5 gives the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** One figure of several rounds. */
export interface Figure {
  median: number;
  least: number;
  most: number;
}

export const figure = (rounds: readonly number[]): Figure => ({
  median: quantile(rounds, 0.5),
  least: Math.min(...rounds),
  most: Math.max(...rounds),
});

/** What of each round is by that of the other in the same round: both met the same noise. */
export const ratio = (rounds: readonly number[], others: readonly number[]): Figure =>
  figure(rounds.map((value, round) => value / (others[round] ?? Number.NaN)));
