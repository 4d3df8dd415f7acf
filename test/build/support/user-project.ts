import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { npm, root } from '../../../scripts/install.mjs';

/** A project of a user: the package as it would come from the registry, and what the user has beside it. */
export interface UserProject {
  folder: string;
  /** Where the package is. */
  installed: string;
  /** What the compiler finds wrong in the program or in the package; in other packages users cannot mend it. */
  faults(program: string, options: readonly string[]): string[];
  remove(): void;
}

/** The package as a tarball. */
export interface PackedPackage {
  /** Its files, by their path in the package. */
  files: string[];
  /** Where it is. */
  tarball: string;
  /** @param peers packages that the user has, besides it */
  install(peers: readonly string[]): UserProject;
  remove(): void;
}

/**
 * Packs what was built.
 *
 * @param source the folder of the package
 */
export async function pack(source = root): Promise<PackedPackage> {
  const folder = mkdtempSync(join(tmpdir(), 'denglu-'));
  const { code, output } = await npm(['pack', source, '--ignore-scripts', '--json', '--pack-destination', folder]);
  if (code !== 0) throw new Error(output);
  const [packed]: { filename: string; files: { path: string }[] }[] = JSON.parse(output.slice(output.indexOf('[')));
  const { name }: { name: string } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const tarball = join(folder, packed?.filename ?? '');
  return {
    files: packed?.files.map(({ path }) => path) ?? [],
    tarball,
    install: (peers) => install(name, tarball, peers),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function install(name: string, tarball: string, peers: readonly string[]): UserProject {
  const folder = mkdtempSync(join(tmpdir(), 'denglu-'));
  const installed = join(folder, 'node_modules', name);
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const peer of peers) {
    const link = join(folder, 'node_modules', peer);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', peer), link);
  }
  return {
    folder,
    installed,
    faults(program, options) {
      writeFileSync(join(folder, 'program.ts'), program);
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      const args = [tsc, '--strict', '--noEmit', '--target', 'es2022', ...options, 'program.ts'];
      const { stdout, status } = spawnSync(process.execPath, args, { cwd: folder });
      const lines = stdout.toString().split('\n');
      // Options that are wrong, or a compiler that broke, are nobody's types.
      if (status !== 0 && !lines.some((line) => /^\S+\.m?ts\(/.test(line))) throw new Error(stdout.toString());
      return lines.filter((line) => /^[\w-]+\.ts\(/.test(line) || line.startsWith(`node_modules/${name}/`));
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
