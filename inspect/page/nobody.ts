import { element } from '../view/element.js';
import type { Say } from './texts.js';

/** How the page was reached, which is how a device reaches the command. */
export interface Reached {
  /** The command's address, such as `127.0.0.1:6010`. */
  readonly host: string;
  readonly token: string;
}

/** What is shown while there is no device: what makes one appear, to be copied. */
export function nobodyYet(say: Say, { host, token }: Reached): HTMLElement {
  const line = `createInspector({ platform, url: 'ws://${host}', token: '${token}' })`;
  const code = (text: string) => element('pre', { tabindex: '0' }, text);
  return element(
    'section',
    { class: 'nobody' },
    element('h2', {}, say('noDevice')),
    element('p', {}, say('inApp')),
    code(["import { createInspector } from 'denglu/inspect'", '', `const inspect = ${line}`, APP].join('\n')),
    ...(isThisMachine(host) ? [element('p', {}, say('forPhones')), code(COMMAND)] : []),
  );
}

const APP = 'createAuth({ platform, backend, inspect })';
const COMMAND = 'npx denglu inspect --host 0.0.0.0';

function isThisMachine(host: string): boolean {
  return /^(127\.[\d.]+|localhost|\[::1\])(:\d+)?$/.test(host);
}
