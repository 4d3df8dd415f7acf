import { randomBytes, timingSafeEqual } from 'node:crypto';

/** One that nobody guesses, and that fits into an address. */
export function newToken(): string {
  return randomBytes(18).toString('base64url');
}

/** In a time that says nothing of where they differ. */
export function isToken(token: string, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const [wanted, found] = [Buffer.from(token), Buffer.from(given)];
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}
