import { join } from 'node:path';
import simulate from 'miniprogram-simulate';

export interface PageOptions {
  /** The properties that the page's template sets, by their names in a script. */
  props?: Readonly<Record<string, unknown>>;
  /** Further attributes, as they stand in the page's template. */
  attributes?: string;
  /** What stands inside the component in the page's template. */
  content?: string;
}

export interface Heard {
  readonly type: string;
  readonly detail: unknown;
}

/** A page with one component on it. Parts are named by their classes, without `denglu-`. */
export interface ComponentPage {
  /** What a person reads there; `undefined` where the part is not there. */
  text(part: string): string | undefined;
  /** All that a person reads. */
  readonly reads: string;
  part(part: string): HTMLElement | undefined;
  /** An attribute that the component's template sets on a native element. */
  attribute(part: string, name: string): unknown;
  /** What a part tells screen readers. */
  aria(part: string): Record<string, unknown>;
  tap(part: string): void;
  /** A native element tells an event of its own; it is heard once promises had their turn. */
  fire(part: string, event: string, detail?: object): void;
  /** Sets properties that the page was made with, as the page's own `setData` does. */
  set(props: Readonly<Record<string, unknown>>): void;
  enter(): void;
  leave(): void;
  /** The page comes to the front, or is covered. */
  show(): void;
  hide(): void;
  /** What the page heard, oldest first. */
  readonly heard: readonly Heard[];
  /** The names of all events that the component told, whether the page listens or not. */
  readonly told: readonly string[];
  /** What the component handed to `setData`, call by call. */
  readonly sent: readonly object[];
  /** All that the component holds as data. */
  data(): unknown;
}

/**
 * Loads a built component into miniprogram-simulate.
 *
 * @param folder where the native package is
 * @param name the component's folder
 * @param events which of its events the page listens to
 * @returns makes pages that use it
 */
export function loadComponent(
  folder: string,
  name: string,
  events: readonly string[],
): (options?: PageOptions) => ComponentPage {
  defineNativeElements();
  const component = simulate.load(join(folder, 'components', name, 'index'), name, { rootPath: folder });
  return (options) => createPage(component, name, events, options);
}

/** The simulation's own are bare stubs without properties; these have those that a template of ours may set. */
function defineNativeElements(): void {
  const text = { type: String, value: '' };
  const flag = { type: Boolean, value: false };
  const aria = { ariaRole: text, ariaLabel: text, ariaLive: text, ariaHidden: text, ariaModal: text };
  const states = { ariaBusy: flag, ariaDisabled: flag, ariaChecked: flag };
  const define = (id: string, properties: WechatMiniprogram.Component.PropertyOption) =>
    simulate.load({ id, tagName: `wx-${id}`, template: '<slot/>', properties });
  define('view', { ...aria, ariaBusy: flag });
  define('text', { ariaRole: text });
  define('form', {});
  define('input', { name: text, password: flag, placeholder: text, maxlength: text, ariaLabel: text });
  define('button', { ...aria, ...states, openType: text, formType: text, disabled: flag });
}

function createPage(
  component: string,
  name: string,
  events: readonly string[],
  { props = {}, attributes = '', content = '' }: PageOptions = {},
): ComponentPage {
  const heard: Heard[] = [];
  const told: string[] = [];
  const sent: object[] = [];
  const set = Object.keys(props).map((prop) => `${kebab(prop)}="{{${prop}}}"`);
  const listen = ['tap', ...events].map((event) => `bind:${event}="hear"`);
  const page = simulate.render(
    simulate.load({
      usingComponents: { [name]: component },
      template: `<${name} id="it" ${[...set, ...listen, attributes].join(' ')}>${content}</${name}>`,
      data: { ...props },
      methods: {
        hear: ({ type, detail }: Heard) => {
          heard.push({ type, detail });
        },
      },
    }),
  );
  const it = the(page.querySelector('#it'), name);
  const { instance } = it;
  const { setData, triggerEvent } = instance;
  Object.assign(instance, {
    setData(changes: object, ...rest: [(() => void)?]) {
      sent.push(changes);
      setData.call(instance, changes, ...rest);
    },
    triggerEvent(event: string, ...rest: [object]) {
      told.push(event);
      triggerEvent.call(instance, event, ...rest);
    },
  });
  const find = (part: string) => it.querySelector(`.denglu-${part}`);
  page.attach(document.body);

  return {
    text: (part) => find(part)?.dom?.textContent ?? undefined,
    get reads() {
      return it.dom?.textContent ?? '';
    },
    part: (part) => find(part)?.dom,
    attribute: (part, attribute) => Reflect.get(the(find(part), part).data, attribute),
    aria: (part) =>
      Object.fromEntries(
        Object.entries(the(find(part), part).data).filter(([key, value]) => /^aria/.test(key) && value !== ''),
      ),
    tap: (part) => the(find(part), part).dispatchEvent('tap'),
    fire: (part, event, detail = {}) => the(find(part), part).dispatchEvent(event, { detail }),
    set(changes) {
      for (const prop of Object.keys(changes))
        if (!(prop in props)) throw new Error(`the template does not set ${prop}`);
      page.setData({ ...changes });
    },
    enter: () => page.attach(document.body),
    leave: () => page.detach(),
    show: () => pageOf(it).triggerPageLifeTime('show'),
    hide: () => pageOf(it).triggerPageLifeTime('hide'),
    heard,
    told,
    sent,
    data: () => it.data,
  };
}

interface OnPage {
  triggerPageLifeTime(name: 'show' | 'hide'): void;
}

/** The typings of j-component lack what it can do. */
function pageOf(component: object): OnPage {
  if (!isOnPage(component)) throw new Error('j-component has no page lifetimes any more');
  return component;
}

function isOnPage(component: object): component is OnPage {
  return 'triggerPageLifeTime' in component;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function the<T>(found: T | undefined, part: string): T {
  if (found === undefined) throw new Error(`${part} is not on the page`);
  return found;
}
