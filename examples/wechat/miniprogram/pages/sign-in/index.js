import { texts } from '../../texts';

Page({
  data: {
    texts: texts.signIn,
    buttonTexts: { signIn: texts.signIn.silent },
    accepted: false,
  },

  /**
   * Until the terms are accepted, the phone button asks for nothing but that.
   *
   * @param {WechatMiniprogram.CustomEvent<{ accepted: boolean }>} event
   */
  onTerms({ detail }) {
    this.setData({ accepted: detail.accepted });
  },

  onSignedIn() {
    wx.navigateBack();
  },
});
