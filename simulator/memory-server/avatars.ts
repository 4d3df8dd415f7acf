import { field } from '../json.js';
import type { Desk, Endpoint } from './desk.js';
import { refuse } from './input.js';
import { ServerRefusal } from './refusal.js';

/** In bytes. */
const MAX_SIZE = 2 * 1024 * 1024;

/** How the files of each type begin, in Latin-1. */
const BEGINNINGS: readonly (readonly [ending: string, type: string, fits: (begin: string) => boolean])[] = [
  ['png', 'image/png', (begin) => begin.startsWith('\x89PNG\r\n\x1a\n')],
  ['jpg', 'image/jpeg', (begin) => begin.startsWith('\xff\xd8\xff')],
  ['gif', 'image/gif', (begin) => begin.startsWith('GIF87a') || begin.startsWith('GIF89a')],
  ['webp', 'image/webp', (begin) => begin.startsWith('RIFF') && begin.startsWith('WEBPVP8', 8)],
];

/** Uploaded pictures, and where they are read. */
export function createAvatars({ store, profileUpdates }: Desk) {
  const pictures = new Map<string, { bytes: Uint8Array<ArrayBuffer>; type: string }>();

  const upload: Endpoint = async ({ body, token, origin }) => {
    store.session(token);
    if (!profileUpdates) throw new ServerRefusal('PROFILE_UPDATES_OFF');
    const file = field(body, 'file');
    if (!(file instanceof Blob)) return refuse();
    if (file.size > MAX_SIZE) throw new ServerRefusal('AVATAR_TOO_LARGE');
    const bytes = new Uint8Array(await file.arrayBuffer());
    const begin = Array.from(bytes.subarray(0, 16), (byte) => String.fromCharCode(byte)).join('');
    const [ending, type] = BEGINNINGS.find(([, , fits]) => fits(begin)) ?? [];
    if (!ending || !type) throw new ServerRefusal('AVATAR_REFUSED');
    const avatarUrl = `${origin}/avatars/${pictures.size + 1}.${ending}`;
    pictures.set(avatarUrl, { bytes, type });
    return { avatarUrl };
  };

  return {
    endpoints: { 'POST /avatar': upload },

    has: (url: string) => pictures.has(url),

    /** The picture of an address; `undefined` where the address is none of a picture. */
    read({ method, url }: Request): Response | undefined {
      const picture = method === 'GET' ? pictures.get(url) : undefined;
      return picture && new Response(picture.bytes, { headers: { 'content-type': picture.type } });
    },
  };
}
