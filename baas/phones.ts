import { Failure, toFailure } from '../ports/failure.js';
import type { PhoneProof } from '../ports/phone.js';
import { detailOf, flagIn, isObject, subjectOf } from './arguments.js';
import { asUser, type BaasContext, changed, consented } from './context.js';
import { wrongParameter } from './errors.js';
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
  const { bindings, calls } = context;
  const { backend, timing } = bindings;
  const update = { phone, code: null, overwrite };

  // Nothing is decrypted, so no key is needed (W-13).
  if ('phoneCode' in phone) {
    return changed(context, await asUser(context, (token) => backend.setPhone(token, update), timing.update));
  }
  if (calls.isKeyStale()) {
    renewKey(context);
    throw new Failure('key-stale', { message: 'The host has issued a newer key than the server’s. Tap once more.' });
  }
  try {
    const asked = () =>
      calls.exchanged(
        null,
        bindings.authorizedNow((token) => backend.setPhone(token, update)),
        (user) => user,
      );
    return changed(context, await calls.plain(asked, { limit: timing.update }));
  } catch (error) {
    if (toFailure(error).kind === 'key-stale') renewKey(context);
    throw error;
  }
}

/** Brings the newest key to the server, so that the next tap succeeds (G-03). The user stays who they are (G-06). */
function renewKey({ bindings, calls, need }: BaasContext): void {
  const { backend, timing } = bindings;
  const { token, byHost, user, withUnionId } = need();
  const leaveIt = () => {};
  if (byHost) {
    bindings.renewSession(token).then(leaveIt, leaveIt);
  } else if (user.openid !== null) {
    // Linked before, so it is only shown once more: a renewal by the host would turn it into another sort of session.
    calls
      .withCode(
        (code) =>
          calls.exchanged(
            code,
            bindings.authorizedNow((current) => backend.link(current, { code, withUnionId, overwrite: false })),
            (linked) => linked.user,
          ),
        { limit: timing.link },
      )
      .then(leaveIt, leaveIt);
  }
}
