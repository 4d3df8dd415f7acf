import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../../../ports/clock.js';
import { createEngine } from '../../../scripts/mini-program-engine.mjs';
import type { BaiduDevice } from '../../../simulator/index.js';
import type { SwanDefinition, SwanSource } from '../../../storybook/swan/components.js';
import { swanFinger } from '../../../storybook/swan/finger.js';
import { type MountedSwanPage, mountSwanPage, type SwanPageSource } from '../../../storybook/swan/mount.js';
import { type BaiduKit, type BaiduTestApp, createBaiduTestApp } from '../../support/baidu-app.js';

const BUILT = join(import.meta.dirname, '../../../swan_dist');

/** A page on a simulated device, and a person in front of it. */
export interface SwanPage extends MountedSwanPage {
  readonly element: HTMLElement;
  /** What components told the page, by the name of the event. */
  readonly heard: readonly (readonly [type: string, detail: unknown])[];
  button(text?: string): HTMLButtonElement;
  /** Presses the button that shows the text, or the only one. */
  press(text?: string): void;
  type(name: string, value: string): void;
  text(selector: string): string;
  /** The details that were heard of an event. */
  told(type: string): unknown[];
}

interface Loaded {
  readonly kit: BaiduKit;
  readonly components: readonly SwanSource[];
}

const loaded = new WeakMap<object, Loaded>();

/** The built package in the engine of a Baidu app: it has `swan`, and no `wx`. Each start of the app loads it anew. */
function packageOn({ swan }: Pick<BaiduDevice, 'swan'>): Loaded {
  const known = loaded.get(swan);
  if (known) return known;
  const { engine, defined } = engineWith(swan, BUILT);
  const createAuth: BaiduKit['createAuth'] = Reflect.get(engine.require('index.js'), 'createAuth');
  const baidu: BaiduKit['baidu'] = Reflect.get(engine.require('adapters/baidu.js'), 'baidu');
  const server: BaiduKit['server'] = Reflect.get(engine.require('adapters/server.js'), 'server');
  const made = { kit: { createAuth, baidu, server }, components: componentsOf(defined, '') };
  loaded.set(swan, made);
  return made;
}

/**
 * The engine, and how to hear what the next script says it is.
 *
 * @param clock the time that scripts know of; default: real time
 */
export function engineWith(swan: object, folder: string, clock?: Clock) {
  let said: SwanDefinition | undefined;
  const define = (definition: SwanDefinition) => {
    said = definition;
  };
  const time = clock && {
    setTimeout: (call: () => void, ms: number) => clock.setTimeout(call, ms),
    clearTimeout: (timer: unknown) => clock.clearTimeout(timer),
    Date: { now: () => clock.now() },
  };
  const host = { swan, App: define, Component: define, Page: define, ...time };
  const engine = createEngine(folder, host, { denglu: join(BUILT, '..') });
  const defined = (script: string): SwanDefinition => {
    said = undefined;
    engine.require(script);
    if (!said) throw new Error(`${script} defines nothing`);
    return said;
  };
  return { engine, defined };
}

/** @param before what leads from the engine's folder to the package's */
export function componentsOf(defined: (script: string) => SwanDefinition, before: string): SwanSource[] {
  const folder = join(BUILT, 'components');
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.map(({ name }) => {
    const file = (ending: string) => join(folder, name, `index.${ending}`);
    return {
      name,
      definition: defined(join(before, `components/${name}/index.js`)),
      template: readFileSync(file('swan'), 'utf8'),
      style: withImports(file('css')),
    };
  });
}

/** An app of the built package. */
export function createBuiltApp(
  options?: Parameters<typeof createBaiduTestApp>[0],
  phone?: Parameters<typeof createBaiduTestApp>[1],
): BaiduTestApp {
  return createBaiduTestApp(options, phone, (device) => packageOn(device).kit);
}

function withImports(file: string): string {
  return readFileSync(file, 'utf8').replace(/@import "([^"]+)";/g, (_, path: string) =>
    readFileSync(join(dirname(file), path), 'utf8'),
  );
}

/** Opens a page that hears every event by its method `tell`. */
export function openSwanPage(
  device: BaiduDevice,
  source: SwanPageSource,
  components = packageOn(device).components,
): SwanPage {
  const heard: [string, unknown][] = [];
  const element = document.body.appendChild(document.createElement('div'));
  const methods = {
    tell({ type, detail }: { type: string; detail: unknown }) {
      heard.push([type, detail]);
    },
    ...source.methods,
  };
  const page = mountSwanPage({ ...source, methods }, { into: element, components, finger: swanFinger(device) });
  const button = (text?: string) => {
    const all = [...element.querySelectorAll('button')];
    const found = text === undefined ? all : all.filter(({ textContent }) => textContent?.includes(text));
    const [one, ...others] = found;
    if (!one || others.length > 0) throw new Error(`${found.length} buttons show ${text}: ${element.innerHTML}`);
    return one;
  };
  return {
    ...page,
    element,
    heard,
    button,
    press: (text) => button(text).click(),
    type(name, value) {
      const input = element.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      if (!input) throw new Error(`There is no input ${name}`);
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    },
    text: (selector) => element.querySelector(selector)?.textContent?.trim() ?? '',
    told: (type) => heard.flatMap(([told, detail]) => (told === type ? [detail] : [])),
    release() {
      page.release();
      element.remove();
    },
  };
}

const second = 1000;

/** A page of an app that runs, with time that passes for the host and for the page alike. */
export async function openOnBaidu(
  app: BaiduTestApp,
  template: string,
  data: Readonly<Record<string, unknown>> = {},
): Promise<SwanPage & { pass(ms?: number): Promise<void> }> {
  const page = openSwanPage(app.device, { template, data });
  const pass = async (ms = second) => {
    await app.clock.advance(ms);
    await page.settle();
  };
  await pass();
  return { ...page, pass };
}
