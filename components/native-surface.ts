import { changesOf } from './changes.js';
import type { Tell } from './event.js';
import { hostObject } from './host.js';
import type { Lifetime, Surface } from './surface.js';

/** What a surface needs of the host's component instance. */
interface NativeComponent<Given, View> {
  readonly data: Given & { readonly view: View };
  setData(changes: Record<string, unknown>): void;
  triggerEvent(event: string, detail: unknown): void;
  /** Shows the view, as {@link showView} does. */
  render(view: View): void;
}

/** `attached`, of a component that shows a control; one that comes back has the control that it had. */
export function hold<Given, View extends object, Events, Control extends Lifetime>(
  component: NativeComponent<Given, View> & { control?: Control },
  make: (surface: Surface<Given, View, Events>) => Control,
): void {
  component.control ??= make(nativeSurface(component));
  component.control.hold();
}

/** A native component as what shows a control. */
function nativeSurface<Given, View extends object, Events>(
  component: NativeComponent<Given, View>,
): Surface<Given, View, Events> {
  const tell: Tell<Events> = (event, detail) => component.triggerEvent(String(event), detail);
  return {
    host: hostObject(),
    properties: () => component.data,
    show: (view) => component.render(view),
    tell,
  };
}

/** Sends what changed of a view (W-24). */
export function showView<View extends object>(
  component: Pick<NativeComponent<unknown, View>, 'setData'> & { readonly data: { readonly view: View } },
  view: View,
): void {
  const changes = changesOf('view', component.data.view, view);
  if (changes) component.setData(changes);
}
