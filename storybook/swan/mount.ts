import san, { type Component } from 'san';
import { foreignIn } from '../../scripts/swan/definition.mjs';
import { type Finger, plainFinger } from '../mini-program/finger.js';
import type { SwanDefinition, SwanInstance, SwanSource } from './components.js';
import { call, createInstance, firstData, handle } from './instance.js';
import { sanTemplate } from './template.js';
import { listenToTouches } from './touches.js';

/** A page as an app's developer writes it for Baidu. Every component of the kit may be used in its template. */
export interface SwanPageSource {
  template: string;
  data?: Readonly<Record<string, unknown>>;
  /** Each names in its own parameter what its event brings. */
  methods?: SwanDefinition['methods'];
}

export interface SwanPlace {
  into: HTMLElement;
  components: readonly SwanSource[];
  /** Default: there is no host behind the page. */
  finger?: Finger;
}

export interface MountedSwanPage {
  readonly instance: SwanInstance;
  setData(changes: Readonly<Record<string, unknown>>): void;
  /** The component with this id. */
  select(id: string): SwanInstance | null;
  /** Another page comes over it, or goes. */
  show(): void;
  hide(): void;
  /** Waits until what was set is shown. */
  settle(): Promise<void>;
  /** Takes the page off the screen: its components are detached. */
  release(): void;
}

type Data = Record<string, unknown>;

/** Two for each page or component that lies in another: what one is given is heard of, then shown, in turn. */
const ROUNDS = 8;

/** Waits until San has shown what was set. */
export async function shown(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await new Promise<void>((resolve) => san.nextTick(resolve));
}

/**
 * San in a browser stands in for Baidu's view; how it tells of touches, and what the host answers, is the finger's.
 *
 * @throws Error where a component is defined by what Baidu does not document (B-10)
 */
export function mountSwanPage(
  { template, data, methods }: SwanPageSource,
  { into, components, finger = plainFinger }: SwanPlace,
): MountedSwanPage {
  const live = new Map<SwanInstance, { definition: SwanDefinition; view: Component<Data> }>();
  const names = components.map(({ name }) => name);
  const classes: Record<string, typeof san.Component<Data>> = {};
  const classOf = (definition: SwanDefinition, template: string, own = '') =>
    class extends san.Component<Data> {
      static template = template;
      /** Without itself: San would take the element around a component for the component. */
      static get components() {
        const { [own]: _, ...others } = classes;
        return others;
      }
      declare instance: SwanInstance;

      override initData() {
        return firstData(definition);
      }
      override inited() {
        this.instance = createInstance(definition, this, () => live.has(this.instance));
        live.set(this.instance, { definition, view: this });
      }
      override attached() {
        call(definition.lifetimes?.attached, this.instance);
      }
      override detached() {
        live.delete(this.instance);
        call(definition.lifetimes?.detached, this.instance);
      }
      handle(name: string, event: unknown) {
        handle(this.instance, name, event);
      }
    };
  for (const { name, definition, template } of components) {
    const foreign = foreignIn(definition);
    if (foreign.length > 0) throw new Error(`${name} has what Baidu does not know: ${foreign.join(', ')}`);
    const parts = { components: names, externalClasses: definition.externalClasses ?? [] };
    classes[name] = classOf(definition, `<${name}>${sanTemplate(template, parts).trim()}</${name}>`, name);
  }

  let instance: SwanInstance | undefined;
  const definition: SwanDefinition = {
    ...(data && { data }),
    ...(methods && { methods }),
  };
  const Page = classOf(definition, `<div>${sanTemplate(template, { components: names, externalClasses: [] })}</div>`);
  const page: Component<Data> = new Page();
  for (const [known, { view }] of live) if (view === page) instance = known;
  if (!instance) throw new Error('San made no page.');
  into.classList.add('mini-program');
  const undo = listenToTouches(into, finger);
  page.attach(into);

  const tell = (name: 'show' | 'hide') => {
    for (const [known, { definition }] of [...live]) call(definition.pageLifetimes?.[name], known);
  };
  return {
    instance,
    setData: instance.setData,
    select: (id) => [...live].find(([, { view }]) => view.el?.id === id)?.[0] ?? null,
    show: () => tell('show'),
    hide: () => tell('hide'),
    settle: shown,
    release() {
      page.dispose();
      undo();
      into.replaceChildren();
    },
  };
}
