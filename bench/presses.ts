import type { App } from './contenders.js';

export type PhoneEvent = { type: string; detail: object };

/** A login code, fetched by the app itself as the documentation's sample has it. */
export const hostCode = ({ device }: App) =>
  new Promise<string>((resolve, reject) => {
    device.wx.login({ success: ({ code }) => resolve(code), fail: reject });
  });

/** What the page hears of a finger on the phone button. */
export const phoneEvent = ({ device }: App, answer: 'allow' | 'deny' = 'allow') =>
  new Promise<PhoneEvent>((resolve) => {
    device.press({ openType: 'getPhoneNumber' }, { getphonenumber: resolve })[answer]();
  });
