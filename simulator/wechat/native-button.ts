import { fromBase64 } from '../crypto/base64.js';
import type { ButtonEvent, Press } from '../host/button.js';
import type { Caller, Payload } from '../host/caller.js';
import { HostFailure } from '../host/host-failure.js';
import { createPress } from '../host/pressed.js';
import type { AskedSheet, Reply, Sheets } from '../host/sheets.js';
import type { TemporaryFiles } from '../host/temporary-files.js';
import { isSince } from '../host/versions.js';
import type { CloudLine } from './cloud-line.js';
import type { Consent } from './consent.js';
import type { ButtonOpenType, HostCallName } from './host-object.js';
import type { Privacy } from './privacy.js';
import type { AuthSetting } from './profile-apis.js';
import type { Lang, Profiles } from './profiles.js';
import type { Question } from './question.js';
import { COUPLED_BROKEN, COUPLED_SINCE, OPEN_TYPE_SINCE } from './versions.js';

/** A `<button>` of a page. It is read when it is pressed, and again when its event comes (G-15). */
export interface NativeButton {
  /** One open-type, or one with `|agreePrivacyAuthorization` (G-14). */
  readonly openType?: string;
  readonly disabled?: boolean;
  /** Needed to agree to the privacy guide (W-16). */
  readonly id?: string;
  readonly lang?: Lang;
  /** `false` keeps the host's toast away (W-15). */
  readonly phoneNumberNoQuotaToast?: boolean;
}

/** By the event's name, as in `bindgetphonenumber`. */
export interface ButtonHandlers {
  tap?(event: ButtonEvent): void;
  getphonenumber?(event: ButtonEvent): void;
  getrealtimephonenumber?(event: ButtonEvent): void;
  getuserinfo?(event: ButtonEvent): void;
  chooseavatar?(event: ButtonEvent): void;
  agreeprivacyauthorization?(event: ButtonEvent): void;
}

interface Parts {
  line: CloudLine;
  caller: Caller<HostCallName>;
  consent: Consent;
  sheets: Sheets<Question>;
  privacy: Privacy;
  profiles: Profiles;
  authSetting: AuthSetting;
  files: TemporaryFiles;
  baseLibrary: string;
  platform: 'ios' | 'android';
  tap(handler: () => void): void;
  toast(text: string): void;
}

/** What a press needs of its button. */
interface Pressed {
  readonly asked: AskedSheet<Question>;
  readonly lang: Lang;
  readonly wantsToast: boolean;
  readonly id: string | undefined;
}

/** Answers the fields of the event's detail. */
type Work = (pressed: Pressed) => Promise<object>;

