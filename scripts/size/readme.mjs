import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../install.mjs';
import { Problem } from '../speech.mjs';

/** @typedef {import('./measure.mjs').Size} Size */
/** @typedef {import('./traffic.mjs').FlowTraffic} FlowTraffic */
/** @typedef {{ components: Size[], shared: Size[], native: Size[], swan: { components: Size[], native: Size[] }, esm: Size[], traffic: FlowTraffic[] }} Sizes */

/** The READMEs, and the heading under which each gives its sizes. */
const places = /** @type {const} */ ([
  ['README.md', '## Size'],
  ['README.zh-CN.md', '## 体积'],
]);

/**
 * The figures of the READMEs: for each table its rows, for each row what follows its name.
 *
 * @param {Sizes} sizes
 * @returns {string[][][]}
 */
export function figuresOf({ native, esm, traffic }) {
  const total = native.filter(({ name }) => name === 'total');
  return [
    [...total, ...esm].map(({ minified, gzipped }) => [kilobytes(minified), kilobytes(gzipped)]),
    traffic.map(({ changes, calls, bytes, wholeCalls, wholeBytes }) => [
      String(changes),
      String(calls),
      `${bytes} B`,
      String(wholeCalls),
      `${wholeBytes} B`,
    ]),
  ];
}

/**
 * Writes the figures into both READMEs. What the rows are called is theirs.
 *
 * @param {Sizes} sizes
 */
export function writeReadmes(sizes) {
  for (const [name, heading] of places) {
    const file = join(root, name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, withFigures(text, heading, figuresOf(sizes)));
  }
}

/**
 * @param {string} text
 * @param {string} heading
 * @param {string[][][]} tables
 */
function withFigures(text, heading, tables) {
  const lines = text.split('\n');
  const start = lines.indexOf(heading);
  const rows = tables.flat();
  let at = 0;
  let isRow = false;
  for (let index = start + 1; index < lines.length && !lines[index]?.startsWith('## '); index += 1) {
    const line = lines[index] ?? '';
    if (line.startsWith('|---')) isRow = true;
    else if (!line.startsWith('|')) isRow = false;
    else if (isRow) {
      const [, name] = line.split('|');
      lines[index] = `|${[name, ...(rows[at] ?? []).map((figure) => ` ${figure} `)].join('|')}|`;
      at += 1;
    }
  }
  if (start < 0 || at !== rows.length) {
    throw new Problem(
      `"${heading}" has ${at} rows for ${rows.length} figures: its tables have one row for each, in order.`,
      `「${heading}」一节有 ${at} 行,而数据有 ${rows.length} 行:每项数据一行,顺序一致。`,
    );
  }
  return lines.join('\n');
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
