import type { AnyStateMachine } from 'xstate';
import { mermaid } from '../../inspect/charts/mermaid.js';
import { accountLinking } from '../../machines/account-linking.js';
import { accountSettings } from '../../machines/account-settings.js';
import { authorizedRequest } from '../../machines/authorized-request.js';
import { codes } from '../../machines/codes.js';
import { directCall } from '../../machines/direct-call.js';
import { phoneAuthorization } from '../../machines/phone-authorization.js';
import { privacy } from '../../machines/privacy.js';
import { session } from '../../machines/session.js';
import { silentLogin } from '../../machines/silent-login.js';
import { userProfile } from '../../machines/user-profile.js';

const charts: readonly (readonly [title: string, file: string, machine: AnyStateMachine])[] = [
  ['Silent login', 'machines/silent-login.ts', silentLogin],
  ['Session', 'machines/session.ts', session],
  ['Phone authorization', 'machines/phone-authorization.ts', phoneAuthorization],
  ['User profile', 'machines/user-profile.ts', userProfile],
  ['Account linking', 'machines/account-linking.ts', accountLinking],
  ['Account settings', 'machines/account-settings.ts', accountSettings],
  ['Request with the token', 'machines/authorized-request.ts', authorizedRequest],
  ['A call of the app’s own', 'machines/direct-call.ts', directCall],
  ['Privacy', 'machines/privacy.ts', privacy],
  ['The owner of the host’s login', 'machines/codes.ts', codes],
];

/** The page of all charts, as Markdown. */
export function chartsPage(): string {
  const sections = charts.map(([title, file, machine]) => {
    const { description } = machine.root;
    return `## ${title}\n\n${description} [${file}](../${file})\n\n\`\`\`mermaid\n${mermaid(machine)}\n\`\`\`\n`;
  });
  return `# Charts\n\nDrawn from the machines by \`npm run charts\`.\n\n${sections.join('\n')}`;
}
