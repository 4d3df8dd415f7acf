import type { template } from 'glass-easel';
import type { Auth } from '../machines/auth.js';
import { register } from '../machines/registry.js';
import type { Locale } from '../ports/failure.js';
import { createDesk } from './desk.js';
import type { Look } from './look.js';
import type { ComponentSource } from './mini-program/components.js';
import { mountPage, type PageEvent } from './mini-program/mount.js';
import pageStyle from './page.wxss?raw';
import { createPhone } from './phone/phone.js';
import { enterStage } from './stage.js';

export interface PageOnShow {
  look: Look;
  components: readonly ComponentSource[];
  /** What the app made of `createAuth`; `null`: it did not call it. */
  auth: Auth | null;
  /** What the host has beside its language. */
  host?: object;
  title: Record<Locale, string>;
  template: template.ComponentTemplate;
  /** Default: room around the component, and a look for what the page adds. */
  style?: string;
  data: Record<string, unknown>;
  /** Hears the component's events. */
  tell(type: string, detail: unknown): void;
}

/**
 * Shows a page of an app on a phone.
 *
 * @returns what the story renders
 */
export function showPage({
  look,
  components,
  auth,
  title,
  template,
  style,
  data,
  tell,
  host,
}: PageOnShow): HTMLElement {
  const { locale } = look;
  const phone = createPhone({ title: title[locale], look });
  const wx = { getAppBaseInfo: () => ({ language: 'zh_CN' }), ...host };
  if (auth) register(wx, auth);
  const methods = { tell: ({ type, detail }: PageEvent) => tell(type, detail) };
  const page = mountPage(
    { template, style: style ?? pageStyle, data: { locale, ...data }, methods },
    { into: phone.screen, components, wx },
  );
  return enterStage({ element: createDesk(look, phone.element), ...page });
}
