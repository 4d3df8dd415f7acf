import san, { type Component } from 'san';
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

/** As many as components lie in each other, and one: what one is given may make it show something else in turn. */
const ROUNDS = 5;

/** Waits until San has shown what was set. */
export async function shown(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await new Promise<void>((resolve) => san.nextTick(resolve));
}

/** San in a browser stands in for Baidu's view; how it tells of touches, and what the host answers, is the finger's. */
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
        this.instance = createInstance(definition, this);
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
