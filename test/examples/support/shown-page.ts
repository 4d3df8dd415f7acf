import { Element, type Node } from 'glass-easel';
import type { component, Root } from 'glass-easel-miniprogram-adapter';
import type { Press, WechatDevice } from '../../../simulator/index.js';
import { type ButtonPart, nativeButton } from '../../components/support/native-button.js';
import { callMethod } from './call-method.js';

/** No answer of a machine on this computer takes longer, in milliseconds. */
const PATIENCE = 10_000;

/** A page on the screen. Elements are named by their classes. */
export interface ShownPage {
  /** What a person reads in an element; `undefined` where it is not there. */
  text(name: string): string | undefined;
  /** What a template says of a button, as the host reads it. */
  button(name: string): ButtonPart;
  /** A finger presses the button that stands there. */
  press(name: string, device: WechatDevice): Press;
  /** Waits for what the page is to show. */
  until(isShown: () => boolean): Promise<void>;
  /** What was handed to `setData`, call by call. */
  readonly sent: readonly object[];
  leave(): void;
}

/**
 * Takes a page through its life, as the host does.
 *
 * @param root the page, created and not attached
 * @param onLeave hears that it is gone
 */
export function showPage(root: Root, onLeave: () => void): ShownPage {
  const page = root.get();
  const sent: object[] = [];
  const watchers = new Set<() => void>();
  watchData(page, (changes) => {
    sent.push(changes);
    for (const look of [...watchers]) look();
  });

  const find = (name: string) => root.getComponent().getShadowRoot()?.querySelector(`.${name}`) ?? undefined;
  const button: ShownPage['button'] = (name) => {
    const element = find(name);
    if (!element) throw new Error(`there is no .${name} on the page`);
    return partOf(element);
  };
  const reads = () => readIn(root.getComponent().getShadowRoot());

  Element.pretendAttached(root.getComponent());
  callMethod(page, 'onLoad', {});
  show();

  function show() {
    callMethod(page, 'onShow');
    root.getComponent().triggerPageLifetime('show', []);
  }

  return {
    text(name) {
      const element = find(name);
      return element && readIn(element);
    },
    button,
    press(name, device) {
      const { button: native, handlers } = nativeButton(button(name));
      return device.press(native, handlers);
    },
    until: (isShown) =>
      new Promise((resolve, reject) => {
        const impatience = setTimeout(() => {
          watchers.delete(look);
          reject(new Error(`the page still reads: ${reads()}`));
        }, PATIENCE);
        const look = () => {
          if (!isShown()) return;
          clearTimeout(impatience);
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    sent,
    leave() {
      callMethod(page, 'onUnload');
      Element.pretendDetached(root.getComponent());
      onLeave();
    },
  };
}

type PageInstance = component.GeneralComponent | ReturnType<Root['get']>;

function watchData(page: PageInstance, onSent: (changes: object) => void): void {
  const { setData } = page;
  page.setData = (changes, callback) => {
    setData.call(page, changes, callback);
    onSent(changes);
  };
}

function partOf(element: Element): ButtonPart {
  return {
    id: element.id || undefined,
    get data() {
      return {
        openType: element.getAttribute('open-type'),
        disabled: element.getAttribute('disabled'),
        lang: element.getAttribute('lang'),
        phoneNumberNoQuotaToast: element.getAttribute('phone-number-no-quota-toast'),
      };
    },
    get isThere() {
      return Element.isAttached(element);
    },
    fire: (event, detail = {}) => element.triggerEvent(event, detail, { bubbles: true, composed: true }),
  };
}

function readIn(node: Node | null): string {
  return node?.asTextNode()?.textContent ?? node?.asElement()?.childNodes.map(readIn).join('') ?? '';
}
