import { join } from 'node:path';
import simulate from 'miniprogram-simulate';

/** Properties by their names in a script. */
type AnyProps = Readonly<Record<string, unknown>>;

export interface PageOptions<Props = AnyProps> {
  props?: Partial<Props>;
  /** Further attributes, as they stand in the page's template. */
  attributes?: string;
  /** What stands inside the component in the page's template. */
  content?: string;
}

export interface Heard {
  readonly type: string;
  readonly detail: unknown;
}

/** A native element of the component, as long as it is on the page. */
export interface Part {
  readonly dom: HTMLElement;
  /** As the template has it. */
  readonly id: string | undefined;
  /** Its properties, by their names in camel case. */
  readonly data: Record<string, unknown>;
  readonly isThere: boolean;
  /** The host tells an event of it, in this very stack. */
  fire(event: string, detail?: object): void;
  /** Where it is a component: a part of that. */
  find(name: string): Part | undefined;
}

/** A page with one component on it. Parts are named by their classes, without `denglu-`. */
export interface ComponentPage<Props = AnyProps> {
  /** What a person reads there; `undefined` where the part is not there. */
  text(part: string): string | undefined;
  /** All that a person reads. */
  readonly reads: string;
  part(part: string): HTMLElement | undefined;
  /** An attribute that the component's template sets on a native element. */
  attribute(part: string, name: string): unknown;
  /** A native element tells an event of its own; it is heard once promises had their turn. */
  fire(part: string, event: string, detail?: object): void;
  /** The first with the class `denglu-<name>`; `undefined` where it is not there. */
  find(name: string): Part | undefined;
  /** @throws Error where it is not there */
  get(name: string): Part;
  /** What a part tells screen readers. */
  aria(name: string): Record<string, unknown>;
  /** A tap, by default on the native button; it is heard once promises had their turn. */
  tap(part?: string): void;
  /** Sets properties that the page was made with, as the page's own `setData` does. */
  set(props: Partial<Props>): void;
  /** The page calls a public method of the component. */
  call(method: string): void;
  enter(): void;
  leave(): void;
  /** The page comes to the front, or is covered. */
  show(): void;
  hide(): void;
  /** What the page heard, oldest first: a tap on the component, and the events that its README names. */
  readonly heard: readonly Heard[];
  /** The names of all events that the component told, whether the page listens or not. */
  readonly told: readonly string[];
  /** What the component handed to `setData`, call by call. */
  readonly sent: readonly object[];
  /** The whole view after each rendering: what would cross the bridge if all of it were sent each time (W-24). */
  readonly rendered: readonly object[];
  /** All that is on the screen or told to a screen reader, to be compared. */
  shown(): string;
  /** All that the component holds as data. */
  data(): unknown;
}

/**
 * Loads a built component into miniprogram-simulate.
 *
 * @param folder where the native package is
 * @param name the component's
 * @param events those that a page listens to
 * @returns makes pages that use it
 */
export function loadComponent<Props extends object = AnyProps>(
  folder: string,
  name: string,
  events: readonly string[],
): (options?: PageOptions<Props>) => ComponentPage<Props> {
  defineNativeElements();
  const component = simulate.load(join(folder, 'components', name, 'index'), name, { rootPath: folder });
  return (options) => createPage({ name, component, events }, options);
}

/** The simulation's own are bare stubs without properties; these have those that a template of ours may set. */
export function defineNativeElements(): void {
  const text = { type: String, value: '' };
  const flag = { type: Boolean, value: false };
  const unset = { type: null, value: null };
  /** Told to screen readers only where a template sets it. */
  const mark = { type: null, value: '' };
  const define = (id: string, properties: WechatMiniprogram.Component.PropertyOption) =>
    simulate.load({ id, tagName: `wx-${id}`, template: '<slot/>', properties });
  const aria = { ariaRole: text, ariaLabel: text, ariaLive: text, ariaHidden: text, ariaModal: text };
  const states = { ariaBusy: flag, ariaDisabled: flag, ariaChecked: mark };
  define('view', { ...aria, ariaBusy: mark });
  define('text', { ariaRole: text });
  define('scroll-view', { scrollY: flag });
  define('button', {
    ...aria,
    ...states,
    disabled: flag,
    openType: text,
    formType: text,
    lang: text,
    phoneNumberNoQuotaToast: unset,
  });
  define('form', {});
  define('input', {
    ariaLabel: text,
    name: text,
    type: text,
    value: text,
    placeholder: text,
    disabled: flag,
    password: flag,
    maxlength: text,
  });
  define('image', { src: text, mode: text, ariaHidden: text });
}

