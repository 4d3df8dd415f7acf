import type { BaiduDevice } from '../../simulator/index.js';
import type { Finger } from '../mini-program/finger.js';

/** A finger on the screen of a simulated phone with Baidu: the host behind it answers. */
export function swanFinger(device: Pick<BaiduDevice, 'tap' | 'press'>): Finger {
  return {
    tap: (handlers) => device.tap(handlers),
    press(button, { tap, tell }) {
      const hear = ({ type, detail }: { type: string; detail: unknown }) => tell(type, detail);
      device.press(button, { tap, login: hear, getphonenumber: hear, getuserinfo: hear });
    },
    leaveNickname: () => {},
    pictureOf: (path) => path,
  };
}
