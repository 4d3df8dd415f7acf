import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/install.mjs';

interface Locked {
  version?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const locks = [
  'package-lock.json',
  'server/package-lock.json',
  'examples/uni-app/package-lock.json',
  'scripts/official/package-lock.json',
  'scripts/databases/sqld/package-lock.json',
];

test.each(locks)('%s names all that npm ci asks for, also the packages of other systems', (lock) => {
  const { packages }: { packages: Record<string, Locked> } = JSON.parse(readFileSync(join(root, lock), 'utf8'));
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.entries({ ...dependencies, ...optionalDependencies })
      .filter(([name, range]) => !satisfies(findFrom(path, name), range))
      .map(([name, range]) => `${name}@${range} for ${path || 'the project'}`),
  );
  expect(missing).toEqual([]);

  /** The package that Node would find from this place, the folders above it included. */
  function findFrom(path: string, name: string): Locked | undefined {
    const here = packages[`${path && `${path}/`}node_modules/${name}`];
    if (here || path === '') return here;
    return findFrom(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name);
  }
});

test('the lock of the server alone says what the project’s says of it (else: node scripts/server-lock.mjs)', () => {
  const read = (lock: string): { packages: Record<string, object> } =>
    JSON.parse(readFileSync(join(root, lock), 'utf8'));
  const all = read('package-lock.json').packages;
  const { '': own, ...packages } = read('server/package-lock.json').packages;
  const manifest: object = JSON.parse(readFileSync(join(root, 'server/package.json'), 'utf8'));
  for (const kind of ['version', 'dependencies', 'peerDependencies', 'devDependencies']) {
    expect(Reflect.get(own ?? {}, kind)).toEqual(Reflect.get(manifest, kind));
  }
  const integrity = (of: object | undefined) => (of ? Reflect.get(of, 'integrity') : undefined);
  const others = Object.keys(packages).filter((path) => integrity(packages[path]) !== integrity(all[path]));
  expect(others).toEqual([]);
});

/** Exact versions are compared; a range is npm's to judge, which wrote the lock. */
function satisfies(found: Locked | undefined, range: string): boolean {
  if (!found) return false;
  return !/^\d+\.\d+\.\d+$/.test(range) || found.version === range;
}
