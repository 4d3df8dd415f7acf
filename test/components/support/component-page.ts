import { join } from 'node:path';
import simulate from 'miniprogram-simulate';

export interface PageOptions<Props> {
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

/** A page with one component on it. */
export interface ComponentPage<Props> {
  /** The first with the class `denglu-<name>`; `undefined` where it is not there. */
  find(name: string): Part | undefined;
  /** @throws Error where it is not there */
  get(name: string): Part;
  /** What a part tells screen readers. */
  aria(name: string): Record<string, unknown>;
  /** A tap on the native button; it is heard once promises had their turn. */
  tap(): void;
  /** Sets properties that the page was made with, as the page's own `setData` does. */
  set(props: Partial<Props>): void;
  enter(): void;
  leave(): void;
  /** What the page heard, oldest first: a tap on the component, and the events that its README names. */
  readonly heard: readonly Heard[];
  /** The names of all events that the component told, whether the page listens or not. */
  readonly told: readonly string[];
  /** What the component handed to `setData`, call by call. */
  readonly sent: readonly object[];
}

/**
 * Loads a built component into miniprogram-simulate.
 *
 * @param folder where the native package is
 * @param name the component's
 * @param events those that a page listens to
 * @returns makes pages that use it
 */
export function loadComponent<Props extends object>(
  folder: string,
  name: string,
  events: readonly string[],
): (options?: PageOptions<Props>) => ComponentPage<Props> {
  defineNativeElements();
  const component = simulate.load(join(folder, 'components', name, 'index'), name, { rootPath: folder });
  return (options) => createPage({ name, component, events }, options);
}

/** The simulation's own are bare stubs without properties; these have those that a template of ours may set. */
function defineNativeElements(): void {
  const text = { type: String, value: '' };
  const flag = { type: Boolean, value: false };
  const any = { type: null, value: null };
  const define = (id: string, properties: WechatMiniprogram.Component.PropertyOption) =>
    simulate.load({ id, tagName: `wx-${id}`, template: '<slot/>', properties });
  const aria = { ariaRole: text, ariaLabel: text, ariaBusy: flag, ariaDisabled: flag };
  define('view', { ariaLive: text, ariaHidden: text });
  define('button', {
    ...aria,
    disabled: flag,
    openType: text,
    formType: text,
    lang: text,
    phoneNumberNoQuotaToast: any,
  });
  define('form', {});
  define('input', { ariaLabel: text, name: text, type: text, value: text, placeholder: text, disabled: flag });
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
  const { setData, triggerEvent } = instance;
  Object.assign(instance, {
    setData(changes: object) {
      sent.push(changes);
      setData.call(instance, changes);
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
    find,
    get: (part) => the(find(part)),
    aria: (part) =>
      Object.fromEntries(
        Object.entries(the(find(part)).data).filter(([key, value]) => /^aria/.test(key) && value !== ''),
      ),
    tap: () => the(found('button')).dispatchEvent('tap'),
    set(changes) {
      for (const prop of Object.keys(changes))
        if (!(prop in props)) throw new Error(`the template does not set ${prop}`);
      page.setData(changes);
    },
    enter: () => page.attach(document.body),
    leave: () => page.detach(),
    heard,
    told,
    sent,
  };
}

function partOf(node: Node | undefined): Part | undefined {
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

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function the<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('this part is not on the page');
  return found;
}
