import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isInstalled } from '../../scripts/install.mjs';

const locked = {
  '': { dependencies: { first: '1.0.0' }, devDependencies: { '@scope/second': '1.0.0' } },
  'node_modules/first': { version: '1.0.0', integrity: 'sha512-first' },
  'node_modules/first/node_modules/inner': { version: '1.0.0', integrity: 'sha512-inner' },
  'node_modules/@scope/second': { version: '1.0.0', integrity: 'sha512-second' },
  'node_modules/of-another-system': { version: '1.0.0', integrity: 'sha512-other', optional: true },
};
type Packages = Record<string, object>;

/** A project as npm leaves it. */
function installed(present: Packages = {}) {
  const folder = `${mkdtempSync(join(tmpdir(), 'denglu-install-'))}/`;
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { '': _, 'node_modules/of-another-system': other, ...own } = locked;
  const packages: Packages = { ...own, ...present };
  for (const path of Object.keys(packages)) {
    mkdirSync(`${folder}${path}`, { recursive: true });
    writeFileSync(`${folder}${path}/package.json`, '{}');
  }
  writeFileSync(`${folder}package-lock.json`, JSON.stringify({ packages: locked }));
  writeFileSync(`${folder}node_modules/.package-lock.json`, JSON.stringify({ packages }));
  return folder;
}

test('a project that has what its lock says is installed, without the packages of other systems', () => {
  expect(isInstalled(installed())).toBe(true);
  expect(isInstalled()).toBe(true);
});

test.each(['node_modules/first', 'node_modules/first/node_modules/inner', 'node_modules/@scope/second'])(
  'it is not where %s was removed, though npm’s own list still has it',
  (path) => {
    const folder = installed();
    rmSync(`${folder}${path}`, { recursive: true });
    expect(isInstalled(folder)).toBe(false);
  },
);

test('it is not where another version is there, nor where node_modules is gone', () => {
  const other = { 'node_modules/first': { version: '2.0.0', integrity: 'sha512-first' } };
  expect(isInstalled(installed(other))).toBe(false);
  const folder = installed();
  rmSync(`${folder}node_modules`, { recursive: true });
  expect(isInstalled(folder)).toBe(false);
});
