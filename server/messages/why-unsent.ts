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
  return causes(error)
    .map((message) => secrets.reduce((text, secret) => text.replaceAll(secret, '…'), message).replace(TELLING, '…'))
    .join(': ');
}

/** Each with its code, where its words leave that out. */
function causes(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error)) return depth > 0 ? [] : ['something that is no error was thrown'];
  const { name, message } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const told = [code !== undefined && !message.includes(code) && code, message].filter(Boolean).join(' ') || name;
  return depth < 5 ? [told, ...causes(error.cause, depth + 1)] : [told];
}
