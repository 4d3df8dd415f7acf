import type { DBTransactionAdapter } from 'better-auth';
import { z } from 'zod';
import { type ErrorCode, Refusal } from '../errors.js';
import { Phone } from '../phone.js';
import type { DengluUser } from './schema.js';
import { findUserBy } from './users.js';

/** The names that a user may sign in by, each as it is stored. */
export const LoginNames = z.object({
  /** As better-auth's username plugin wants them by default. */
  username: z
    .string()
    .regex(/^[\w.]{3,30}$/, 'Invalid username')
    .transform((text) => text.toLowerCase())
    .optional(),
  email: z
    .email()
    .max(254)
    .transform((text) => text.toLowerCase())
    .optional(),
  phone: Phone.optional(),
});

/** {@link LoginNames} as columns of the user. */
export function namesOf({ username, email, phone }: z.output<typeof LoginNames>) {
  return {
    ...(username !== undefined && { username }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phoneNumber: phone }),
  };
}

type Names = ReturnType<typeof namesOf>;

const taken: Record<keyof Names, ErrorCode> = {
  username: 'USERNAME_TAKEN',
  email: 'EMAIL_TAKEN',
  phoneNumber: 'PHONE_TAKEN',
};

const columns = ['username', 'email', 'phoneNumber'] as const;

/** Who has the first of these names, proved or not: with a password, a name need not be proved. */
export async function findUserByName(
  store: Pick<DBTransactionAdapter, 'findOne'>,
  names: Names,
): Promise<DengluUser | null> {
  for (const column of columns) {
    const name = names[column];
    if (name !== undefined) return findUserBy(store, column, name);
  }
  return null;
}

/**
 * Refuses names that another user has.
 *
 * @param userId whose own names are no matter
 * @throws Refusal `USERNAME_TAKEN`, `EMAIL_TAKEN`, `PHONE_TAKEN`
 */
export async function refuseTakenNames(
  store: Pick<DBTransactionAdapter, 'findOne'>,
  names: Names,
  userId?: string,
): Promise<void> {
  for (const column of columns) {
    const name = names[column];
    if (name === undefined) continue;
    const holder = await findUserBy(store, column, name);
    if (holder && holder.id !== userId) throw new Refusal(taken[column]);
  }
}
