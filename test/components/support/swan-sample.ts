import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { SwanInstance, SwanMethod } from '../../../storybook/swan/components.js';
import { type BaiduTestApp, createBaiduTestApp } from '../../support/baidu-app.js';
import { componentsOf, engineWith, openSwanPage, type SwanPage } from './swan-page.js';

export const SAMPLE = join(import.meta.dirname, '../../../examples/baidu');
const BUILT = join(import.meta.dirname, '../../../swan_dist');

export interface SwanSample {
  readonly app: BaiduTestApp;
  /** Where pages were asked to go. */
  readonly went: readonly string[];
  /** As the Web host does after a first login, which started the app anew (B-10). */
  loggedIn(): void;
  open(page: string): Promise<SwanPage & { pass(): Promise<void> }>;
}

/** The sample app, started on a simulated device with the memory server. */
export function startSwanSample(phone: Parameters<typeof createBaiduTestApp>[1] = {}): SwanSample {
  const app = createBaiduTestApp({}, phone);
  app.auth.stop();
  const went: string[] = [];
  const go = ({ url = 'back' }: { url?: string } = {}) => went.push(url);
  const routes = { navigateTo: go, reLaunch: go, navigateBack: go };
  const swan = Object.assign(app.device.swan, routes);
  const { defined } = engineWith(swan, SAMPLE, app.clock);
  const definition = defined('app.js');
  call(definition, 'onLaunch');
  const components = componentsOf(defined, relative(SAMPLE, BUILT));
  return {
    app,
    went,
    loggedIn: () => call(definition, 'onLogin'),
    async open(name) {
      // The methods of a page stand beside its data.
      const { data, ...rest } = defined(`pages/${name}/index.js`);
      const methods: Record<string, SwanMethod> = {};
      for (const [name, value] of Object.entries(rest))
        if (typeof value === 'function') methods[name] = methodOf(value);
      const template = readFileSync(join(SAMPLE, `pages/${name}/index.swan`), 'utf8');
      const page = openSwanPage(app.device, { template, methods, ...(data && { data }) }, components);
      call(page.instance, 'onLoad');
      const pass = async () => {
        await app.clock.advance(1000);
        await page.settle();
      };
      await pass();
      return {
        ...page,
        pass,
        release() {
          call(page.instance, 'onUnload');
          page.release();
        },
      };
    },
  };
}

function call(instance: object, name: string): void {
  const method: unknown = Reflect.get(instance, name);
  if (typeof method === 'function') Reflect.apply(method, instance, []);
}

function methodOf(value: object): SwanMethod {
  return function (this: SwanInstance, ...args: unknown[]) {
    return typeof value === 'function' ? Reflect.apply(value, this, args) : undefined;
  };
}
