import { auth } from './auth';

/**
 * Who is signed in, as pages show them. A phone number is a secret, and stays out of a page's data.
 *
 * @typedef {{ nickname: string, avatarUrl: string, hasPhone: boolean }} ShownUser
 */

/**
 * Tells who is signed in, now and whenever that changes.
 *
 * @param {(user: ShownUser | null) => void} show
 * @returns {() => void} how to stop: for a page's `onUnload`
 */
export function followUser(show) {
  /** @type {import('denglu').User | null} */
  let shown = null;
  /** @param {import('denglu').AuthSnapshot} snapshot */
  const follow = ({ user }) => {
    if (user === shown) return;
    shown = user;
    show(user && { nickname: user.nickname || '', avatarUrl: user.avatarUrl || '', hasPhone: user.phone !== null });
  };
  follow(auth.getSnapshot());
  return auth.subscribe(follow);
}
