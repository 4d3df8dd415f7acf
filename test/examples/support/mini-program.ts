import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmptyBackendContext, globalOptions } from 'glass-easel';
import { MiniProgramEnv, type types } from 'glass-easel-miniprogram-adapter';
import { createEngine } from '../../../scripts/mini-program-engine.mjs';
import { callMethod } from './call-method.js';
import { compileTemplate } from './compile-template.js';
import { type ShownPage, showPage } from './shown-page.js';

// What a page gets wrong fails its test, instead of being written on the console.
globalOptions.throwGlobalError = true;

export interface MiniProgram {
  /**
   * Opens a page.
   *
   * @param path as `app.json` has it
   */
  open(path: string): ShownPage;
}

/**
 * Starts a built mini-program: its scripts in a context of their own that has no DOM (W-21), its templates on WeChat's
 * component framework, without a screen.
 *
 * @param folder where the built `app.json` is
 * @param globals what scripts find besides, `wx` among it
 */
export function startMiniProgram(folder: string, globals: Readonly<Record<string, unknown>>): MiniProgram {
  const environment = new MiniProgramEnv();
  const framework = environment.associateBackend(new EmptyBackendContext());
  const space = environment.createCodeSpace('app', true);
  // A template may name a handler that the page's script has given to the page itself.
  space.getComponentSpace().updateComponentOptions({ useMethodCallerListeners: true });
  for (const element of ['view', 'text', 'button']) space.getComponentSpace().setGlobalUsingComponent(element, element);

  const pages: object[] = [];
  const loaded = new Set<string>();
  let defined: types.GeneralComponentDefinition | undefined;
  let app: object = {};
  const engine = createEngine(folder, {
    // Every host has one, and it holds nothing.
    global: {},
    App(options: object) {
      app = options;
    },
    Page() {
      throw new Error('a page of this kind is not known here');
    },
    Component(definition: types.GeneralComponentDefinition) {
      defined = definition;
    },
    getApp: () => app,
    getCurrentPages: () => pages,
    ...globals,
  });
  engine.require('app.js');
  callMethod(app, 'onLaunch', {});
  callMethod(app, 'onShow', {});

  function load(path: string): void {
    if (loaded.has(path)) return;
    loaded.add(path);
    space.addComponentStaticConfig(path, JSON.parse(readFileSync(join(folder, `${path}.json`), 'utf8')));
    space.addCompiledTemplate(path, compileTemplate(readFileSync(join(folder, `${path}.wxml`), 'utf8')));
    engine.require(`${path}.js`);
    const definition = defined;
    if (!definition) throw new Error(`${path}.js defines no page`);
    space.componentEnv(path, ({ Component }) => Component(definition));
    defined = undefined;
  }

  return {
    open(path) {
      load(path);
      const root = framework.createRoot('page', space, path);
      const page = root.get();
      Object.assign(page, { route: path });
      pages.push(page);
      return showPage(root, () => pages.splice(pages.indexOf(page), 1));
    },
  };
}
