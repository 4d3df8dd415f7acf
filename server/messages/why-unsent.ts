import { reasonOf } from '../reason.js';

/** Numbers of phones and codes of SMS, whole or in part, and addresses of mailboxes, however they are written. */
const TELLING = /\d{4,}|[^\s"'<>]+(?:@|%40)[^\s"'<>]+/gi;

/**
 * Why a message could not be sent, for the log. Services put whom it was for into what they throw, or the message itself, so
 * of their words only those are left that cannot be either (G-23).
 *
 * @param error of anything that a sender threw
 * @param secrets what stood in the message, as it was given to the sender
 */
export function whyUnsent(error: unknown, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, '…'), reasonOf(error)).replace(TELLING, '…');
}
