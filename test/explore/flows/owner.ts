import type { LeaseAnswer, LeaseEvent } from '../../../machines/lease.js';
import { Failure } from '../../../ports/failure.js';
import type { Companion, Stage } from '../../../testing/index.js';
import { LOGIN_REFUSALS } from './refusals.js';

const loginRefusals = LOGIN_REFUSALS.map((kind): [word: string, event: LeaseAnswer] => [
  `no code is to be had: ${kind}`,
  { type: 'CODE.REFUSED', failure: new Failure(kind) },
]);

interface Telling<State> {
  readonly event: LeaseAnswer;
  readonly next: State;
}

/** The owner of the codes as a flow meets it that asks for one at once: it answers once. */
export const codeTaker: Companion<'asked' | 'answered'> = {
  start: 'asked',
  tells: (state, stage) => (state === 'asked' ? { ...codeGiven(stage, 'answered'), ...codeRefused('answered') } : {}),
};

type Lease = 'idle' | 'preparing' | 'parked' | 'ready' | 'held' | 'proving' | 'taking' | 'keeping';

/**
 * The owner of the codes as a flow meets it that prepares for a tap. What it tells where is what the chart of the owner
 * does for anybody.
 *
 * @param mayProveByKey whether the server may hold the key, so that no code is needed
 */
export function leaseOwner({ mayProveByKey = false, isQuiet = false } = {}): Companion<Lease> {
  return {
    start: 'idle',
    hears: (state, event) => after(state, event as LeaseEvent),
    tells(state, stage) {
      switch (state) {
        case 'preparing':
          return { 'the key is ready': { event: { type: 'KEY.READY' }, next: 'ready' }, ...codeRefused('parked') };
        case 'parked':
          return { 'the key is ready after all': { event: { type: 'KEY.READY' }, next: 'ready' } };
        case 'ready':
          return { 'somebody logs in': { event: { type: 'KEY.LOST' }, next: 'preparing' } };
        case 'held':
          return { 'another sheet is opened': { event: { type: 'KEY.LOST' }, next: 'idle' } };
        case 'proving':
          return {
            ...proofs(stage, mayProveByKey, isQuiet ? 'held' : 'keeping'),
            'it cannot be proved': { event: { type: 'KEY.LOST' }, next: 'idle' },
            ...(isQuiet && codeRefused('idle')),
          };
        case 'taking':
          return { ...codeGiven(stage, 'keeping'), ...codeRefused('idle') };
        default:
          return {};
      }
    },
  };
}

function after(state: Lease, { type }: LeaseEvent): Lease {
  switch (type) {
    case 'PREPARE':
      return 'preparing';
    case 'HOLD':
      return 'held';
    case 'PROVE':
      return 'proving';
    case 'KEEP':
      return 'keeping';
    case 'TAKE':
      return 'taking';
    case 'FREE':
      return 'idle';
    default:
      return state;
  }
}

function proofs(stage: Stage, mayProveByKey: boolean, next: Lease): Record<string, Telling<Lease>> {
  return {
    'it is proved by a code': { event: { type: 'KEY.PROVED', code: stage.secret('code') }, next },
    ...(mayProveByKey && { 'it is proved by the key': { event: { type: 'KEY.PROVED', code: null }, next } }),
  };
}

function codeGiven<State>(stage: Stage, next: State): Record<string, Telling<State>> {
  return { 'a code is given': { event: { type: 'CODE.GIVEN', code: stage.secret('code') }, next } };
}

function codeRefused<State>(next: State): Record<string, Telling<State>> {
  return Object.fromEntries(loginRefusals.map(([word, event]) => [word, { event, next }]));
}
