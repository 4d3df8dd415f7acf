import type { domlikeBackend, template } from 'glass-easel';
import type { ComponentSource } from './components.js';
import './elements.css';
import { type Finger, plainFinger } from './finger.js';
import { environment, screen, useFinger } from './screen.js';
import { adoptStyle } from './style.js';

/** A page as an app's developer writes it. Every component of the kit may be used in its template. */
export interface PageSource {
  template: template.ComponentTemplate;
  style?: string;
  data?: Record<string, unknown>;
  /** Each names in its own parameter what its event brings. */
  methods?: Record<string, (this: Page, event: PageEvent<never>) => void>;
}

export interface PageEvent<Detail = unknown> {
  readonly type: string;
  /** Where it was bound. */
  readonly currentTarget: { readonly id: string };
  readonly detail: Detail;
}

/** The `this` of a page's methods. */
export interface Page {
  setData(data: Record<string, unknown>): void;
}

export interface MountedPage extends Page {
  /** Takes the page off the screen, as leaving it does: its components are detached, and `wx` is what it was before. */
  release(): void;
}

export interface Place {
  /** Where the page goes. */
  into: HTMLElement;
  /** What `loadComponents` answered. */
  components: readonly ComponentSource[];
  /** What scripts find as the host, by its global name. */
  wx: object;
  /** Default: there is no host behind the page. */
  finger?: Finger;
}

/** The host's own elements; a `button` is one in both worlds. */
const BUILT_IN = { view: 'div', 'scroll-view': 'div', text: 'span', image: 'img' };

const PAGE = 'pages/index/index';

/** Runs a mini-program page in the document, on the host's own component framework. */
export function mountPage(page: PageSource, { into, components, wx, finger = plainFinger }: Place): MountedPage {
  const undo: (() => void)[] = [replaceGlobal('wx', wx), useFinger(finger)];
  const space = environment.createCodeSpace(PAGE, true);
  for (const [name, tag] of Object.entries(BUILT_IN)) space.getComponentSpace().setGlobalUsingComponent(name, tag);
  for (const { name, definition, template, style, config } of components) {
    const path = `components/${name}/index`;
    space.addComponentStaticConfig(path, config);
    space.addCompiledTemplate(path, template);
    space.addStyleSheet(path, undefined, name);
    undo.push(adoptStyle(style, name));
    space.componentEnv(path, ({ Component }) => Component(definition));
  }
  const usingComponents = Object.fromEntries(components.map(({ name }) => [name, `/components/${name}/index`]));
  space.addComponentStaticConfig(PAGE, { usingComponents });
  space.addCompiledTemplate(PAGE, page.template);
  undo.push(adoptStyle(page.style ?? '', ''));
  space.componentEnv(PAGE, ({ Component }) => Component({ data: page.data ?? {}, methods: page.methods ?? {} }));

  into.classList.add('mini-program');
  const root = screen.createRoot('page', space, PAGE);
  const placeholder = into.appendChild(document.createElement('div'));
  root.attach(nodeOf(into), nodeOf(placeholder));
  undo.push(() => {
    root.release();
    into.replaceChildren();
  });
  return {
    setData: (data) => root.get().setData(data),
    release: () => {
      for (const step of undo.splice(0).reverse()) step();
    },
  };
}

/** glass-easel declares the part of the DOM that it uses on its own, and TypeScript's declaration is another. */
function nodeOf(element: HTMLElement): domlikeBackend.Element {
  return element as unknown as domlikeBackend.Element;
}

function replaceGlobal(name: string, value: unknown): () => void {
  const before: unknown = Reflect.get(globalThis, name);
  Reflect.set(globalThis, name, value);
  return () => Reflect.set(globalThis, name, before);
}
