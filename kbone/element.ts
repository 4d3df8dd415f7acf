/** `undefined` and `false` take an attribute away. */
export type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** An element of which only what has changed is written: kbone carries each write across a bridge (W-24). */
export interface Part<E extends HTMLElement = HTMLElement> {
  readonly element: E;
  set(attributes: Attributes): void;
  say(text: string): void;
  /** Has exactly these children, in this order; those that stay are not touched (G-15). */
  hold(children: readonly (Part | null)[]): void;
}

/** @param element that nobody else writes to */
export function part<E extends HTMLElement>(element: E, attributes: Attributes = {}): Part<E> {
  const written = new Map<string, string>();
  let said = '';
  let held: readonly HTMLElement[] = [];

  const set = (wanted: Attributes) => {
    for (const [name, value] of Object.entries(wanted)) {
      // An empty text is no truth to kbone.
      const next = value === true ? 'true' : value || undefined;
      if (next === written.get(name)) continue;
      if (next === undefined) {
        element.removeAttribute(name);
        written.delete(name);
      } else {
        element.setAttribute(name, next);
        written.set(name, next);
      }
    }
  };
  set(attributes);

  return {
    element,
    set,
    say(text) {
      if (text === said) return;
      said = text;
      element.textContent = text;
    },
    hold(children) {
      const wanted = children.filter((child): child is Part => child !== null).map((child) => child.element);
      const staying = held.filter((child) => wanted.includes(child));
      for (const child of held) if (!staying.includes(child)) element.removeChild(child);
      wanted.forEach((child, index) => {
        if (staying.includes(child)) return;
        const next = wanted.slice(index + 1).find((other) => staying.includes(other));
        if (next) element.insertBefore(child, next);
        else element.appendChild(child);
      });
      held = wanted;
    },
  };
}
