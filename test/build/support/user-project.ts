import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  /** @param peers packages that the user has, besides it */
  install(peers: readonly string[]): UserProject;
  remove(): void;
}

/** Packs what was built. */
export async function pack(): Promise<PackedPackage> {
  const folder = mkdtempSync(join(tmpdir(), 'denglu-'));
  const { code, output } = await npm(['pack', root, '--ignore-scripts', '--json', '--pack-destination', folder]);
  if (code !== 0) throw new Error(output);
  const [tarball]: { filename: string; files: { path: string }[] }[] = JSON.parse(output.slice(output.indexOf('[')));
  return {
    files: tarball?.files.map(({ path }) => path) ?? [],
    install: (peers) => install(join(folder, tarball?.filename ?? ''), peers),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function install(tarball: string, peers: readonly string[]): UserProject {
  const folder = mkdtempSync(join(tmpdir(), 'denglu-'));
  const installed = join(folder, 'node_modules/denglu');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const peer of peers) symlinkSync(join(root, 'node_modules', peer), join(folder, 'node_modules', peer));
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
      if (status !== 0 && !lines.some((line) => /^\S+\.ts\(/.test(line))) throw new Error(stdout.toString());
      return lines.filter((line) => /^(program\.ts|node_modules\/denglu\/)/.test(line));
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
