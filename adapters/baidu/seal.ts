import type { SealedProfile } from '../../ports/profile.js';
import { secret } from '../../ports/secret.js';
import { textIn } from '../host/fields.js';

/** What the host sealed: its APIs and its events have two names for the cipher text (B-05). `null` without an iv. */
export function sealIn(told: unknown): SealedProfile | null {
  const encryptedData = textIn(told, 'encryptedData') || textIn(told, 'data');
  const iv = textIn(told, 'iv');
  return encryptedData && iv ? { encryptedData: secret(encryptedData), iv } : null;
}
