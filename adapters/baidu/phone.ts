import { Failure } from '../../ports/failure.js';
import type { PhoneProof } from '../../ports/phone.js';
import { refusalIn } from './failures.js';
import { sealIn } from './seal.js';

/**
 * Reads the event of the phone button (B-06). There is no code variant.
 *
 * @param detail the event's `detail`
 * @throws Failure as `Platform.readPhone`
 */
export function readPhone(detail: unknown): PhoneProof {
  const refusal = refusalIn(detail);
  if (refusal) throw refusal;
  const seal = sealIn(detail);
  if (seal) return seal;
  throw new Failure('unknown', { message: 'The phone button said yes, and gave nothing.', raw: detail });
}
