const { auth } = require('../../auth.js');
const { followUser } = require('../../follow-user.js');
const { texts } = require('../../texts.js');

Page({
  data: { texts: texts.account, user: null },

  onLoad() {
    this.unfollow = followUser((user) => this.setData({ user }));
  },

  onUnload() {
    this.unfollow();
  },

  onSignOut() {
    auth.signOut();
  },

  toSignIn() {
    swan.navigateTo({ url: '/pages/sign-in/index' });
  },
});
