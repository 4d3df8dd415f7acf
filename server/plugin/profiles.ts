import type { AuthContext } from 'better-auth';
import { z } from 'zod';
import type { Profile } from '../hosts/host.js';
import type { DengluUser } from './schema.js';
import { updateUser } from './users.js';

/** Which fields a profile may change: all, those that were never set, or none. */
export const Sync = z.union([z.literal('overwrite'), z.literal('setnx'), z.literal(false)]).default('setnx');

export type ProfileSync = z.output<typeof Sync>;

export const Nickname = z.string().trim().min(1).max(64);

/** The address of a picture, wherever it is. */
export const AvatarUrl = z.url({ protocol: /^https?$/ }).max(2048);

/** Writes a profile into its user, inside a transaction. */
export async function applyProfile(
  context: AuthContext,
  user: DengluUser,
  { nickname, avatarUrl }: Profile,
  sync: ProfileSync,
): Promise<DengluUser> {
  if (sync === false) return user;
  const change: Partial<DengluUser> = {};
  if (nickname !== null && (sync === 'overwrite' || !user.name)) change.name = nickname;
  if (avatarUrl !== null && (sync === 'overwrite' || !user.image)) change.image = avatarUrl;
  return Object.keys(change).length > 0 ? updateUser(context, user, change) : user;
}
