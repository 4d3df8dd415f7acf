import type { KeptSession } from '../machines/session.js';
import type { User } from '../ports/backend.js';
import { asUser, type BaasContext } from './context.js';
import type { BaasUser } from './types.js';

/**
 * `getCurrentUser`: one question for all who ask the same meanwhile, and nothing is kept after it (G-05, G-07). They ask the
 * same as long as nothing has changed: neither who is signed in, nor the session, nor what is known of the user. So nobody
 * is answered as somebody else, nor as they were before a change of their own.
 */
export function currentUser(context: BaasContext): () => Promise<BaasUser> {
  const { bindings, calls, need, record } = context;
  const { backend, timing } = bindings;
  let underWay: { session: KeptSession; answer: PromiseLike<User> } | null = null;

  function ask(session: KeptSession, readUser: NonNullable<typeof backend.readUser>): PromiseLike<User> {
    const read = asUser(
      context,
      (token) => {
        const now = calls.current();
        // A session that was renewed on the way has just told who it is of.
        return token !== session.token && now?.token === token ? Promise.resolve(now.user) : readUser(token);
      },
      timing.request,
    );
    const end = () => {
      if (underWay?.session === session) underWay = null;
    };
    return read.then(
      (user) => {
        end();
        // What has been changed meanwhile is known better than by this answer.
        if (calls.current() === session) bindings.changeUser(user);
        return user;
      },
      (error: unknown) => {
        end();
        throw error;
      },
    );
  }

  return async () => {
    const session = need();
    const { readUser } = backend;
    if (!readUser) return record(session);
    if (underWay?.session !== session) underWay = { session, answer: ask(session, readUser) };
    const user = await underWay.answer;
    return record({ ...need(user.id), user });
  };
}
