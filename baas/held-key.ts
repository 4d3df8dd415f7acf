import type { User } from '../ports/backend.js';
import { Failure, toFailure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';
import { type BaasContext, changed } from './context.js';
import type { BaasUser } from './types.js';

/**
 * Sends what the host encrypted without a login code, to be read with the key that the server holds.
 *
 * @param limit how long the answer may take, in milliseconds
 * @throws Failure `key-stale` where that is not the newest one; the next tap succeeds
 */
export async function byHeldKey(
  context: BaasContext,
  ask: (token: Secret) => PromiseLike<User>,
  limit: number,
): Promise<BaasUser> {
  const { bindings, calls } = context;
  if (calls.isKeyStale()) {
    renewKey(context);
    throw new Failure('key-stale', { message: 'The host has issued a newer key than the server’s. Tap once more.' });
  }
  try {
    const asked = () => calls.exchanged(null, bindings.authorizedNow(ask), (user) => user);
    return changed(context, await calls.plain(asked, { limit }));
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
