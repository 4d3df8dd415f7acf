import type { ButtonEvent, Press } from '../host/button.js';
import type { Caller, Payload } from '../host/caller.js';
import { createPress } from '../host/pressed.js';
import type { AskedSheet, Sheets } from '../host/sheets.js';
import { isSince } from '../host/versions.js';
import type { BaiduLine } from './cloud-line.js';
import type { SealedByBaidu } from './cloud-port.js';
import type { Consents } from './consents.js';
import type { SwanCallName, SwanOpenType, SwanQuestion } from './host-object.js';
import { type LoginState, notSignedIn } from './login-state.js';
import { OPEN_TYPE_SINCE } from './versions.js';

/** A `<button>` of a page. It is read when it is pressed, and again when its event comes (G-15). */
export interface SwanButton {
  readonly openType?: string;
  readonly disabled?: boolean;
}

/** By the event's name, as in `bindgetphonenumber`. */
export interface SwanButtonHandlers {
  tap?(event: ButtonEvent): void;
  login?(event: ButtonEvent): void;
  getphonenumber?(event: ButtonEvent): void;
  getuserinfo?(event: ButtonEvent): void;
}

interface Parts {
  line: BaiduLine;
  caller: Caller<SwanCallName>;
  sheets: Sheets<SwanQuestion>;
  consents: Consents;
  login: LoginState;
  baseLibrary: string;
  tap(handler: () => void): void;
}

/** Answers the fields of the event's detail. */
type Work = (asked: AskedSheet<SwanQuestion>) => Promise<object>;

export function createNativeButtons({ line, caller, sheets, consents, login, baseLibrary, tap }: Parts) {
  const works: Readonly<Record<SwanOpenType, Work>> = {
    async login(asked) {
      await login.signIn(asked);
      return {};
    },

    async getPhoneNumber(asked) {
      if (!login.signedIn) throw notSignedIn();
      await line.ask((cloud, account) => cloud.checkAbility(account, 'getPhoneNumber'));
      await consents.ask(asked, 'getPhoneNumber');
      return toEvent(await line.ask((cloud, account) => cloud.givePhone(account)));
    },

    async getUserInfo(asked) {
      if (!login.signedIn) throw notSignedIn();
      await line.ask((cloud, account) => cloud.checkAbility(account, 'getUserInfo'));
      if (!consents.answer('getUserInfo')) await consents.ask(asked, 'getUserInfo');
      const { userInfo, ...sealed } = await line.ask((cloud, account) => cloud.giveProfile(account));
      return { userInfo, ...toEvent(sealed) };
    },
  };

  const press = (button: SwanButton, handlers: SwanButtonHandlers = {}): Press<SwanQuestion> => {
    const { openType, disabled } = button;
    const type = disabled ? undefined : OPEN_TYPES.find((name) => name === openType);
    const known = type && isSince(baseLibrary, OPEN_TYPE_SINCE[type]) ? type : null;
    const asked = sheets.make(known);

    return createPress({
      button,
      handlers,
      question: known,
      asked,
      tap,
      run(deliver) {
        if (!known) return;
        const event = EVENT_NAMES[known];
        const tell = (detail: Payload) => {
          asked.close();
          deliver(() => handlers[event]?.({ type: event, detail: { ...detail } }));
        };
        const callbacks = { success: tell, fail: tell };
        caller.call({ api: `button.${known}`, callbacks, work: () => works[known](asked) });
      },
    });
  };
  return { press };
}

const EVENT_NAMES = {
  login: 'login',
  getPhoneNumber: 'getphonenumber',
  getUserInfo: 'getuserinfo',
} as const satisfies Record<SwanOpenType, keyof SwanButtonHandlers>;

const OPEN_TYPES = ['login', 'getPhoneNumber', 'getUserInfo'] as const satisfies readonly SwanOpenType[];

/** B-05: events name the cipher text otherwise than the API. */
function toEvent({ data, iv }: SealedByBaidu) {
  return { encryptedData: data, iv };
}
