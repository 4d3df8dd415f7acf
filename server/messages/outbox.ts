import { appendFile } from 'node:fs/promises';
import type { Sender } from './sender.js';

/**
 * Messages that go nowhere, for development: one line of JSON each, in a file that only its owner may read.
 *
 * @param file is made with the first message
 */
export function outbox(file: string): Sender {
  const keep = (message: object) => appendFile(file, `${JSON.stringify(message)}\n`, { mode: 0o600 });
  return {
    sendSmsCode: (phone, smsCode) => keep({ phone, smsCode }),
    sendEmailVerification: (email, emailToken) => keep({ email, emailToken }),
    sendPasswordReset: (email, resetToken) => keep({ email, resetToken }),
  };
}
