import type { ButtonEvent, NicknameReview, WechatDevice } from '../../simulator/index.js';
import type { Finger } from '../mini-program/finger.js';
import type { Gallery, GalleryPicture } from './gallery.js';

export interface FingerOptions {
  device: WechatDevice;
  gallery: Gallery;
  /** What the host will think of the next nickname. */
  nicknameReview(): NicknameReview;
  /** Which picture was chosen last. */
  chosen(): GalleryPicture;
}

/** A finger on the screen of a simulated phone: the host behind it answers. */
export function fingerOn({ device, gallery, nicknameReview, chosen }: FingerOptions): Finger {
  const addresses = new Map<string, string>();
  return {
    tap: (handlers) => device.tap(handlers),
    press(button, { tap, tell }) {
      const hear = ({ type, detail }: ButtonEvent) => tell(type, detail);
      device.press(button, {
        tap,
        getphonenumber: hear,
        getrealtimephonenumber: hear,
        getuserinfo: hear,
        agreeprivacyauthorization: hear,
        chooseavatar(event) {
          addresses.set(String(event.detail.avatarUrl), chosen().address);
          hear(event);
        },
      });
    },
    leaveNickname(value, reviewed) {
      if (value === '') return;
      const input = device.nicknameInput({
        nicknamereview: ({ detail }) => reviewed({ pass: detail.pass === true, timeout: detail.timeout === true }),
      });
      input.type(value);
      input.blur(nicknameReview());
    },
    /** What lies on the app's own server is shown; the host's pictures lie where no test goes. */
    pictureOf: (path) => addresses.get(path) ?? (isNear(path) ? path : gallery.own.address),
  };
}

function isNear(path: string): boolean {
  return path === '' || /^(data|blob):/.test(path) || /^http:\/\/(127\.0\.0\.1|localhost):/.test(path);
}
