import { z } from 'zod';
import type { Profile, ShownProfile } from './host.js';

type Details = Omit<Profile, 'nickname' | 'avatarUrl'>;

/**
 * A text that a host shows. A letter whose code is 0 is left out: nobody sees it, no text of PostgreSQL may hold it, and what
 * was signed is not refused for its sake.
 */
export const ShownText = z
  .string()
  .transform((text) => text.replaceAll('\0', ''))
  .optional();

/** A profile that shows nothing. */
export const NOTHING: Profile = {
  nickname: null,
  avatarUrl: null,
  gender: null,
  country: null,
  province: null,
  city: null,
  language: null,
};

/**
 * What a profile shows beside the name and the picture. Hosts fill in 0 and empty texts for what they do not tell, as
 * WeChat does for everybody since 2021 (W-08): that is no news. Of a place that is told, an empty part is.
 */
export function shownDetails({ gender, country = '', province = '', city = '', language }: ShownProfile): Details {
  const place =
    country || province || city ? { country, province, city } : { country: null, province: null, city: null };
  return { gender: gender === 1 || gender === 2 ? gender : null, ...place, language: language || null };
}
