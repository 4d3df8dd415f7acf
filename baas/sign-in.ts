import { keyOf } from '../machines/sign-in-options.js';
import type { Session } from '../ports/backend.js';
import { toFailure } from '../ports/failure.js';
import type { PhoneByEncryption } from '../ports/phone.js';
import type { HostProfile } from '../ports/profile.js';
import { type Secret, secret } from '../ports/secret.js';
import { detailOf, flagIn, languageOf, subjectOf, syncIn, textIn } from './arguments.js';
import { type BaasContext, changed, consented, noteBroughtCode, settled, stillOf } from './context.js';
import { refusal, wrongParameter } from './errors.js';
import { keepPhone } from './phones.js';
import { type ToldProfile, toldProfile } from './told-profile.js';
import type { LoginOptions } from './types.js';

/** A session, and what the host told of the person on the way. */
export interface ToldSession {
  session: Session;
  profile: HostProfile;
}

interface Wish {
  createUser: boolean;
  withUnionId: boolean;
}

const userOf = ({ user }: Session) => user;

/** Sign-ins by the account of this host. */
export function hostSignIns(context: BaasContext) {
  const { calls, turns, bindings, identity } = context;
  const { backend, platform, timing, onProblem } = bindings;
  const takeToldTurn = turns.sort<ToldSession>();

  /**
   * Whoever is signed in is the answer, also by a password: the host account may be somebody else's, or nobody's, and a
   * call that asks nobody anything changes nobody (G-06).
   */
  const silent = (wish: Wish): Promise<Session> =>
    turns.take(`silent ${keyOf(wish)}`, () => {
      if (calls.current()?.byHost !== false) return bindings.ensureSession(wish);
      return bindings.ensureSession({ createUser: false, withUnionId: false }).then(undefined, (error: unknown) => {
        const { kind } = toFailure(error);
        // It has ended, and the host account is not that user's: so nobody is signed in any more.
        if (kind === 'unregistered' || kind === 'account-changed') return bindings.ensureSession(wish);
        throw error;
      });
    });

  function byPhone(data: object, wish: Wish, given: string | null): Promise<Session> {
    const phone = consented(context, () => platform.readPhone(detailOf(data)));
    const origin = { byHost: true, withUnionId: wish.withUnionId };
    if (given !== null) {
      const code = secret(given);
      return turns.take(`phone ${given} ${keyOf(wish)}`, () =>
        calls.signIn(() => backend.phoneSignIn({ phone, code, ...wish }), origin, { limit: timing.update }),
      );
    }
    if (!('phoneCode' in phone)) return byKeyOfServer(phone, wish);
    return turns.take(`phone ${phone.phoneCode.reveal()} ${keyOf(wish)}`, () =>
      calls.signInWithCode(
        (code) => calls.exchanged(code, backend.phoneSignIn({ phone, code, ...wish }), userOf),
        origin,
        { limit: timing.update, isTapped: true },
      ),
    );
  }

  /**
   * Without a code only the server's key is left, and it has one for whoever has signed in by the host account; a code that
   * is fetched now would put another one in force (G-03).
   *
   * @throws Failure `invalid-request` where nobody has: the documented code is missing
   */
  function byKeyOfServer(phone: PhoneByEncryption, wish: Wish): Promise<Session> {
    const session = calls.current();
    if (!session?.byHost || (wish.withUnionId && !session.withUnionId)) {
      throw wrongParameter(
        'This number is encrypted: it needs the `code` of a login before the tap. A button of `flows.phone()` has one.',
      );
    }
    return turns.take(`phone ${phone.encryptedData.reveal()} ${keyOf(wish)}`, async () => {
      stillOf(context, session.user.id);
      await keepPhone(context, phone, true);
      return context.need(session.user.id);
    });
  }

  /**
   * The event says only that the person consents: what it carries was sealed before the code that is fetched now, so the
   * host is asked again, and that is sent (G-03). Where the server lets no client keep profiles, the sign-in counts all the
   * same.
   */
  async function byUserInfo(data: object, wish: Wish, options: unknown): Promise<ToldSession> {
    const sync = syncIn(options);
    const lang = languageOf(data);
    try {
      platform.readUserInfo(detailOf(data));
    } catch (error) {
      // The documented refusal tells who it is, so somebody is signed in first; whether that can be is no matter to it.
      await silent(wish).catch(() => {});
      throw refusal(error, identity);
    }
    return takeToldTurn(`profile ${keyOf(wish)} ${lang} ${sync}`, () => {
      const told = toldProfile(context, { lang, sync });
      return calls.current() ? keepFor(told) : signInWith(told, wish);
    });
  }

  /** Whoever is signed in stays so. */
  async function keepFor(told: ToldProfile): Promise<ToldSession> {
    const { user } = await settled(context);
    const send = (code: Secret) =>
      bindings
        .authorizedNow((token) => told.send(token, code))
        .then(undefined, (error: unknown) => {
          const failure = toFailure(error);
          // Signed in by a password, on the phone of somebody who has a user of their own: they are told of, not mixed up.
          if (failure.kind !== 'account-conflict' || context.need(user.id).byHost) throw failure;
          onProblem(failure);
          return null;
        });
    const kept = await calls.withCode((code) => told.ask().then(() => send(code)), {
      limit: told.limit,
      isTapped: true,
    });
    if (kept) changed(context, kept);
    return { session: context.need(user.id), profile: told.profile() };
  }

  /** The session is the app's only once the profile is kept, so that nothing rejects after it has signed somebody in. */
  async function signInWith(told: ToldProfile, wish: Wish): Promise<ToldSession> {
    const session = await calls.signInWithCode(
      (code) =>
        told.ask().then(() =>
          calls.exchanged(code, backend.signIn({ code, ...wish, expectedUserId: null }), userOf).then((session) =>
            told.send(session.token, null).then(
              (user) => ({ ...session, user: user ?? session.user }),
              (error: unknown) => {
                calls.endQuietly(session);
                throw error;
              },
            ),
          ),
        ),
      { byHost: true, withUnionId: wish.withUnionId },
      { limit: told.limit + timing.exchange, isTapped: true },
    );
    return { session, profile: told.profile() };
  }

  return {
    silent,
    byUserInfo,

    /** As the documented call tells by what it is given. */
    by(data: unknown, options: LoginOptions | undefined, canPhone: boolean): PromiseLike<Session> {
      noteBroughtCode(context, options);
      const wish = {
        createUser: flagIn(options, 'createUser', true),
        withUnionId: flagIn(options, 'withUnionID', false),
      };
      if (data === undefined || data === null) return silent(wish);
      if (typeof data !== 'object') throw wrongParameter('An event, or null, has to come first.');
      if (subjectOf(data) === 'profile') return byUserInfo(data, wish, options).then(({ session }) => session);
      if (!canPhone) throw wrongParameter('This host signs nobody in by the event of a phone button.');
      return byPhone(data, wish, textIn(options, 'code'));
    },
  };
}
