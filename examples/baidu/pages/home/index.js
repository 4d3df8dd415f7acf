const { followUser } = require('../../follow-user.js');
const { texts } = require('../../texts.js');

Page({
  data: { texts: texts.home, user: null, open: false },

  onLoad() {
    this.unfollow = followUser((user) => this.setData({ user }));
  },

  onUnload() {
    this.unfollow();
  },

  /** Nobody has this Baidu account yet: an account is made where the terms are. */
  onFailure({ detail }) {
    if (detail.kind === 'unregistered') this.setData({ open: true });
  },

  onOpen() {
    this.setData({ open: true });
  },

  onClose() {
    this.setData({ open: false });
  },

  toSignIn() {
    swan.navigateTo({ url: '/pages/sign-in/index' });
  },

  toAccount() {
    swan.navigateTo({ url: '/pages/account/index' });
  },
});
