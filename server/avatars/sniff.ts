import type { PictureType } from './store.js';

/** How the files of each type begin, in Latin-1. A type that can carry script, such as SVG, is none of them. */
const beginnings: [PictureType, (begin: string) => boolean][] = [
  ['image/png', (begin) => begin.startsWith('\x89PNG\r\n\x1a\n')],
  ['image/jpeg', (begin) => begin.startsWith('\xff\xd8\xff')],
  ['image/gif', (begin) => begin.startsWith('GIF87a') || begin.startsWith('GIF89a')],
  ['image/webp', (begin) => begin.startsWith('RIFF') && begin.startsWith('WEBPVP8', 8)],
];

/** What a picture is by its bytes, whatever its name or type says; `undefined` where it is none that may be used. */
export function sniff(bytes: Uint8Array): PictureType | undefined {
  const begin = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return beginnings.find(([, fits]) => fits(begin))?.[0];
}
