import { CurrentWindowBackendContext, type domlikeBackend, type Element } from 'glass-easel';
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter';

/**
 * The browser as glass-easel's screen, where a click is a tap: so the keyboard taps as well, and a disabled button
 * does not. glass-easel's own taps are made of touches and mouse moves; here they are not listened to.
 */
class ClickableScreen extends CurrentWindowBackendContext {
  readonly #elements = new WeakMap<object, Element>();

  override associateValue(node: domlikeBackend.Element, element: Element): void {
    super.associateValue(node, element);
    this.#elements.set(node, element);
    spellOutAria(node);
  }

  constructor() {
    super();
    document.addEventListener('click', (event) => {
      const detail = { x: event.clientX, y: event.clientY };
      this.#under(event)[0]?.triggerEvent('tap', detail, { bubbles: true, composed: true, capturePhase: true });
    });
    document.addEventListener('pointerdown', (event) => this.#hover(event));
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

/** glass-easel writes `true` as an attribute without a value, which ARIA reads as nothing. */
function spellOutAria(node: domlikeBackend.Element): void {
  const setAttribute = node.setAttribute.bind(node);
  node.setAttribute = (name, value) => setAttribute(name, name.startsWith('aria-') && value === '' ? 'true' : value);
}

/** One for the whole document, as style scopes are numbered per environment. */
export const environment = new MiniProgramEnv();
export const screen = environment.associateBackend(new ClickableScreen());
