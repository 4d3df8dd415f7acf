import { toFailure } from '../ports/failure.js';
import { detailOf, flagIn, isObject, languageOf, syncIn } from './arguments.js';
import { type BaasContext, changed, consented, settled, stillOf } from './context.js';
import { wrongParameter } from './errors.js';
import { toldProfile } from './told-profile.js';
import type { BaasLinked, LinkOptions } from './types.js';
import { linkedAnswer, type UserShape } from './users.js';

/** Whether it is what the calls of older SDKs are given: what `getUserInfo` told, or the event of its button. */
export function isTold(value: unknown): value is object {
  if (!isObject(value)) return false;
  return ['detail', 'userInfo', 'errMsg', 'rawData', 'encryptedData'].some((name) => name in value);
}

/** Ties the account of this host to a user (G-19). With what `getUserInfo` told, the profile is kept, too. */
export async function link(
  context: BaasContext,
  shape: UserShape,
  userId: string,
  data: unknown,
  options: LinkOptions | undefined,
): Promise<BaasLinked> {
  const { bindings, calls, need } = context;
  const { backend, platform, timing, onProblem } = bindings;
  need(userId);
  if (data !== undefined && data !== null && !isTold(data)) {
    throw wrongParameter('What getUserInfo told, or nothing, has to come first.');
  }
  if (options !== undefined && options !== null && !isObject(options)) {
    throw wrongParameter('The options of linking have to be an object.');
  }
  const withUnionId = flagIn(options, 'withUnionID', false);
  const sync = syncIn(options);
  if (isTold(data)) consented(context, () => platform.readUserInfo(detailOf(data)));
  const told = isTold(data) ? toldProfile(context, { lang: languageOf(data), sync }) : null;

  await settled(context);
  const linked = await calls.withCode(
    async (code) => {
      // What the event carries was sealed before this code: the host is asked again (G-03).
      await told?.ask();
      const asUser = bindings.authorizedNow((token) => {
        stillOf(context, userId);
        return backend.link(token, { code, withUnionId, overwrite: false });
      });
      const answer = await calls.exchanged(code, asUser, ({ user }) => user);
      // Linked is linked: that the profile could not be kept is told beside it.
      const user = await told?.send(stillOf(context, userId).token, null).then(undefined, (error: unknown) => {
        onProblem(toFailure(error));
        return null;
      });
      return { ...answer, user: user ?? answer.user };
    },
    { limit: timing.link + (told?.limit ?? 0), isTapped: true },
  );
  const { user } = linked;
  changed(context, user);
  return linkedAnswer({ ...need(userId), user }, shape);
}