export function createNativeButtons(parts: Parts) {
  const { line, caller, consent, sheets, privacy, profiles, authSetting, files, baseLibrary, platform } = parts;

  const phone =
    (ability: 'getPhoneNumber' | 'getRealtimePhoneNumber'): Work =>
    async ({ asked, wantsToast }) => {
      try {
        await consent.permit(ability, `button.${ability}`);
        const { answer } = await asked.open();
        if (answer !== 'allow') throw refused(answer, platform, baseLibrary);
        const { code, ...sealed } = await line.ask((cloud, account) => cloud.givePhone(account, ability));
        if (ability === 'getRealtimePhoneNumber') return { code };
        return isSince(baseLibrary, '2.21.2') ? { code, ...sealed } : sealed;
      } catch (error) {
        const isQuota = error instanceof HostFailure && error.numbers.errno === QUOTA_ERRNO;
        if (isQuota && wantsToast && isSince(baseLibrary, '3.0.1')) parts.toast(QUOTA_TOAST);
        throw error;
      }
    };

  const works: Readonly<Record<ButtonOpenType, Work>> = {
    getPhoneNumber: phone('getPhoneNumber'),
    getRealtimePhoneNumber: phone('getRealtimePhoneNumber'),

    async getUserInfo({ asked, lang }) {
      await consent.permit('getUserInfo', 'button.getUserInfo');
      if (!profiles.isInfoAnonymous && !authSetting.get('scope.userInfo')) {
        const isAllowed = (await asked.open()).answer === 'allow';
        authSetting.set('scope.userInfo', isAllowed);
        if (!isAllowed) throw new HostFailure('auth deny');
      }
      return profiles.userInfo(lang);
    },

    async chooseAvatar({ asked }) {
      await consent.permit('chooseAvatar', 'button.chooseAvatar');
      return { avatarUrl: files.add(chosen(await asked.open(), baseLibrary)) };
    },

    async agreePrivacyAuthorization({ id }) {
      if (id !== undefined) privacy.agreeByButton(id);
      return {};
    },
  };

  /**
   * A finger presses a button: its `tap` handler runs in the gesture, then the host does what the open-type says, and
   * tells the button's event.
   */
  const press = (button: NativeButton, handlers: ButtonHandlers = {}): Press<Question> => {
    const { openType = '', disabled, lang = 'en', phoneNumberNoQuotaToast = true, id } = button;
    const types = disabled ? [] : usable(openType, baseLibrary);
    const question = types.find((type) => type !== 'agreePrivacyAuthorization') ?? null;
    const asked = sheets.make(question);

    const run = (type: ButtonOpenType, deliver: (tell: () => void) => void) => {
      const close = () => {
        if (type === question) asked.close();
      };
      const tell = ({ errMsg, ...fields }: Payload) => {
        close();
        const name = EVENT_NAMES[type];
        const detail = type === 'chooseAvatar' ? fields : { errMsg, ...fields };
        deliver(() => handlers[name]?.({ type: name, detail }));
      };
      caller.call({
        api: `button.${type}`,
        // W-11: an avatar that was not chosen fires no event.
        callbacks: { success: tell, fail: type === 'chooseAvatar' ? close : tell },
        work: () => works[type]({ asked, lang, wantsToast: phoneNumberNoQuotaToast, id }),
      });
    };

    return createPress({
      button,
      handlers,
      question,
      asked,
      tap: parts.tap,
      run(deliver) {
        for (const type of types) run(type, deliver);
      },
    });
  };
  return { press };
}

const EVENT_NAMES = {
  getPhoneNumber: 'getphonenumber',
  getRealtimePhoneNumber: 'getrealtimephonenumber',
  getUserInfo: 'getuserinfo',
  chooseAvatar: 'chooseavatar',
  agreePrivacyAuthorization: 'agreeprivacyauthorization',
} as const satisfies Record<ButtonOpenType, keyof ButtonHandlers>;

const QUOTA_ERRNO = 1400001;
const QUOTA_TOAST = '该功能的使用次数已达上限';

/** What the host does for an open-type, in order; nothing, where the base library does not know it. */
function usable(openType: string, baseLibrary: string): readonly ButtonOpenType[] {
  const [first, second] = openType.split('|').map((name) => OPEN_TYPES.find((type) => type === name));
  if (!openType.includes('|')) return first && isKnown(first, baseLibrary) ? [first] : [];
  const isCoupled = first && COUPLABLE.includes(first) && second === 'agreePrivacyAuthorization';
  const [from, to] = COUPLED_BROKEN;
  const isBroken = isSince(baseLibrary, from) && !isSince(baseLibrary, to);
  return isCoupled && isSince(baseLibrary, COUPLED_SINCE) && !isBroken ? [second, first] : [];
}

const OPEN_TYPES = Object.keys(EVENT_NAMES) as ButtonOpenType[];
const COUPLABLE: readonly ButtonOpenType[] = ['getPhoneNumber', 'getRealtimePhoneNumber', 'getUserInfo'];

function isKnown(openType: ButtonOpenType, baseLibrary: string): boolean {
  return isSince(baseLibrary, OPEN_TYPE_SINCE[openType] ?? '0');
}

/** W-14. */
function refused(answer: 'deny' | 'cancel', platform: 'ios' | 'android', baseLibrary: string): HostFailure {
  const reason = `user ${answer}`;
  if (!isSince(baseLibrary, '2.0.0')) return new HostFailure(reason, {}, reason);
  return new HostFailure(reason, {}, platform === 'android' ? `fail:${reason}` : `fail ${reason}`);
}

/** W-11. */
function chosen({ answer, picture = DEFAULT_PICTURE }: Reply, baseLibrary: string) {
  const isRejected = answer === 'deny' && isSince(baseLibrary, '2.24.4');
  if (answer === 'cancel' || isRejected) throw new HostFailure('cancel');
  return picture;
}

/** A PNG of one pixel. */
const DEFAULT_PICTURE = fromBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
);
