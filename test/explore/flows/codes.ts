import { createActor, fromCallback } from 'xstate';
import { type CodesEvent, codes, type LeaseRef, type LoginCall } from '../../../machines/codes.js';
import type { KeyNeed, LeaseAnswer } from '../../../machines/lease.js';
import { fromTask } from '../../../machines/task.js';
import { toFailure } from '../../../ports/failure.js';
import type { Secret } from '../../../ports/secret.js';
import {
  type Exploration,
  gives,
  guarantees,
  type Moves,
  noCallWhile,
  type Stage,
  type StepProperty,
} from '../../../testing/index.js';
import { codesReads, isCodeYoung, isLoginLate } from '../app/codes-reads.js';
import { refusals } from './refusals.js';
import { CODE_LIFETIME, SLEEP, shortWaits } from './timing.js';

type Heard = 'idle' | 'preparing' | 'ready' | 'parked' | 'held' | 'proving' | 'takingCode' | 'keeping';

/** A flow as the owner of the codes meets it: how far it has come, by what it was told. */
interface Keeper {
  readonly name: string;
  /** `null`: it takes a code, and keeps nothing ready. */
  readonly need: KeyNeed | null;
  readonly ref: LeaseRef;
  heard: Heard;
  code: Secret | null;
}

const HEARD: Record<LeaseAnswer['type'], (keeper: Keeper) => Heard> = {
  'KEY.READY': () => 'ready',
  'KEY.LOST': ({ heard }) => (heard === 'ready' ? 'preparing' : 'idle'),
  'KEY.PROVED': ({ need }) => (need === 'quiet' ? 'held' : 'keeping'),
  'CODE.GIVEN': () => 'keeping',
  'CODE.REFUSED': ({ heard }) => (heard === 'preparing' ? 'parked' : 'idle'),
};

const keepersOn = new WeakMap<Stage, readonly Keeper[]>();

/** What is given is spent at once: a code that is given twice is spent twice (G-01). */
const SPENT = 'exchange';

/** From the tap on, or until the server has answered (G-03). */
const noLoginUnderAKeeper = noCallWhile('login', (stage) => {
  const keeper = keepersOn.get(stage)?.find(({ heard }) => heard === 'held' || heard === 'keeping');
  return keeper?.name ?? null;
});

/** When the host was asked for each code, in milliseconds since the epoch. */
const askedAt = new WeakMap<Secret, number>();

/** Of each code that is given counts the age since the host was asked for it (G-02). */
const noOldCodeIsGiven: StepProperty = {
  name: 'G-02 no code is given that may be dead by the time it is sent',
  watch: (stage) => ({
    complaint({ news }) {
      for (const item of news) {
        if (item.type !== 'called' || item.name !== SPENT) continue;
        const since = askedAt.get((item.input as Spending).code);
        if (since !== undefined && !isCodeYoung(since, stage)) return 'it is too old';
      }
      return null;
    },
  }),
};

interface Spending {
  readonly code: Secret;
}

let current: Stage | null = null;

/** Machines are bound once; what they call is of the current run. */
const bind = (flow: typeof codes) =>
  flow.provide({
    actors: {
      login: fromCallback<LoginCall, undefined>(({ receive, sendBack }) => {
        receive(({ call, calledAt }) => {
          current?.call<Secret>('login').then(
            (code) => {
              askedAt.set(code, calledAt);
              sendBack({ type: 'LOGIN.ANSWERED', call, calledAt, code });
            },
            (error: unknown) => sendBack({ type: 'LOGIN.FAILED', call, failure: toFailure(error) }),
          );
        });
      }),
      checkSession: fromTask<boolean>(() => current?.call<boolean>('checkSession') ?? true),
      watchShow: fromCallback(() => {}),
      watchNetwork: fromCallback(() => {}),
    },
  });

