import { appendFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../make-folder.js';
import type { Sender } from './sender.js';

/**
 * Messages that go nowhere, for development: one line of JSON each, in a file that only its owner may read.
 *
 * @param file is made with a message where it is missing, and so is its folder
 */
export function outbox(file: string): Sender {
  async function keep(message: object): Promise<void> {
    makeFolder(dirname(file));
    await appendFile(file, `${JSON.stringify(message)}\n`, { mode: 0o600 });
  }
  return {
    sendSmsCode: (phone, smsCode) => keep({ phone, smsCode }),
    sendEmailVerification: (email, emailToken) => keep({ email, emailToken }),
    sendPasswordReset: (email, resetToken) => keep({ email, resetToken }),
  };
}
