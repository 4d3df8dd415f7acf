import { randomUUID } from 'node:crypto';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../make-folder.js';
import type { AvatarStore, Picture, PictureType } from './store.js';

const endings: Record<PictureType, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

const NAME = /^[\da-f-]{36}\.(png|jpg|gif|webp)$/;

/** Pictures as files, and a way to read them. */
export interface AvatarFolder extends AvatarStore {
  /** The picture of a name, if there is one. */
  read(name: string): Promise<Picture | undefined>;
}

/**
 * Keeps pictures in one folder, under names that nobody can guess.
 *
 * @param folder is made with the first picture
 * @param baseUrl the address that the names stand below, without a slash at its end
 */
export function avatarFolder(folder: string, baseUrl: () => string): AvatarFolder {
  return {
    async put({ bytes, type }) {
      const name = `${randomUUID()}.${endings[type]}`;
      makeFolder(folder);
      await writeFile(join(folder, name), bytes);
      return `${baseUrl()}/${name}`;
    },

    async has(url) {
      const name = url.slice(baseUrl().length + 1);
      if (url !== `${baseUrl()}/${name}` || !NAME.test(name)) return false;
      return access(join(folder, name)).then(
        () => true,
        () => false,
      );
    },

    async read(name) {
      const [, ending] = NAME.exec(name) ?? [];
      const type = (Object.keys(endings) as PictureType[]).find((known) => endings[known] === ending);
      const bytes = type && (await readFile(join(folder, name)).catch(() => undefined));
      return type && bytes && { bytes, type };
    },
  };
}
