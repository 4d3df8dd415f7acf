/**
 * The language of the host: Chinese, or else English.
 *
 * @type {import('denglu').Locale}
 */
export const locale = /^zh/i.test(wx.getAppBaseInfo().language) ? 'zh' : 'en';
