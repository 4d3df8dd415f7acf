import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import simulate from 'miniprogram-simulate';
import ts from 'typescript';
import { vi } from 'vitest';
import { createApp } from '../../../examples/wechat/server/app.js';
import type { ButtonEvent, Press } from '../../../simulator/index.js';
import { defineNativeElements } from './component-page.js';
import { nativeButton } from './native-button.js';
import type { NativePackage } from './native-package.js';
import { createPhone, type Phone, type PhoneOptions } from './phone.js';

const SAMPLE = join(import.meta.dirname, '../../../examples/wechat/miniprogram');

/** A page of the sample, as a person sees it. */
export interface SamplePage {
  /** All that stands there, texts and nothing else. */
  readonly reads: string;
  /** A finger presses the button, or the link, that says so. */
  press(label: string): Press;
  /** A form is sent with what was typed in, by the names of its fields. */
  submit(fields: Readonly<Record<string, string>>, nth?: number): void;
  leave(): void;
}

/** The sample, started on a simulated phone, with its own server over the one in memory. */
export interface SampleApp {
  readonly phone: Phone;
  /** Where it went: the calls of navigation, and their addresses. */
  readonly went: readonly string[];
  open(page: string): SamplePage;
  remove(): void;
}

/**
 * Compiles the sample as the developer tools do, "build npm" included, and launches it. What the app takes for the system's time is
 * the phone's.
 *
 * @param native the package that it has installed
 */
export function launchSample(native: NativePackage, options: PhoneOptions = {}): SampleApp {
  const folder = compile(native.folder);
  const phone: Phone = createPhone(native, {
    ...options,
    fetch: async (input, init) => server.fetch(new Request(input, init)),
  });
  const server = createApp({ fetch: (request) => phone.backend.fetch(request) });
  const went: string[] = [];
  vi.spyOn(Date, 'now').mockImplementation(phone.clock.now);
  vi.stubGlobal('setTimeout', (callback: () => void, delay = 0) => phone.clock.setTimeout(callback, delay));
  vi.stubGlobal('clearTimeout', phone.clock.clearTimeout);
  vi.stubGlobal('wx', {
    ...phone.host,
    navigateTo: ({ url }: { url: string }) => went.push(url),
    navigateBack: () => went.push('back'),
  });
  vi.stubGlobal('Page', (page: object) => Component(componentOf(page)));
  vi.stubGlobal('App', (app: { onLaunch(): void }) => app.onLaunch());
  defineNativeElements();
  createRequire(join(folder, 'app.js'))('./app.js');

  return {
    phone,
    went,
    open(name) {
      const page = simulate.render(simulate.load(join(folder, 'pages', name, 'index'), { rootPath: folder }));
      page.attach(document.body);
      const dom = () => the(page.dom, name);
      return {
        get reads() {
          return dom().textContent ?? '';
        },
        press(label) {
          const said = [...dom().querySelectorAll('wx-button, wx-navigator')];
          const element = elementOf(
            the(
              said.find(({ textContent }) => textContent?.trim() === label),
              label,
            ),
          );
          const part = {
            dom: element.$$,
            id: element.id || undefined,
            data: element.data,
            get isThere() {
              return element.$$.isConnected;
            },
            fire: (event: string, detail: object = {}) => fire(element, event, detail),
            find: () => undefined,
          };
          const { button, handlers } = nativeButton(part);
          const agree = ({ type, detail }: ButtonEvent) => part.fire(type, detail);
          return phone.device.press(button, { ...handlers, agreeprivacyauthorization: agree });
        },
        submit: (value, nth = 0) =>
          fire(elementOf(the([...dom().querySelectorAll('wx-form')][nth], 'form')), 'submit', { value }),
        leave: () => page.detach(),
      };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** An element as the framework has it behind its node. */
interface Element {
  readonly $$: HTMLElement;
  readonly id: string;
  readonly data: Record<string, unknown>;
  triggerEvent(event: string, detail: object, options: object): void;
}

function elementOf(dom: object): Element {
  const element: Element | undefined = Reflect.get(dom, '__wxElement');
  return the(element, '__wxElement');
}

function fire(element: Element, event: string, detail: object): void {
  element.triggerEvent(event, detail, { bubbles: true, composed: true });
}

function compile(native: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'denglu-sample-'));
  cpSync(SAMPLE, folder, { recursive: true, filter: (path) => !/\/(node_modules|miniprogram_npm)$/.test(path) });
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const change = file.endsWith('.js') ? toCommonJs : file.endsWith('index.json') ? withPathsToPackage : null;
    if (change) writeFileSync(file, change(readFileSync(file, 'utf8')));
  }
  mkdirSync(join(folder, 'miniprogram_npm'));
  mkdirSync(join(folder, 'node_modules'));
  cpSync(native, join(folder, 'miniprogram_npm/denglu'), { recursive: true });
  symlinkSync('../miniprogram_npm/denglu', join(folder, 'node_modules/denglu'));
  return folder;
}

function toCommonJs(source: string): string {
  const { ES2018 } = ts.ScriptTarget;
  return ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ES2018 } }).outputText;
}

/** The simulation looks for components beside the page only. */
function withPathsToPackage(settings: string): string {
  return settings.replaceAll('"denglu/', '"/miniprogram_npm/denglu/');
}

/** The simulation has components only: a page becomes one. */
function componentOf(page: object): WechatMiniprogram.Component.TrivialOption {
  const { data = {}, onLoad, onUnload, ...members }: PageMembers = page;
  const isMethod = ([, member]: [string, unknown]) => typeof member === 'function';
  const entries = Object.entries(members);
  return {
    options: { addGlobalClass: true },
    data,
    methods: Object.fromEntries(entries.filter(isMethod)),
    lifetimes: {
      created() {
        Object.assign(this, Object.fromEntries(entries.filter((entry) => !isMethod(entry))));
      },
      attached() {
        onLoad?.call(this);
      },
      detached() {
        onUnload?.call(this);
      },
    },
  };
}

interface PageMembers {
  data?: object;
  onLoad?: () => void;
  onUnload?: () => void;
}

function the<T>(found: T | undefined | null, what: string): T {
  if (found === undefined || found === null) throw new Error(`there is no ${what}`);
  return found;
}
