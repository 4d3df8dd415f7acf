import { CurrentWindowBackendContext, type domlikeBackend, type Element } from 'glass-easel';
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { type Finger, plainFinger } from './finger.js';
import { behaveAsNative, pressedButton } from './native.js';

/**
 * The browser as glass-easel's screen, where a click is a tap: so the keyboard taps as well, and a disabled button
 * does not. glass-easel's own taps are made of touches and mouse moves; here they are not listened to.
 */
class ClickableScreen extends CurrentWindowBackendContext {
  readonly #elements = new WeakMap<object, Element>();
  finger = plainFinger;

  override associateValue(node: domlikeBackend.Element, element: Element): void {
    super.associateValue(node, element);
    this.#elements.set(node, element);
    behaveAsNative(node, (path) => this.finger.pictureOf(path));
  }

  constructor() {
    super();
    document.addEventListener('click', (event) => this.#click(event));
    document.addEventListener('pointerdown', (event) => this.#hover(event));
    document.addEventListener('input', (event) => {
      if (event.target instanceof HTMLInputElement) this.#tell(event, 'input', { value: event.target.value });
    });
    document.addEventListener('focusout', (event) => this.#leave(event));
    document.addEventListener('submit', (event) => this.#submit(event));
    document.addEventListener('animationend', (event) => this.#tell(event, 'animationend', {}));
  }

  #click(event: MouseEvent): void {
    const under = this.#under(event);
    if (under.length === 0) return;
    const detail = { x: event.clientX, y: event.clientY };
    const tap = () => under[0]?.triggerEvent('tap', detail, { bubbles: true, composed: true, capturePhase: true });
    const button = event.target instanceof DomElement ? event.target.closest('button') : null;
    const element = button && this.#elements.get(button);
    if (!button || !element || !button.getAttribute('open-type')) {
      this.finger.tap(tap);
      return;
    }
    this.finger.press(pressedButton(button, element.id), {
      tap,
      tell: (name, detail) => element.triggerEvent(name, detail),
    });
  }

  #leave(event: FocusEvent): void {
    const { target } = event;
    if (!(target instanceof HTMLInputElement) || target.getAttribute('type') !== 'nickname') return;
    const element = this.#elements.get(target);
    this.finger.leaveNickname(target.value, (review) => {
      if (!review.pass && !review.timeout) target.value = '';
      element?.triggerEvent('nicknamereview', review);
    });
  }

  /** Of the buttons of a form, only one with `form-type="submit"` submits it; and no page is left for that. */
  #submit(event: SubmitEvent): void {
    if (!(event.target instanceof HTMLFormElement) || !this.#under(event)[0]) return;
    event.preventDefault();
    if (event.submitter?.getAttribute('form-type') !== 'submit') return;
    this.#tell(event, 'submit', { value: Object.fromEntries(new FormData(event.target)) });
  }

  #tell(event: Event, name: string, detail: object): void {
    this.#under(event)[0]?.triggerEvent(name, detail, { bubbles: true });
  }

  /** While a finger is down on it, an element wears its `hover-class`. */
  #hover(event: Event): void {
    const target = this.#under(event).find((element) => element.getAttribute('hover-class'));
    const name = target?.getAttribute('hover-class');
    if (!target?.classList || typeof name !== 'string' || name === 'none') return;
    const { classList } = target;
    classList.toggle(name, true);
    const lift = new AbortController();
    for (const end of ['pointerup', 'pointercancel']) {
      document.addEventListener(
        end,
        () => {
          classList.toggle(name, false);
          lift.abort();
        },
        lift,
      );
    }
  }

  #under(event: Event): Element[] {
    return event.composedPath().flatMap((node) => this.#elements.get(node) ?? []);
  }
}

/** The browser's, whose name glass-easel has too. */
const DomElement = globalThis.Element;

const clickable = new ClickableScreen();

/** One for the whole document, as style scopes are numbered per environment. */
export const environment = new MiniProgramEnv();
export const screen = environment.associateBackend(clickable);

/**
 * Touches reach pages by this finger from now on.
 *
 * @returns how to give them back to the one before
 */
export function useFinger(finger: Finger): () => void {
  const before = clickable.finger;
  clickable.finger = finger;
  return () => {
    clickable.finger = before;
  };
}
