import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InspectorSettings } from '../../inspect/index.js';

const pages = ['docs/inspect.md', 'docs/inspect.zh-CN.md'];
const read = (page: string) => readFileSync(page, 'utf8');

/** All of them, or this does not compile. */
const settings: Record<keyof InspectorSettings, true> = {
  url: true,
  token: true,
  device: true,
  buffer: true,
  onProblem: true,
  clock: true,
  random: true,
};

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('links to what exists', () => {
    const targets = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(resolve('docs', target)))).toEqual([]);
  });

  it('names every option of the inspector and of the command, and no others', () => {
    for (const name of Object.keys(settings)) expect(text).toContain(`\`${name}\``);
    const source = ['inspect-command', 'charts-command'].map((name) => read(`inspect/server/${name}.ts`)).join('');
    const options = [...source.matchAll(/(\w+): \{ type: 'string' \}/g)].map(([, name]) => `--${name}`);
    const named = [...text.matchAll(/--(?!-)[a-z]+/g)].map(([option]) => option);
    expect(new Set(named)).toEqual(new Set(options));
  });
});

it('the pages are level: the same headings, tables, programs and names', () => {
  const shapeOf = (text: string) => ({
    headings: text.match(/^#+ /gm),
    rows: text.match(/^\|/gm)?.length,
    programs: text.match(/^```\w+$/gm),
    names: [...new Set(text.match(/`[\w.-]+`/g))].sort(),
  });
  const [english, chinese] = pages.map((page) => shapeOf(read(page)));
  expect(chinese).toEqual(english);
});
