import type { PhoneProof } from '../ports/phone.js';
import { detailOf, flagIn, isObject, subjectOf } from './arguments.js';
import { asUser, type BaasContext, changed, consented } from './context.js';
import { wrongParameter } from './errors.js';
import { byHeldKey } from './held-key.js';
import type { BaasUser } from './types.js';

/** `updatePhoneNumber`: the number of a phone button, which comes without a login code. */
export async function updatePhoneNumber(context: BaasContext, data: unknown, options: unknown): Promise<BaasUser> {
  const { bindings, need } = context;
  need();
  if (!isObject(data) || subjectOf(data) !== 'phone')
    throw wrongParameter('The event of a phone button has to come first.');
  const phone = consented(context, () => bindings.platform.readPhone(detailOf(data)));
  return keepPhone(context, phone, flagIn(options, 'overwrite', true));
}

/**
 * Keeps the number for whoever is signed in. One that is encrypted is read with the key that the server holds.
 *
 * @throws Failure `key-stale` where that is not the newest one; the next tap succeeds
 */
export async function keepPhone(context: BaasContext, phone: PhoneProof, overwrite: boolean): Promise<BaasUser> {
  const { backend, timing } = context.bindings;
  const update = { phone, code: null, overwrite };

  // Nothing is decrypted, so no key is needed (W-13).
  if ('phoneCode' in phone) {
    return changed(context, await asUser(context, (token) => backend.setPhone(token, update), timing.update));
  }
  return byHeldKey(context, (token) => backend.setPhone(token, update), timing.update);
}
