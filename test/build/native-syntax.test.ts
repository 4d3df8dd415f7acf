import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, tokenizer } from 'acorn';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { filesIn, native, swan } from './support/built-files.js';

const packages = [
  { folder: native, hostObject: 'wx', other: 'swan' },
  { folder: swan, hostObject: 'swan', other: 'wx' },
];
const scriptsIn = (folder: string) => filesIn(folder).filter((file) => file.endsWith('.js'));
const scripts = packages.flatMap(({ folder }) =>
  scriptsIn(folder).map((file) => ({ folder, file, path: join(basename(folder), file) })),
);

describe.each(scripts)('$path', ({ folder, file }) => {
  const source = readFileSync(join(folder, file), 'utf8');

  test('is ES2018 CommonJS, as hosts and their npm step understand no later syntax (W-21)', () => {
    expect(() => parse(source, { ecmaVersion: 2018, sourceType: 'script' })).not.toThrow();
  });

  test('makes no code of text, asks for no environment and takes globalThis for nothing (W-21)', () => {
    expect(namesIn(source)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(eval|Function|globalThis|process|AbortController)$/)]),
    );
  });

  test('requires nothing but files of the package', () => {
    const required = [...source.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, path]) => path ?? '');
    for (const path of required) expect(filesIn(folder)).toContain(join(file, '..', path));
  });
});

test.each(packages)(
  'the package for $hostObject needs only what the standard and that host give (W-21, B-10)',
  ({ folder, hostObject, other }) => {
    const given = ['Component', 'clearTimeout', 'console', 'exports', 'getApp', 'module', 'require', 'setTimeout'];
    const needed = globalsOf(scriptsIn(folder).map((file) => join(folder, file)));
    expect(needed).toContain(hostObject);
    expect(needed).not.toContain(other);
    expect(needed.filter((name) => ![...given, hostObject].includes(name))).toEqual([]);
  },
);

/** All names that are not members of something. */
function namesIn(source: string): string[] {
  const names: string[] = [];
  let before = '';
  for (const token of tokenizer(source, { ecmaVersion: 2018 })) {
    const text = source.slice(token.start, token.end);
    if (token.type.label === 'name' && before !== '.') names.push(text);
    before = text;
  }
  return names;
}

/** The names that are neither declared in these files nor part of ES2018, as the compiler's "cannot find name" tells. */
function globalsOf(files: readonly string[]): string[] {
  const program = ts.createProgram({
    rootNames: files,
    options: { allowJs: true, checkJs: true, noEmit: true, lib: ['lib.es2018.d.ts'], types: [] },
  });
  const names = new Set<string>();
  for (const { messageText, file, start = 0, length } of program.getSemanticDiagnostics()) {
    const text = ts.flattenDiagnosticMessageText(messageText, ' ');
    if (file && text.startsWith('Cannot find name')) names.add(file.text.substr(start, length));
  }
  return [...names].sort();
}
