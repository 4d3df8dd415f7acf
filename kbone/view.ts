import type { GivenLooks, Lifetime, Surface } from '../components/surface.js';
import type { Dom } from './dom.js';

/** The properties of a component, without its slots and what else kbone cannot do. */
export type WithoutSlots<Properties, Lacking extends string = never> = Omit<Properties, `custom${string}` | Lacking>;

/** What a page hears of a component, by the names of its events. */
export type Listeners<Events> = { readonly [E in keyof Events]?: (detail: Events[E]) => void };

/** What a page says when it makes one: its properties, all of which may be left out, and what it wants to hear. */
export type Options<Properties, Events> = Partial<Properties> & { readonly on?: Listeners<Events> };

/** A component on a page. */
export interface KboneView<Properties> {
  /** To be put on the page; it is nobody else's to change. */
  readonly element: HTMLElement;
  /** Changes properties. */
  set(changes: Partial<Properties>): void;
  /** The page is gone, or has no more use for it: nothing is shown or told any more (G-17). */
  release(): void;
}

/** The elements of a component. */
interface Drawn<Properties, View> {
  readonly element: HTMLElement;
  show(view: View, properties: Properties): void;
  /** Gives back what the elements hold besides themselves. */
  release?(): void;
}

export const plainLooks: GivenLooks<never> = { disabled: false, locale: '', texts: null };

/**
 * Puts a component's control behind elements.
 *
 * @param dom the page's
 * @param defaults of the properties that a page may leave out
 * @param draw makes the elements
 */
export function kboneView<Properties extends Pick<GivenLooks<never>, 'locale'>, View, Events, Control extends Lifetime>(
  dom: Pick<Dom, 'host' | 'language'>,
  defaults: Properties,
  { on, ...given }: Options<Properties, Events>,
  control: (surface: Surface<Properties, View, Events>) => Control,
  draw: (control: Control) => Drawn<Properties, View>,
  onSet: (control: Control, changes: Partial<Properties>) => void = (control) => control.refresh(),
): KboneView<Properties> {
  const complete = (wanted: Properties): Properties => ({ ...wanted, locale: wanted.locale || dom.language });
  let properties = complete({ ...defaults, ...given });
  const controlled = control({
    host: dom.host,
    properties: () => properties,
    show: (view) => drawn.show(view, properties),
    tell: (event, detail) => on?.[event]?.(detail),
  });
  const drawn = draw(controlled);
  controlled.hold();
  return {
    element: drawn.element,
    set(changes) {
      properties = complete({ ...properties, ...changes });
      onSet(controlled, changes);
    },
    release() {
      controlled.release();
      drawn.release?.();
    },
  };
}
