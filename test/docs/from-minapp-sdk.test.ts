import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBaasBench } from '../baas/support/virtual.js';

const pages = ['docs/from-minapp-sdk.md', 'docs/from-minapp-sdk.zh-CN.md'];
const read = (page: string) => readFileSync(page, 'utf8');

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('links to what exists', () => {
    const targets = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(3);
    expect(targets.filter((target) => !existsSync(resolve('docs', target)))).toEqual([]);
  });

  it('names every call that there is', () => {
    const BaaS = createBaasBench().onWechat();
    const names = [
      ...Object.keys(BaaS.auth).map((name) => `auth.${name}`),
      'BaaS.init',
      'BaaS.login',
      'BaaS.handleUserInfo',
    ];
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
  });
});

it('the pages are level: the same headings, tables and names', () => {
  const shapeOf = (text: string) => ({
    headings: text.match(/^#+ /gm),
    rows: text.match(/^\|/gm)?.length,
    numbers: text.match(/\b[46]\d\d\b/g)?.sort(),
    names: [...new Set(text.match(/`[\w.-]+`/g))].sort(),
  });
  const [english, chinese] = pages.map((page) => shapeOf(read(page)));
  expect(chinese).toEqual(english);
});
