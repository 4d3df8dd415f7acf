import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as testing from '../../testing/index.js';
import { coupon } from '../explore/own/coupon.js';

const pages = ['docs/testing.md', 'docs/testing.zh-CN.md'];
const codeOf = (page: string) =>
  [...readFileSync(page, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);

describe.each(pages)('%s', (page) => {
  it('links to what exists', () => {
    const targets = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(resolve('docs', target)))).toEqual([]);
  });

  it('shows code that runs, as it stands there', async () => {
    const tests: (() => Promise<unknown>)[] = [];
    const note = (_: string, test: () => Promise<unknown>) => tests.push(test);
    const code = codeOf(page)
      .join('\n')
      .replace(/^import .*$/gm, '');
    const names = Object.keys(testing);
    new Function('coupon', 'it', ...names, code)(coupon, note, ...Object.values(testing));
    expect(tests).toHaveLength(2);
    for (const test of tests) await test();
  });
});

it('the pages show the same code', () => {
  const [english, chinese] = pages.map((page) => codeOf(page).map((code) => code.replace(/\/\/.*$/gm, '')));
  expect(chinese).toEqual(english);
});
