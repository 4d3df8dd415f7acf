import { basename, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the address of a database must be. */
export const DATABASE_ADDRESS = 'must be the absolute file: address of a file, like file:///var/lib/denglu.db';

/**
 * The file that a `file:` address names, if it is one that always means the same: what is relative depends on where the
 * server was started, and what asks for memory, or for anything else after a `?`, would end as a file of that name.
 */
export function databasePath(url: string): string | undefined {
  if (!/^file:\/[^?#]*$/i.test(url)) return undefined;
  try {
    const path = fileURLToPath(url);
    const isFile = !path.endsWith(sep) && !path.includes('\0') && basename(path) !== ':memory:';
    return isFile ? path : undefined;
  } catch {
    return undefined;
  }
}
