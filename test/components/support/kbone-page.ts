import { join } from 'node:path';
import simulate from 'miniprogram-simulate';
import { vi } from 'vitest';
import type { Press, WechatDevice } from '../../../simulator/index.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { defineNativeElements, type Part, partOf } from './component-page.js';
import { nativeButton } from './native-button.js';

/** The page of the kbone example, opened in a mini-program. Parts are named by their classes, without `denglu-`. */
export interface KbonePage extends Pick<TestApp, 'clock' | 'device' | 'backend' | 'count' | 'requests'> {
  /** What a person reads in one of its sections, by the class of what it shows. */
  reads(section: string): string;
  /** The first of that name in a section; `undefined` where it is not there. */
  find(section: string, name: string): Part | undefined;
  /** @throws Error where it is not there */
  get(section: string, name: string): Part;
  tap(section: string, name?: string): void;
  /** A finger presses a button of the host. */
  press(section: string, name?: string): Press;
  type(section: string, name: string, text: string): void;
  /** Moves the time of the host, of its server, and of the app. */
  advance(ms: number): Promise<void>;
  leave(): void;
}

/**
 * @param folder where the example was built
 * @param phone what is special about it
 */
export function openKbonePage(folder: string, phone: Partial<Parameters<typeof createTestApp>[1]> = {}): KbonePage {
  const app = createTestApp({}, phone);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: app.clock.now() });
  vi.stubGlobal('wx', hostOf(app.device));
  defineNativeElements();
  const page = simulate.render(
    simulate.load(join(folder, 'pages/index/index'), 'page', {
      rootPath: folder,
      usingComponents: { element: '/miniprogram_npm/miniprogram-element/index' },
    }),
    { route: 'pages/index/index' },
  );
  page.attach(document.body);

  const inside = (selector: string) => page.querySelector('.miniprogram-root')?.querySelector(selector);
  const find: KbonePage['find'] = (section, name) => partOf(inside(`.${section} .denglu-${name}`));
  const get: KbonePage['get'] = (section, name) => {
    const part = find(section, name);
    if (!part) throw new Error(`there is no ${name} in ${section}`);
    return part;
  };
  const { clock, device, backend, count, requests } = app;
  return {
    clock,
    device,
    backend,
    count,
    requests,
    reads: (section) => inside(`.${section}`)?.dom?.textContent ?? '',
    find,
    get,
    tap: (section, name = 'button') => get(section, name).fire('tap'),
    press(section, name = 'button') {
      const { button, handlers } = nativeButton(get(section, name));
      return device.press(button, handlers);
    },
    type: (section, name, text) => get(section, name).fire('input', { value: text }),
    async advance(ms) {
      for (let passed = 0; passed < ms; passed += STEP) {
        await clock.advance(STEP);
        await vi.advanceTimersByTimeAsync(STEP);
      }
      await clock.settle();
    },
    leave: () => page.detach(),
  };
}

/** Milliseconds between two turns of the two clocks. */
const STEP = 50;

/** The simulated components know no behavior of the host's forms, which kbone asks for from 2.10.3 on. */
function hostOf({ wx }: WechatDevice) {
  return {
    ...wx,
    getSystemInfoSync: () => ({ ...wx.getSystemInfoSync(), SDKVersion: '2.10.0' }),
    hideShareMenu() {},
  };
}
