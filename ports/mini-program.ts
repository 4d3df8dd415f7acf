/// <reference types="miniprogram-api-typings" preserve="true" />

/**
 * Whether this is a mini-program: kbone runs the same code there and in a browser (K-01, K-03). A page in WeChat's own
 * browser may have a `wx` too, but one that can log in nobody.
 */
export function isMiniProgram(): boolean {
  return typeof wx === 'object' && typeof wx.login === 'function';
}
