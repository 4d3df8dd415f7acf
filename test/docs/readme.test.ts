import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../scripts/children.mjs';
import { figuresOf, type Sizes } from '../../scripts/size/readme.mjs';

const read = (file: string) => readFileSync(file, 'utf8');
const readmes = ['README.md', 'README.zh-CN.md'];
const sizeHeadings = ['## Size', '## 体积'];
const minute = 60_000;

/** Other versions of zlib differ by some bytes, and a README that changes with each of them helps nobody. */
const TOLERANCE_KB = 0.3;

/** All rows, each without its name. */
let figures: readonly string[] = [];
beforeAll(async () => {
  const { code, output } = await run(process.execPath, ['scripts/size.mjs', '--json']);
  if (code !== 0) throw new Error(output);
  const sizes: Sizes = JSON.parse(output.slice(output.indexOf('{')));
  figures = figuresOf(sizes).flatMap((table) => table.map((row) => row.join(' ')));
}, 2 * minute);

/** The rows of the tables under a heading, each without its name. */
function rowsOf(text: string, heading: string): readonly string[] {
  const section = text.split(heading)[1]?.split(/^## /m)[0] ?? '';
  const tables = section.match(/^\|---.*\n(\|.*\n)+/gm) ?? [];
  return tables.flatMap((table) =>
    table
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split('|').slice(2).join(' ')),
  );
}

const numbersOf = (row: string) => (row.match(/\d+(\.\d+)?/g) ?? []).map(Number);

describe.each(readmes)('%s', (file) => {
  const text = read(file);

  it('links to what exists', () => {
    const targets = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !target.startsWith('http') && !existsSync(target))).toEqual([]);
  });

  it('gives the sizes that npm run size prints', () => {
    const printed = figures.map(numbersOf);
    const told = rowsOf(text, sizeHeadings[readmes.indexOf(file)] ?? '').map(numbersOf);
    expect(told.map(({ length }) => length)).toEqual(printed.map(({ length }) => length));
    for (const [row, numbers] of printed.entries()) {
      for (const [column, number] of numbers.entries()) {
        expect(Math.abs((told[row]?.[column] ?? 0) - number)).toBeLessThan(TOLERANCE_KB);
      }
    }
  });
});

it('the READMEs are level: the same headings, tables, steps and links', () => {
  const shapeOf = (text: string) => ({
    headings: [...text.matchAll(/^#+/gm)].map(([marks]) => marks),
    rows: [...text.matchAll(/^\|/gm)].length,
    steps: [...text.matchAll(/^\d+\./gm)].length,
    links: [...text.matchAll(/\]\(([^)]+)\)/g)]
      .map(([, target]) => target?.replace('.zh-CN.md', '.md'))
      .filter((link) => !link?.startsWith('README')),
  });
  const [english, chinese] = readmes.map((file) => shapeOf(read(file)));
  expect(chinese).toEqual(english);
});
