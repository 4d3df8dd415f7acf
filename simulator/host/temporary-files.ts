import type { Picture } from './sheets.js';

/** The files that an app gets as temporary paths. They end with it (W-11). */
export interface TemporaryFiles {
  /** @returns its path */
  add(bytes: Picture): string;
  find(path: string): Picture | undefined;
}

/** @param scheme what the host's own paths begin with */
export function createTemporaryFiles(scheme: string, launch: number): TemporaryFiles {
  const files = new Map<string, Picture>();
  return {
    add(bytes) {
      const path = `${scheme}://tmp_${launch}_${files.size + 1}.${extensionOf(bytes)}`;
      files.set(path, bytes);
      return path;
    },
    find: (path) => files.get(path),
  };
}

/** A PNG begins with a byte that no text has; the rest counts as JPEG, as the host's own pictures are. */
function extensionOf(bytes: Picture): string {
  return bytes[0] === 0x89 ? 'png' : 'jpeg';
}
