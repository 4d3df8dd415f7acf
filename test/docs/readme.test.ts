import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Sizes {
  native: readonly Size[];
  esm: readonly Size[];
}

interface Size {
  name: string;
  minified: number;
  gzipped: number;
}

const read = (file: string) => readFileSync(file, 'utf8');
const readmes = ['README.md', 'README.zh-CN.md'];

/** Other versions of zlib differ by some bytes, and a README that changes with each of them helps nobody. */
const TOLERANCE_KB = 0.3;

describe.each(readmes)('%s', (file) => {
  const text = read(file);

  it('links to what exists', () => {
    const targets = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !target.startsWith('http') && !existsSync(target))).toEqual([]);
  });

  it('gives the sizes that npm run size prints', () => {
    const sizes: Sizes = JSON.parse(execFileSync(process.execPath, ['scripts/size.mjs', '--json']).toString());
    const printed = [...sizes.native, ...sizes.esm].filter(({ name }) => /^(total|app, with)/.test(name));
    const told = [...text.matchAll(/\| ([\d.]+) kB \| ([\d.]+) kB \|/g)].map(([, min, gzip]) => [
      Number(min),
      Number(gzip),
    ]);
    expect(told).toHaveLength(printed.length);
    for (const [index, { minified, gzipped }] of printed.entries()) {
      const [min = 0, gzip = 0] = told[index] ?? [];
      expect(Math.abs(min - minified / 1000)).toBeLessThan(TOLERANCE_KB);
      expect(Math.abs(gzip - gzipped / 1000)).toBeLessThan(TOLERANCE_KB);
    }
  });
});

it('the READMEs are level: the same headings, tables, steps and links', () => {
  const shapeOf = (text: string) => ({
    headings: [...text.matchAll(/^#+/gm)].map(([marks]) => marks),
    rows: [...text.matchAll(/^\|/gm)].length,
    steps: [...text.matchAll(/^\d+\./gm)].length,
    links: [...text.matchAll(/\]\(([^)]+)\)/g)]
      .map(([, target]) => target)
      .filter((link) => !link?.startsWith('README')),
  });
  const [english, chinese] = readmes.map((file) => shapeOf(read(file)));
  expect(chinese).toEqual(english);
});
