import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/install.mjs';
import { createEngine } from '../../scripts/mini-program-engine.mjs';
import { filesIn, native } from './support/built-files.js';

const files = filesIn(native);
const components = files.filter((file) => /^components\/[^/]+\/index\.js$/.test(file)).map(dirname);
const doors = filesIn(join(root, 'adapters'))
  .map((file) => `adapters/${file.replace('.ts', '.js')}`)
  .filter((file) => files.includes(file))
  .concat('baas.js', 'index.js', 'inspect.js');

/** A bundle of one file stands for a folder. */
const twinOf = (door: string) => (door === 'inspect.js' ? 'inspect/index.js' : door);

describe.each(doors)('the native door %s', (door) => {
  test('gives the same names as its ESM twin', async () => {
    const twin: object = await import(pathToFileURL(join(root, 'dist', twinOf(door))).href);
    expect(Object.keys(createEngine(native, {}).require(door)).sort()).toEqual(Object.keys(twin).sort());
  });
});

test('the native package has a door for each of the package that a mini-program may use', () => {
  const { exports }: { exports: object } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const others =
    /^\.\/(components|simulator|testing|inspect\/replay|package\.json|adapters\/baidu$|adapters\/kbone(\.css)?)$/;
  const usable = Object.keys(exports).filter((door) => !others.test(door));
  expect(doors).toEqual(usable.map((door) => (door === '.' ? 'index.js' : `${door.slice(2)}.js`)).sort());
});

/** A description that is written there, and not one that is handed on. */
const TEXT = /\bdescription:\s*['"`]/g;

test.each(['miniprogram_dist', 'dist'])(
  '%s carries none of the charts’ descriptions: nobody reads them on a phone',
  (build) => {
    const sources = filesIn(join(root, 'machines')).map((file) => readFileSync(join(root, 'machines', file), 'utf8'));
    const described = sources.join('').match(TEXT) ?? [];
    expect(described.length).toBeGreaterThan(100);
    const built = filesIn(join(root, build))
      .filter((file) => file.endsWith('.js') && file !== 'shared/xstate.js' && !/^(simulator|cli)\//.test(file))
      .map((file) => readFileSync(join(root, build, file), 'utf8'));
    expect(built.join('').match(TEXT) ?? []).toEqual([]);
  },
);

describe.each(components)('the native component %s', (component) => {
  test('registers itself once, on a host without AbortController and globalThis (W-21)', () => {
    const registered: unknown[] = [];
    const Component = (definition: unknown) => registered.push(definition);
    createEngine(native, { Component }).require(`${component}/index.js`);
    expect(registered).toHaveLength(1);
  });

  test('has its template, its style and its settings beside it', () => {
    const beside = ['index.wxml', 'index.wxss', 'index.json'].map((file) => join(component, file));
    expect(files).toEqual(expect.arrayContaining(beside));
  });

  test('uses only components that are there', () => {
    const settings: { component: boolean; usingComponents?: Record<string, string> } = JSON.parse(
      readFileSync(join(native, component, 'index.json'), 'utf8'),
    );
    expect(settings.component).toBe(true);
    for (const path of Object.values(settings.usingComponents ?? {})) {
      expect(files).toContain(`${join(path.startsWith('/') ? '.' : component, path)}.js`);
    }
  });
});

test('every component of the sources was built', () => {
  const sources = filesIn(join(root, 'components')).filter((file) => /^[^/]+\/index\.ts$/.test(file));
  expect(sources).not.toEqual([]);
  expect(components).toEqual(sources.map((file) => join('components', dirname(file))));
});

test('xstate occurs once, in its production build, with its licence', () => {
  const texts = files.filter((file) => file.endsWith('.js')).map((file) => readFileSync(join(native, file), 'utf8'));
  const copies = texts.join('\n').match(/= "xstate\.init"/g);
  expect(copies).toHaveLength(1);
  expect(texts.join('\n')).not.toContain('process.env');
  expect(texts.join('\n')).not.toContain('was sent to stopped actor');
  expect(readFileSync(join(native, 'shared/xstate.LICENSE.txt'), 'utf8')).toContain('Permission is hereby granted');
});
