import type { SwanOpenType } from './host-object.js';

/** The base library that first had an open-type of the button (B-06); `0`: when is not known, and here it was always. */
export const OPEN_TYPE_SINCE: Readonly<Record<SwanOpenType, string>> = {
  login: '0',
  getPhoneNumber: '1.12.14',
  getUserInfo: '0',
};
