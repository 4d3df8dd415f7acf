/** Numbers from 0 up to but not including 1, as `Math.random` gives them. */
export type Random = () => number;

/**
 * A sequence that looks random and is the same in every run (the mulberry32 generator).
 *
 * @param seed any whole number
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Text of letters and digits, with `more` letters allowed beside them.
 *
 * @param length how many
 */
export function randomText(random: Random, length: number, more = ''): string {
  const alphabet = LETTERS + more;
  return Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');
}

/** `count` bytes in base64. */
export function randomBase64(random: Random, count: number): string {
  return btoa(String.fromCharCode(...Array.from({ length: count }, () => Math.floor(random() * 256))));
}

/** `count` bytes as hexadecimal digits. */
export function randomHex(random: Random, count: number): string {
  return Array.from({ length: 2 * count }, () => Math.floor(random() * 16).toString(16)).join('');
}