interface Source {
  name: string;
  component: string;
  events: readonly string[];
}

function createPage<Props extends object>(
  { name, component, events }: Source,
  { props = {}, attributes = '', content = '' }: PageOptions<Props> = {},
): ComponentPage<Props> {
  const heard: Heard[] = [];
  const told: string[] = [];
  const sent: object[] = [];
  const rendered: object[] = [];
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
  const it = the(page.querySelector('#it'));
  const { instance } = it;
  const { setData, triggerEvent, render } = instance;
  Object.assign(instance, {
    setData(changes: object, ...rest: [(() => void)?]) {
      sent.push(changes);
      setData.call(instance, changes, ...rest);
    },
    render(...view: [object?]) {
      render.call(instance, ...view);
      rendered.push({ view: it.data.view });
    },
    triggerEvent(event: string, ...rest: [object]) {
      told.push(event);
      triggerEvent.call(instance, event, ...rest);
    },
  });
  const found = (part: string) => it.querySelector(`.denglu-${part}`);
  const find: ComponentPage<Props>['find'] = (part) => partOf(found(part));
  page.attach(document.body);

  return {
    text: (part) => found(part)?.dom?.textContent ?? undefined,
    get reads() {
      return it.dom?.textContent ?? '';
    },
    part: (part) => found(part)?.dom,
    attribute: (part, attribute) => Reflect.get(the(found(part)).data, attribute),
    fire: (part, event, detail = {}) => the(found(part)).dispatchEvent(event, { detail }),
    find,
    get: (part) => the(find(part)),
    aria: (part) =>
      Object.fromEntries(
        Object.entries(the(find(part)).data).filter(([key, value]) => /^aria/.test(key) && value !== ''),
      ),
    tap: (part = 'button') => the(found(part)).dispatchEvent('tap'),
    set(changes) {
      for (const prop of Object.keys(changes))
        if (!(prop in props)) throw new Error(`the template does not set ${prop}`);
      page.setData(changes);
    },
    call(method) {
      const own: unknown = Reflect.get(instance, method);
      if (typeof own !== 'function') throw new Error(`the component has no ${method}()`);
      own.call(instance);
    },
    enter: () => page.attach(document.body),
    leave: () => page.detach(),
    show: () => pageOf(it).triggerPageLifeTime('show'),
    hide: () => pageOf(it).triggerPageLifeTime('hide'),
    heard,
    told,
    sent,
    rendered,
    shown() {
      const html = it.dom?.outerHTML ?? '';
      const parts = [...html.matchAll(/denglu-([a-z-]+)/g)].map(([, part = '']) => found(part)?.data);
      return JSON.stringify([html, parts]);
    },
    data: () => it.data,
  };
}

/** A node of miniprogram-simulate as a part. */
export function partOf(node: Node | undefined): Part | undefined {
  const dom = node?.dom;
  if (!node || !dom) return undefined;
  return {
    dom,
    id: node.instance.id || undefined,
    data: node.data,
    get isThere() {
      return dom.isConnected;
    },
    fire: (event, detail = {}) => node.instance.triggerEvent(event, detail, { bubbles: true, composed: true }),
    find: (name) => partOf(node.querySelector(`.denglu-${name}`)),
  };
}

type Node = NonNullable<ReturnType<ReturnType<typeof simulate.render>['querySelector']>>;

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

function the<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('this part is not on the page');
  return found;
}
