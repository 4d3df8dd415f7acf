import { join } from 'node:path';
import simulate from 'miniprogram-simulate';
import type { LoginButtonProps } from '../../../components/login-button/connect.js';

/** What a page may set on the button. */
export interface ButtonProps extends Omit<LoginButtonProps, 'createUser' | 'withUnionId'> {
  /** As the page's template has it: a switch, a text, or nothing. */
  createUser: unknown;
  withUnionId: unknown;
  locale: string;
  customLabel: boolean;
}

export interface PageOptions {
  props?: Partial<ButtonProps>;
  /** Further attributes, as they stand in the page's template. */
  attributes?: string;
  /** What stands inside the button in the page's template. */
  content?: string;
}

export interface Heard {
  readonly type: string;
  readonly detail: unknown;
}

/** What a person sees, and a screen reader says. */
export interface Look {
  label: string;
  hint: string;
  busy: boolean;
  signedIn: boolean;
  disabled: boolean;
}

/** What the button is made of, by their classes; `button` is the native one. */
export type PartName = 'button' | 'label' | 'hint' | 'spinner';

/** A page with one button on it. */
export interface ButtonPage {
  look(): Look;
  /** What a part tells screen readers. */
  aria(name: PartName): Record<string, unknown>;
  /** A part of the button on the screen; `undefined` where it is not there. */
  part(name: PartName): HTMLElement | undefined;
  /** A tap on the native button; it is heard once promises had their turn. */
  tap(): void;
  /** Sets properties that the page was made with, as the page's own `setData` does. */
  set(props: Partial<ButtonProps>): void;
  enter(): void;
  leave(): void;
  /** What the page heard, oldest first: a tap on the button, and the events that its README names. */
  readonly heard: readonly Heard[];
  /** The names of all events that the component told, whether the page listens or not. */
  readonly told: readonly string[];
  /** What the component handed to `setData`, call by call. */
  readonly sent: readonly object[];
}

const HEARD = ['tap', 'success', 'failure', 'change'];

/**
 * Loads the built component into miniprogram-simulate.
 *
 * @param folder where the native package is
 * @returns makes pages that use it
 */
export function loadLoginButton(folder: string): (options?: PageOptions) => ButtonPage {
  defineNativeElements();
  const path = join(folder, 'components/login-button/index');
  const button = simulate.load(path, 'login-button', { rootPath: folder });
  return (options) => createPage(button, options);
}

/** The simulation's own are bare stubs without properties; these have those that a template of ours may set. */
function defineNativeElements(): void {
  const text = { type: String, value: '' };
  const flag = { type: Boolean, value: false };
  const define = (id: string, properties: WechatMiniprogram.Component.PropertyOption) =>
    simulate.load({ id, tagName: `wx-${id}`, template: '<slot/>', properties });
  define('view', { ariaLive: text, ariaHidden: text });
  define('button', { ariaRole: text, ariaLabel: text, ariaBusy: flag, ariaDisabled: flag, disabled: flag });
}

function createPage(button: string, { props = {}, attributes = '', content = '' }: PageOptions = {}): ButtonPage {
  const heard: Heard[] = [];
  const told: string[] = [];
  const sent: object[] = [];
  const set = Object.keys(props).map((name) => `${kebab(name)}="{{${name}}}"`);
  const listen = HEARD.map((name) => `bind:${name}="hear"`);
  const page = simulate.render(
    simulate.load({
      usingComponents: { 'login-button': button },
      template: `<login-button id="it" ${[...set, ...listen, attributes].join(' ')}>${content}</login-button>`,
      data: props,
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
    triggerEvent(name: string, ...rest: [object]) {
      told.push(name);
      triggerEvent.call(instance, name, ...rest);
    },
  });
  const find = (name: PartName) => it.querySelector(`.denglu-${name}`);
  const part: ButtonPage['part'] = (name) => find(name)?.dom;
  page.attach(document.body);

  return {
    look: () => ({
      label: part('label')?.textContent ?? '',
      hint: part('hint')?.textContent ?? '',
      busy: part('spinner') !== undefined,
      signedIn: the(part('button')).className.includes('denglu-button--signed-in'),
      disabled: the(find('button')).data.disabled,
    }),
    aria: (name) =>
      Object.fromEntries(
        Object.entries(the(find(name)).data).filter(([key, value]) => /^aria/.test(key) && value !== ''),
      ),
    part,
    tap: () => the(find('button')).dispatchEvent('tap'),
    set(changes) {
      for (const name of Object.keys(changes))
        if (!(name in props)) throw new Error(`the template does not set ${name}`);
      page.setData(changes);
    },
    enter: () => page.attach(document.body),
    leave: () => page.detach(),
    heard,
    told,
    sent,
  };
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function the<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('this part is not on the page');
  return found;
}
