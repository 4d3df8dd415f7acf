import { assign, setup } from 'xstate';
import { Failure, toFailure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';
import type { CodeAnswer, LeaseAnswer } from './lease.js';
import { required } from './required.js';
import type { Timing } from './timing.js';

export interface DirectCallInput {
  /** Whether the call needs a login code. */
  needsCode: boolean;
  /** How long the call may take once it has what it needs, in milliseconds. */
  limit: number;
  timing: Timing;
}

export interface DirectCallOutput {
  failure: Failure | null;
}

export interface DirectCallContext extends DirectCallInput {
  code: Secret | null;
  failure: Failure | null;
}

/** One call that an app makes by itself, with a login code where it needs one. */
export const directCall = setup({
  types: {
    input: {} as DirectCallInput,
    context: {} as DirectCallContext,
    output: {} as DirectCallOutput,
    events: {} as CodeAnswer | { type: 'CANCEL' },
    tags: {} as 'busy' | 'settled',
  },
  actors: {
    /** Asks the owner of the codes for one, and keeps its session key from being replaced while it lives (G-03). */
    keepKey: required.companion<unknown, LeaseAnswer>('keepKey'),
    /** What the app calls, and what becomes of its answer. */
    call: required.task<void, Secret | null>('call'),
  },
  delays: {
    codeTimeout: ({ context }) => context.timing.code,
    callTimeout: ({ context }) => context.limit,
  },
  actions: {
    fail: assign((_, { error }: { error: unknown }) => ({ failure: toFailure(error) })),
    timeOut: assign({ failure: () => new Failure('timeout') }),
  },
  guards: { needsCode: ({ context }) => context.needsCode },
}).createMachine({
  id: 'directCall',
  description: 'One call of the app’s own to the backend, which ends by an answer, a reason, or a sign-out.',
  context: ({ input }) => ({ ...input, code: null, failure: null }),
  initial: 'deciding',
  on: { CANCEL: { target: '.failed', actions: { type: 'fail', params: () => ({ error: new Failure('cancelled') }) } } },
  states: {
    deciding: {
      description: 'Whether a login code comes first.',
      always: [{ guard: 'needsCode', target: 'keepingKey' }, { target: 'calling' }],
    },
    keepingKey: {
      description: 'The key of the code is kept until the backend has answered; leaving frees it (G-03).',
      tags: 'busy',
      invoke: { id: 'keepKey', src: 'keepKey' },
      initial: 'takingCode',
      states: {
        takingCode: {
          description: 'Waits for a fresh code from the owner of the host’s login (G-01, G-02).',
          on: {
            'CODE.GIVEN': { target: 'callingWithCode', actions: assign({ code: ({ event }) => event.code }) },
            'CODE.REFUSED': {
              target: '#directCall.failed',
              actions: { type: 'fail', params: ({ event }) => ({ error: event.failure }) },
            },
          },
          after: { codeTimeout: { target: '#directCall.failed', actions: 'timeOut' } },
        },
        callingWithCode: {
          description: 'The backend is asked. The code is forgotten here at once (G-01).',
          invoke: {
            src: 'call',
            input: ({ context }) => context.code,
            onDone: '#directCall.answered',
            onError: { target: '#directCall.failed', actions: { type: 'fail', params: ({ event }) => event } },
          },
          after: { callTimeout: { target: '#directCall.failed', actions: 'timeOut' } },
          exit: assign({ code: null }),
        },
      },
    },
    calling: {
      description: 'The backend is asked something that needs no code of ours.',
      tags: 'busy',
      invoke: {
        src: 'call',
        input: null,
        onDone: 'answered',
        onError: { target: 'failed', actions: { type: 'fail', params: ({ event }) => event } },
      },
      after: { callTimeout: { target: 'failed', actions: 'timeOut' } },
    },
    answered: { description: 'Whoever called has an answer.', type: 'final', tags: 'settled' },
    failed: { description: 'Whoever called has a reason instead.', type: 'final', tags: 'settled' },
  },
  output: ({ context }): DirectCallOutput => ({ failure: context.failure }),
});
