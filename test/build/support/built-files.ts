import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/install.mjs';

export const native = join(root, 'miniprogram_dist');
export const swan = join(root, 'swan_dist');

/** The built files of a folder, by their path in it. Fails where nothing was built. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`${folder} is not there: run npm run build`);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
