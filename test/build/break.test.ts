import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { rememberFiles } from '../../scripts/break/files.mjs';
import { readGuarantees } from '../../scripts/break/guarantees.mjs';
import { judge } from '../../scripts/break/judge.mjs';
import { run } from '../../scripts/children.mjs';
import { root } from '../../scripts/install.mjs';

const guarantees = readGuarantees(root);
const broken = guarantees.flatMap(({ id, patch }) => (patch ? [{ id, patch }] : []));

describe.each(broken)('the patch that breaks $id', ({ patch }) => {
  const text = readFileSync(join(root, patch), 'utf8');

  test('applies to the code as it is (else: break it anew, and write the difference down)', async () => {
    const { output } = await run('git', ['-C', root, 'apply', '--check', patch]);
    expect(output).toBe('');
  });

  test('says first, in a sentence, what it breaks', () => {
    expect(text.split('\n')[0]).toMatch(/^[A-Z].{20,120}\.$/);
  });

  test('breaks code, and no test', () => {
    const files = [...text.matchAll(/^[+]{3} b\/(.*)$/gm)].map(([, file]) => file);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !/^(machines|ports|adapters|components|server)\//.test(String(file)))).toEqual([]);
  });
});

test('every guarantee has tests and a patch', () => {
  const unkept = guarantees.filter(({ tests, patch }) => tests === null || patch === null);
  expect(unkept.map(({ id }) => id)).toEqual([]);
  expect(guarantees).toHaveLength(23);
});

test('a patch that only adds lines is taken back where it was applied, though they would fit elsewhere', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'denglu-break-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const before = 'a\nb\nc\n'.repeat(9);
  writeFileSync(join(folder, 'letters.ts'), before);
  const patch =
    '--- a/letters.ts\n+++ b/letters.ts\n@@ -4,3 +4,2 @@\n a\n-b\n c\n' +
    '--- /dev/null\n+++ b/more.ts\n@@ -0,0 +1 @@\n+d\n';
  writeFileSync(join(folder, 'it.patch'), patch);
  const takeBack = rememberFiles(folder, patch);
  const env = { GIT_CEILING_DIRECTORIES: dirname(folder) };
  expect(await run('git', ['-C', folder, 'apply', 'it.patch'], { env })).toEqual({ code: 0, output: '' });
  expect(readFileSync(join(folder, 'letters.ts'), 'utf8')).not.toBe(before);
  expect(existsSync(join(folder, 'more.ts'))).toBe(true);
  takeBack();
  expect(readFileSync(join(folder, 'letters.ts'), 'utf8')).toBe(before);
  expect(existsSync(join(folder, 'more.ts'))).toBe(false);
});

test('every file of test/guarantees belongs to a guarantee', () => {
  const known = guarantees.flatMap(({ tests, patch }) => [tests, patch]);
  const there = ['test/guarantees', 'test/guarantees/breaks'].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
      .map(({ name }) => `${folder}/${name}`),
  );
  expect(there.filter((file) => !known.includes(file))).toEqual([]);
});

describe('with G-02 broken, npm run break', () => {
  const told = (title: string, status = 'passed') => ({ status, title, fullName: title });
  const file = (id: string, ...assertionResults: readonly ReturnType<typeof told>[]) => ({
    name: `/copy/test/guarantees/${id.toLowerCase()}-what-it-says.test.ts`,
    status: 'passed' as const,
    message: '',
    assertionResults,
  });
  const red = file('G-02', told('G-02 a', 'failed'), told('G-02 b', 'failed'));
  const green = file('G-01', told('G-01 a'));

  test('is content where all tests of G-02 are red, and no other', () => {
    expect(judge([green, red], 'G-02')).toEqual({ own: '2/2', others: 0, deviations: [] });
  });

  test.each([
    [
      'a test of G-02 that stays green',
      [green, file('G-02', told('G-02 a', 'failed'), told('G-02 b'))],
      'stays green: G-02 b',
    ],
    ['a test of another that goes red', [file('G-01', told('G-01 a', 'failed')), red], 'goes red too: G-01 a'],
    ['a test that was left out', [file('G-01', told('G-01 a', 'skipped')), red], 'left out: G-01 a'],
    [
      'a file that could not be loaded',
      [{ ...file('G-01'), message: 'no such\nmodule' }, red],
      'g-01-what-it-says.test.ts did not run: no such',
    ],
    ['a file without tests', [file('G-01'), red], 'g-01-what-it-says.test.ts did not run: no tests'],
    ['that nothing of G-02 ran', [green], 'no test of G-02 ran'],
    [
      'a test by another name',
      [file('G-01', told('G-07 a')), red],
      'in g-01-what-it-says.test.ts, this does not begin with G-01: G-07 a',
    ],
  ])('names %s', (_, files, deviation) => {
    expect(judge(files, 'G-02').deviations).toEqual([deviation]);
  });

  test('wants all green where nothing is broken', () => {
    expect(judge([green], null)).toEqual({ own: '-', others: 0, deviations: [] });
    expect(judge([green, red], null).deviations).toEqual(['is red: G-02 a', 'is red: G-02 b']);
  });
});