/** The owner of the codes among flows that need them: each does what any flow may do. */
export function codesAmong(name: string, needs: readonly (KeyNeed | null)[], flow = codes): Exploration {
  const bound = bind(flow);
  return {
    name,
    answers: {
      login: { 'a code': gives((stage) => stage.secret('code')), ...refusals.login },
      ...(needs.includes('key') && {
        checkSession: { 'it stands': gives(true), 'it has ended': gives(false), ...refusals.checkSession },
      }),
    },
    reads: [codesReads],
    properties: [...guarantees, noLoginUnderAKeeper, noOldCodeIsGiven],
    isLate: isLoginLate,
    begin(stage) {
      current = stage;
      const actor = createActor(bound, {
        input: { now: stage.now, timing: shortWaits, codeLifetime: CODE_LIFETIME },
        clock: stage.clock,
        inspect: stage.inspect,
      }).start();
      const keepers = needs.map((need, index) => createKeeper(stage, need, `${need ?? 'taker'} ${index + 1}`));
      keepersOn.set(stage, keepers);
      const tell = (event: CodesEvent) => () => actor.send(event);

      return {
        moves: () => ({
          ...Object.assign({}, ...keepers.map((keeper) => movesOf(keeper, (event) => actor.send(event)))),
          'the app is shown': tell({ type: 'APP.SHOWN' }),
          'the app is shown after a while': () => {
            stage.pass(SLEEP);
            actor.send({ type: 'APP.SHOWN' });
          },
          'the network is back': tell({ type: 'NETWORK.ONLINE' }),
          'the server cannot decrypt': tell({ type: 'KEY.REFUSED' }),
          'the app logs in by itself': tell({ type: 'LOGIN.FOREIGN' }),
        }),
        identity: () => [
          keepers.map(({ ref, heard, code }) => [ref, heard, code]),
          stage.pendingCalls().map(({ name, calledAt }) => name === 'login' && isCodeYoung(calledAt, stage)),
        ],
        describe: () => keepers.map(({ name, heard }) => `${name}: ${heard}`).join(' · '),
        end() {
          for (const { ref } of keepers) ref.stop?.();
        },
      };
    },
  };
}

function createKeeper(stage: Stage, need: KeyNeed | null, name: string): Keeper {
  const ref = createActor(
    fromCallback<LeaseAnswer>(({ receive }) => {
      receive((answer) => {
        keeper.heard = HEARD[answer.type](keeper);
        keeper.code = 'code' in answer ? answer.code : null;
        if (keeper.code) stage.call(SPENT, { code: keeper.code } satisfies Spending);
      });
    }),
  );
  const keeper: Keeper = { name, need, ref: ref.start(), heard: 'idle', code: null };
  return keeper;
}

/** What a flow may do, where it stands. */
function movesOf(keeper: Keeper, send: (event: CodesEvent) => void): Moves {
  const { name, need, heard, ref: lease, code } = keeper;
  const go = (next: Heard, event: CodesEvent) => () => {
    keeper.heard = next;
    if (next === 'idle') keeper.code = null;
    send(event);
  };
  if (heard === 'idle') {
    return need
      ? {
          [`${name} prepares`]: go('preparing', { type: 'KEY.WANTED', lease, need }),
          [`${name} is answered unprepared`]: go('proving', { type: 'PROOF.WANTED', lease }),
        }
      : { [`${name} asks`]: go('takingCode', { type: 'CODE.WANTED', lease }) };
  }
  const isQuiet = need === 'quiet';
  return {
    [`${name} leaves`]: go('idle', { type: 'LEASE.FREED', lease }),
    ...(heard === 'ready' && {
      [`${name} is tapped`]: isQuiet
        ? go('proving', { type: 'PROOF.WANTED', lease })
        : go('held', { type: 'KEY.HELD', lease }),
    }),
    ...(heard === 'held' && {
      [`${name} is answered`]: isQuiet
        ? go('keeping', { type: 'ANSWER.GIVEN', lease })
        : go('proving', { type: 'PROOF.WANTED', lease }),
    }),
    ...((heard === 'parked' || heard === 'preparing') && {
      [`${name} is tapped too early`]: go(heard, { type: 'SHEETS.LEFT', lease }),
    }),
    ...(heard === 'keeping' &&
      code && {
        [`the server exchanges the code of ${name}`]: () => {
          keeper.code = null;
          send({ type: 'CODE.EXCHANGED', code });
        },
      }),
  };
}

export const codesForTakers = codesAmong('codesForTakers', [null, null]);
export const codesForSignIn = codesAmong('codesForSignIn', [null, 'code']);
export const codesForUpdate = codesAmong('codesForUpdate', [null, 'key']);
export const codesForProfile = codesAmong('codesForProfile', [null, 'quiet']);
