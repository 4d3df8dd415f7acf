import type { HostProfile, ToldDetails } from '../ports/profile.js';
import { secret } from '../ports/secret.js';
import { detailOf, isObject, syncIn, textIn } from './arguments.js';
import { asUser, type BaasContext, changed, consented, noteBroughtCode } from './context.js';
import { wrongParameter } from './errors.js';
import { byHeldKey } from './held-key.js';
import type { BaasUser, LegacySession, LegacyUserInfo, UpdateUserInfoOptions } from './types.js';

/**
 * `updateUserInfo`: what `getUserProfile` told, with the code that the app has fetched beside it (W-06); on Baidu the event
 * of a getUserInfo button, with or without a code.
 */
export async function updateUserInfo(
  context: BaasContext,
  data: unknown,
  options: UpdateUserInfoOptions | undefined,
): Promise<BaasUser> {
  const { bindings, calls, need } = context;
  const { platform, backend, timing } = bindings;
  noteBroughtCode(context, options);
  need();
  if (!isObject(data)) throw wrongParameter('What getUserProfile told has to come first.');
  const told = consented(context, () => platform.readUserInfo(detailOf(data)));
  const sync = syncIn(options);
  const given = textIn(options, 'code');
  const { signedProfile } = platform.abilities;
  if (signedProfile && given === null) throw wrongParameter('From base library 2.16.0 on a login code is needed.');

  // A seal without a signature is all that a server takes of such a host (B-05), and the key that it holds may open it.
  if (given === null && told.signed && !('signature' in told.signed)) {
    const update = { profile: told, code: null, sync };
    return byHeldKey(context, (token) => backend.setHostProfile(token, update), timing.update);
  }
  if (given === null) {
    const profile: HostProfile = { ...told, signed: null };
    const update = { profile, code: null, sync };
    return changed(context, await asUser(context, (token) => backend.setHostProfile(token, update), timing.update));
  }
  const update = { profile: told, code: secret(given), sync };
  return changed(
    context,
    await calls.plain(() => bindings.authorizedNow((token) => backend.setHostProfile(token, update)), {
      limit: timing.update,
    }),
  );
}

/** What the call of SDK 1 answers: who it is, and what the host told of them. */
export function legacyUserInfo(session: LegacySession, { nickname, avatarUrl, details }: HostProfile): LegacyUserInfo {
  return { ...session, ...NOT_TOLD, ...details, nickName: nickname, avatarUrl };
}

const NOT_TOLD: ToldDetails = { gender: 0, country: '', province: '', city: '', language: '' };
