import { gzipSync } from 'node:zlib';

/** @typedef {{ name: string, minified: number, gzipped: number }} Size in bytes */

/**
 * @param {string} name
 * @param {string} text
 * @returns {Size}
 */
export function measure(name, text) {
  return { name, minified: Buffer.byteLength(text), gzipped: gzipSync(text, { level: 9 }).length };
}

/**
 * @param {string} name
 * @param {readonly Size[]} sizes each compressed by itself
 * @returns {Size}
 */
export function sum(name, sizes) {
  const add = (/** @type {'minified' | 'gzipped'} */ column) =>
    sizes.reduce((before, size) => before + size[column], 0);
  return { name, minified: add('minified'), gzipped: add('gzipped') };
}
