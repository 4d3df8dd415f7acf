/**
 * The language of the host, as denglu's components take it: Chinese where it is, or where the host does not say.
 *
 * @type {import('denglu').Locale}
 */
export const locale = /^(zh|$)/i.test(hostLanguage()) ? 'zh' : 'en';

function hostLanguage() {
  const { language } = wx.getAppBaseInfo ? wx.getAppBaseInfo() : wx.getSystemInfoSync();
  return language ?? '';
}
