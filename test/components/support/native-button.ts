import type { ButtonEvent, ButtonHandlers, NativeButton } from '../../../simulator/index.js';
import type { Part } from './component-page.js';

/** What of a template's button the host sees. */
export type ButtonPart = Pick<Part, 'id' | 'data' | 'isThere' | 'fire'>;

/** A button of a template as the simulated host sees it: it is read at each turn, for it may be gone (G-15). */
export function nativeButton(part: ButtonPart): { button: NativeButton; handlers: ButtonHandlers } {
  const fire = ({ type, detail }: ButtonEvent) => part.fire(type, detail);
  const text = (name: string) => String(part.data[name] ?? '');
  return {
    button: {
      get openType() {
        return part.isThere ? text('openType') : '';
      },
      get disabled() {
        return part.data.disabled === true;
      },
      ...(part.id && { id: part.id }),
      lang: text('lang') === 'zh_CN' ? 'zh_CN' : 'en',
      phoneNumberNoQuotaToast: part.data.phoneNumberNoQuotaToast !== false,
    },
    handlers: {
      tap: fire,
      getphonenumber: fire,
      getrealtimephonenumber: fire,
      getuserinfo: fire,
      chooseavatar: fire,
    },
  };
}
