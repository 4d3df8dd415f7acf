const { auth } = require('./auth.js');

/**
 * Tells who is signed in, as pages show them, now and whenever that changes. A phone number is a secret, and stays out
 * of a page's data.
 *
 * @param show hears `{ nickname, avatarUrl, hasPhone }`, or `null`
 * @returns how to stop: for a page's `onUnload`
 */
exports.followUser = (show) => {
  const follow = ({ user }) => {
    show(user && { nickname: user.nickname || '', avatarUrl: user.avatarUrl || '', hasPhone: user.phone !== null });
  };
  follow(auth.getSnapshot());
  return auth.subscribe(follow);
};
