import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** The files of the page, by the path that they are asked for. */
export type PageFiles = ReadonlyMap<string, PageFile>;

export interface PageFile {
  readonly type: string;
  readonly content: Buffer;
  /** Whether it runs beside the page, under rules of its own. */
  readonly isWorker: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Reads them all: what is asked for later can lead to no other file. */
export function readPageFiles(folder: string): PageFiles {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.flatMap(({ parentPath, name }) => {
      const type = TYPES[extname(name)];
      if (!type) return [];
      const path = relative(folder, join(parentPath, name)).split(sep).join('/');
      const file = { type, content: readFileSync(join(parentPath, name)), isWorker: /-worker\b/.test(name) };
      return [[path === 'index.html' ? '/' : `/${path}`, file]];
    }),
  );
}
