import { setup } from 'xstate';
import { type CodesInput, codes } from './codes.js';
import { type SessionInput, session } from './session.js';

export type RootInput = CodesInput & SessionInput;

/** What one app runs: the owner of the host's login, and the session. Flows of pages are run beside them. */
export const root = setup({
  types: {
    input: {} as RootInput,
    context: {} as RootInput,
    children: {} as { codes: 'codes'; session: 'session' },
  },
  actors: { codes, session },
}).createMachine({
  id: 'auth',
  description: 'One per app: the owner of the host’s login, and the session.',
  context: ({ input }) => input,
  invoke: [
    { id: 'codes', src: 'codes', input: ({ context }) => context },
    { id: 'session', src: 'session', input: ({ context }) => context },
  ],
});
