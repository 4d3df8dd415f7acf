const { texts } = require('../../texts.js');

Page({
  data: { texts: texts.signIn, accepted: false },

  /** Until the terms are accepted, the phone button asks for nothing but that. */
  onTerms({ detail }) {
    this.setData({ accepted: detail.accepted });
  },

  onSignedIn() {
    swan.navigateBack();
  },

  toLink() {
    swan.navigateTo({ url: '/pages/link/index' });
  },
});
