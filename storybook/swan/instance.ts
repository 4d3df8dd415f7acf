import san, { type Component } from 'san';
import type { SwanDefinition, SwanInstance, SwanMethod } from './components.js';
import { camelCase } from './template.js';

type Data = Record<string, unknown>;

/** What San's data begins as: nothing is shared between two of the same component. */
export function firstData({ data, properties, externalClasses }: SwanDefinition): Data {
  const first: Data = structuredClone({ ...data });
  for (const [name, { value }] of Object.entries(properties ?? {})) first[name] = structuredClone(value);
  for (const name of externalClasses ?? []) first[camelCase(name)] = '';
  return first;
}

/**
 * The `this` of a definition's functions, on a component of San's.
 *
 * @param isOnPage whether the component has not been detached
 * @throws Error from `setData` and `triggerEvent` where it has been (G-17), and where they are given more than is run
 * here
 */
export function createInstance(
  definition: SwanDefinition,
  view: Component<Data>,
  isOnPage: () => boolean,
): SwanInstance {
  const check = (call: string, more: readonly unknown[]) => {
    if (!isOnPage()) throw new Error(`${call} after detached (G-17)`);
    if (more.length > 0) throw new Error(`${call} with more than a page on San knows of`);
  };
  const instance: SwanInstance = {
    get data() {
      return view.data.get();
    },
    get properties() {
      return view.data.get();
    },
    setData(changes, ...more) {
      check('setData', more);
      for (const [path, value] of Object.entries(changes)) view.data.set(path, value);
    },
    triggerEvent(type, detail = {}, ...more) {
      check('triggerEvent', more);
      view.fire(type, { type, detail, ...whereabouts(view.el) });
    },
  };
  for (const [name, method] of Object.entries(definition.methods ?? {})) Reflect.set(instance, name, method);
  for (const [list, observer] of Object.entries(definition.observers ?? {})) observe(list, observer, instance, view);
  return instance;
}

/** What changes together is heard of once, and later (B-10): the component may have been detached by then. */
function observe(list: string, observer: SwanMethod, instance: SwanInstance, view: Component<Data>): void {
  const names = list.split(',').map((name) => name.trim());
  let isDue = false;
  const hear = () => {
    isDue = false;
    call(observer, instance, ...names.map((name) => view.data.get(name)));
  };
  // What throws in a tick of San's takes the rest of the tick along.
  const hearLater = () => san.nextTick(() => queueMicrotask(hear));
  for (const name of names) {
    view.watch(name, () => {
      if (!isDue) hearLater();
      isDue = true;
    });
  }
}

export function call(method: SwanMethod | undefined, instance: SwanInstance, ...args: unknown[]): void {
  if (method) Reflect.apply(method, instance, args);
}

/** Calls a method by its name, as a template knows it. */
export function handle(instance: SwanInstance, name: string, event: unknown): void {
  const method: unknown = Reflect.get(instance, name);
  if (typeof method !== 'function') throw new Error(`The template calls ${name}, and there is no such method.`);
  Reflect.apply(method, instance, [event instanceof Event ? asSwanEvent(event) : event]);
}

function asSwanEvent(event: Event) {
  const { target, currentTarget, type } = event;
  const typed = event.type === 'input' && target instanceof HTMLInputElement ? { value: target.value } : {};
  const detail: unknown = event instanceof CustomEvent ? event.detail : typed;
  return { type, detail, ...whereabouts(currentTarget) };
}

function whereabouts(place: unknown) {
  const [id, dataset] = place instanceof HTMLElement ? [place.id, { ...place.dataset }] : ['', {}];
  return { target: { id, dataset }, currentTarget: { id, dataset } };
}
