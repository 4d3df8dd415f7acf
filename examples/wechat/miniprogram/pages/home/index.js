import { followUser } from '../../follow-user';
import { texts } from '../../texts';

Page({
  data: {
    texts: texts.home,
    /** @type {import('../../follow-user').ShownUser | null} */
    user: null,
    sheet: false,
    accepted: false,
  },

  unfollow() {},

  onLoad() {
    this.unfollow = followUser((user) => this.setData({ user }));
  },

  onUnload() {
    this.unfollow();
  },

  /**
   * Nobody has this WeChat account yet: an account is made on the sheet, where the terms are.
   *
   * @param {WechatMiniprogram.CustomEvent<{ kind: import('denglu').FailureKind }>} event
   */
  onFailure({ detail }) {
    if (detail.kind === 'unregistered') this.setData({ sheet: true });
  },
});
