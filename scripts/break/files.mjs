import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Remembers the files that a patch touches, so that it can be taken back. `git apply --reverse` would have to find
 * the place again by a few lines around it, and what only adds lines fits in more places than one.
 *
 * @param {string} folder where the patch is applied
 * @param {string} patch its text
 * @returns {() => void} takes back whatever was done to them
 */
export function rememberFiles(folder, patch) {
  const files = [...patch.matchAll(/^(?:--- a|\+\+\+ b)\/(.*)$/gm)].map(([, file]) => join(folder, String(file)));
  const kept = new Map(files.map((file) => [file, existsSync(file) ? readFileSync(file) : null]));
  return () => {
    for (const [file, text] of kept) {
      if (text === null) rmSync(file, { force: true });
      else writeFileSync(file, text);
    }
  };
}
