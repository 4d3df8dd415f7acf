import type { Auth } from '../../machines/auth.js';
import { register } from '../../machines/registry.js';
import type { Locale } from '../../ports/failure.js';
import { createDesk } from '../desk.js';
import type { Look } from '../look.js';
import { adoptStyle } from '../mini-program/style.js';
import '../mini-program/elements.css';
import type { Finger } from '../mini-program/finger.js';
import { createPhone } from '../phone/phone.js';
import { enterStage } from '../stage.js';
import { mountSwanPage } from './mount.js';
import { componentsIn, type PackageFiles } from './package.js';

export interface SwanPageOnShow {
  look: Look;
  files: PackageFiles;
  /** What the app made of `createAuth`; `null`: it did not call it. */
  auth: Auth | null;
  /** The host's object; default: one that can be asked for nothing but its language and its buttons. */
  swan?: object;
  finger?: Finger;
  title: Record<Locale, string>;
  template: string;
  data: Readonly<Record<string, unknown>>;
  /** Hears the component's events. */
  tell(type: string, detail: unknown): void;
}

/**
 * Shows a page of an app on a phone with Baidu.
 *
 * @returns what the story renders
 */
export function showSwanPage({ look, files, auth, title, template, data, tell, ...host }: SwanPageOnShow): HTMLElement {
  const { locale } = look;
  const worn: Look = { ...look, platform: 'baidu' };
  const phone = createPhone({ title: title[locale], look: worn });
  const swan = host.swan ?? { getSystemInfoSync: () => ({ language: 'zh_CN' }), canIUse: () => true };
  if (auth) register(swan, auth);
  const components = componentsIn(files, swan);
  const used = components.filter(({ name }) => template.includes(`<${name}`) || template.includes('<sign-in-sheet'));
  const styles = used.map(({ style }) => adoptStyle(style, ''));
  const page = mountSwanPage(
    {
      template: `<view style="padding: 120px 24px">${template}</view>`,
      data: { locale, ...data },
      methods: { tell: ({ type, detail }: { type: string; detail: unknown }) => tell(type, detail) },
    },
    { into: phone.screen, components, ...(host.finger && { finger: host.finger }) },
  );
  return enterStage({
    element: createDesk(worn, phone.element),
    release() {
      page.release();
      for (const undo of styles) undo();
    },
  });
}
