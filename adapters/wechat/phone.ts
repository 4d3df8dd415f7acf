import { Failure } from '../../ports/failure.js';
import type { PhoneProof } from '../../ports/phone.js';
import { secret } from '../../ports/secret.js';
import { textIn } from '../host/fields.js';
import { refusalIn } from './failures.js';

/**
 * Reads the event of both phone buttons (W-13, W-14, W-15). A code needs no key: where one came, it alone is answered.
 *
 * @param detail the event's `detail`
 * @throws Failure as `Platform.readPhone`
 */
export function readPhone(detail: unknown): PhoneProof {
  const refusal = refusalIn(detail, 'phone');
  if (refusal) throw refusal;

  const code = textIn(detail, 'code');
  if (code) return { phoneCode: secret(code) };

  const encryptedData = textIn(detail, 'encryptedData');
  const iv = textIn(detail, 'iv');
  if (encryptedData && iv) return { encryptedData: secret(encryptedData), iv };

  throw new Failure('unknown', { message: 'The phone button said yes, and gave nothing.', raw: detail });
}
