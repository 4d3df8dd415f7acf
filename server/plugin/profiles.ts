import type { AuthContext } from 'better-auth';
import { z } from 'zod';
import type { Profile } from '../hosts/host.js';
import type { DengluUser } from './schema.js';
import { updateUser } from './users.js';

/** Which fields a profile may change: all, those that were never set, or none. */
export const Sync = z.union([z.literal('overwrite'), z.literal('setnx'), z.literal(false)]).default('setnx');

export type ProfileSync = z.output<typeof Sync>;

/** PostgreSQL keeps no text with this letter, whose code is 0; what one database refuses, all do. */
const HAS_NUL = 'Must not hold U+0000';
const hasNoNul = (text: string) => !text.includes('\0');

export const Nickname = z.string().trim().min(1).max(64).refine(hasNoNul, HAS_NUL);

/** The address of a picture, wherever it is. */
export const AvatarUrl = z
  .url({ protocol: /^https?$/ })
  .max(2048)
  .refine(hasNoNul, HAS_NUL);

/** 0 unknown, 1 male, 2 female. */
const Gender = z.literal([0, 1, 2]);

const Place = z.string().max(64).refine(hasNoNul, HAS_NUL);

/** What a profile tells beside the name and the picture. */
export const details = {
  gender: Gender.optional(),
  country: Place.optional(),
  province: Place.optional(),
  city: Place.optional(),
  language: Place.optional(),
};

/** Writes a profile into its user, inside a transaction. */
export async function applyProfile(
  context: AuthContext,
  user: DengluUser,
  { nickname, avatarUrl, ...rest }: Profile,
  sync: ProfileSync,
): Promise<DengluUser> {
  if (sync === false) return user;
  const isAll = sync === 'overwrite';
  const change: Partial<DengluUser> = {
    ...(nickname !== null && (isAll || !user.name) && { name: nickname }),
    ...(avatarUrl !== null && (isAll || !user.image) && { image: avatarUrl }),
    ...told(rest, (column) => isAll || (user[column] ?? null) === null),
  };
  return Object.keys(change).length > 0 ? updateUser(context, user, change) : user;
}

type Details = Omit<Profile, 'nickname' | 'avatarUrl'>;

function told(details: Details, mayChange: (column: keyof Details) => boolean): Partial<DengluUser> {
  const { gender, country, province, city, language } = details;
  return {
    ...(gender !== null && mayChange('gender') && { gender }),
    ...(country !== null && mayChange('country') && { country }),
    ...(province !== null && mayChange('province') && { province }),
    ...(city !== null && mayChange('city') && { city }),
    ...(language !== null && mayChange('language') && { language }),
  };
}
