import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../../..');

export interface KboneProject {
  /** What was built. */
  readonly folder: string;
  remove(): void;
}

/**
 * Builds the kbone example by its own command, in a folder of its own that has the package as `npm install` links it.
 *
 * @param target a mini-program, or a page for browsers
 * @throws Error where it does not build
 */
export async function buildKboneExample(target: 'mp' | 'web', serverUrl: string): Promise<KboneProject> {
  const cache = join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const project = mkdtempSync(join(cache, 'kbone-'));
  const remove = () => rmSync(project, { recursive: true });
  try {
    for (const name of ['package.json', 'build.mjs', 'src']) {
      cpSync(join(root, 'examples/kbone', name), join(project, name), { recursive: true });
    }
    mkdirSync(join(project, 'node_modules'));
    symlinkSync(root, join(project, 'node_modules/denglu'));
    const env = { ...process.env, SERVER_URL: serverUrl };
    await promisify(execFile)(process.execPath, ['build.mjs', target], { cwd: project, env });
    const folder = join(project, 'dist', target);
    if (target === 'mp') buildNpm(folder);
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What "build npm" of the developer tools does with kbone's own packages. */
function buildNpm(folder: string): void {
  for (const name of ['miniprogram-element', 'miniprogram-render']) {
    cpSync(join(root, 'node_modules', name, 'dist'), join(folder, 'miniprogram_npm', name), { recursive: true });
  }
}
