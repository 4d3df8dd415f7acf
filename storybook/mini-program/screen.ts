import { CurrentWindowBackendContext, type domlikeBackend, type Element } from 'glass-easel';
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { behaveAsNative, openTypeEvent } from './native.js';

/**
 * The browser as glass-easel's screen, where a click is a tap: so the keyboard taps as well, and a disabled button
 * does not. glass-easel's own taps are made of touches and mouse moves; here they are not listened to.
 */
class ClickableScreen extends CurrentWindowBackendContext {
  readonly #elements = new WeakMap<object, Element>();

  override associateValue(node: domlikeBackend.Element, element: Element): void {
    super.associateValue(node, element);
    this.#elements.set(node, element);
    behaveAsNative(node);
  }

  constructor() {
    super();
    document.addEventListener('click', (event) => {
      const detail = { x: event.clientX, y: event.clientY };
      const under = this.#under(event);
      under[0]?.triggerEvent('tap', detail, { bubbles: true, composed: true, capturePhase: true });
      for (const element of under) {
        const type = openTypeEvent(element.getAttribute('open-type'));
        if (type) element.triggerEvent(type, { errMsg: `${type}:ok` });
      }
    });
    document.addEventListener('pointerdown', (event) => this.#hover(event));
    document.addEventListener('input', (event) => {
      if (event.target instanceof HTMLInputElement) this.#tell(event, 'input', { value: event.target.value });
    });
    document.addEventListener('submit', (event) => this.#submit(event));
    document.addEventListener('animationend', (event) => this.#tell(event, 'animationend', {}));
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

/** One for the whole document, as style scopes are numbered per environment. */
export const environment = new MiniProgramEnv();
export const screen = environment.associateBackend(new ClickableScreen());
