import type { User } from '../ports/backend.js';
import { Failure, toFailure } from '../ports/failure.js';
import type { ProfileLanguage } from '../ports/platform.js';
import type { HostProfile, ProfileSync } from '../ports/profile.js';
import type { Secret } from '../ports/secret.js';
import type { BaasContext } from './context.js';

export type ToldProfile = ReturnType<typeof toldProfile>;

/**
 * What the host tells of a person who consents, on its way to the server.
 *
 * @returns `limit`: how long asking and sending may take, in milliseconds
 */
export function toldProfile(
  { calls, bindings }: Pick<BaasContext, 'calls' | 'bindings'>,
  { lang, sync }: { lang: ProfileLanguage; sync: ProfileSync },
) {
  const { backend, platform, timing } = bindings;
  let told: HostProfile | null = null;

  function profile(): HostProfile {
    if (!told) throw new Failure('unknown', { message: 'The host was not asked who this is.' });
    return told;
  }

  const ask = () =>
    platform.getUserInfo({ lang }).then((answer) => {
      told = answer;
    });

  /** `null` where there is nothing to keep, or the server lets no client keep it. */
  const send = (token: Secret, code: Secret | null): PromiseLike<User | null> =>
    calls
      .exchanged(code, backend.setHostProfile(token, { profile: profile(), code, sync }), (user) => user)
      .then(undefined, (error: unknown) => {
        if (toFailure(error).kind === 'profile-updates-off') return null;
        throw error;
      });

  return {
    limit: timing.profile + timing.update,
    ask,
    send,
    profile,
  };
}
