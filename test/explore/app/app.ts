import type { KeptSession } from '../../../machines/session.js';
import { wishFrom } from '../../../machines/sign-in-options.js';
import type { Platform } from '../../../ports/platform.js';
import {
  type Answers,
  type Bound,
  type Exploration,
  failsWith,
  gives,
  guarantees,
  type Stage,
} from '../../../testing/index.js';
import { newSession, shortSession } from '../flows/people.js';
import { renewalsChangeNobody } from '../flows/session.js';
import { SLEEP } from '../flows/timing.js';
import { appOn, placeApp } from './app-on.js';
import { sessionOfAnother, sessionOfSame } from './app-people.js';
import { readsWithKey, readsWithoutKey } from './app-reads.js';
import { createCallers, SIGNS_OUT } from './callers.js';
import { isCodeYoung, isLoginLate } from './codes-reads.js';
import { linkingAnswers } from './linking-part.js';
import type { MakePart } from './part.js';
import type { Surroundings } from './ports.js';
import { privacyAnswers } from './privacy-part.js';
import { profileAnswers } from './profile-part.js';
import { appProperties } from './properties.js';
import { requestAnswers } from './request-part.js';
import { createRestartableApp } from './restartable-app.js';
import { settingsAnswers } from './settings-part.js';

export interface AppOptions {
  readonly name: string;
  readonly abilities?: Partial<Platform['abilities']>;
  readonly parts: readonly MakePart[];
  readonly bound?: Bound;
  /** How many different things callers wish for at once. */
  readonly wishes?: 1 | 2;
  /** Whether it begins with somebody signed in and with every page open: a shorter history leads as far. Default: not. */
  readonly beginsOpen?: boolean;
  /** Whether the server's key may prove what the host encrypts, or what is said of it changes nothing. Default: not. */
  readonly provesByKey?: boolean;
}

/**
 * What each call may be answered. Of the failures that no chart tells apart one stands for all, since each flow alone is
 * given every one.
 */
const answers: Answers = {
  login: { 'a code': gives((stage: Stage) => stage.secret('code')), ...failsWith('offline', 'busy', 'unknown') },
  checkSession: { 'it stands': gives(true), 'it has ended': gives(false), ...failsWith('unknown') },
  signIn: {
    'the same user': gives(sessionOfSame),
    'another user': gives(sessionOfAnother),
    ...failsWith('unregistered', 'code-rejected', 'busy', 'offline', 'unavailable'),
  },
  signOut: { done: gives(undefined), ...failsWith('unavailable') },
  phoneSignIn: {
    'the same user': gives(sessionOfSame),
    'another user': gives(sessionOfAnother),
    ...failsWith('key-stale', 'unavailable'),
  },
  setPhone: {
    'the user': gives((stage: Stage) => sessionOfSame(stage).user),
    ...failsWith('key-stale', 'token-rejected', 'unavailable'),
  },
  ...profileAnswers,
  ...linkingAnswers,
  ...settingsAnswers,
  ...requestAnswers,
  ...privacyAnswers,
};

/** Who waits for these is no chart that is shown. */
const HIDDEN: readonly string[] = ['request', 'setAccount'];

/** The whole of `createAuth` on a host and a server of the explorer's, with some of its flows on a page. */
export function explorationOfApp({
  name,
  abilities = {},
  parts,
  bound = {},
  wishes = 1,
  beginsOpen = false,
  provesByKey = false,
}: AppOptions): Exploration {
  const app = createRestartableApp(abilities);
  return {
    name,
    answers,
    bound,
    usesPromises: true,
    reads: provesByKey ? readsWithKey : readsWithoutKey,
    properties: [...guarantees, ...appProperties, renewalsChangeNobody],
    isLate(stage, call, isNewest) {
      if (call.name === 'login') return isLoginLate(stage, call, isNewest);
      // What nobody is seen to wait for is a sign-out in passing, or was overtaken in the very step that called it.
      return !HIDDEN.includes(call.name) || appOn(stage).requests() === 0;
    },
    begin(stage) {
      const { core, world, problems } = app.restart(stage);
      const { auth } = core;
      const made = parts.map((make) => make({ stage, core, world }));
      const callers = createCallers();
      let hasStarted = false;
      placeApp(stage, { world, parts: made, waiting: callers.count, requests: () => core.pending.size, problems });

      const startWith = (session: KeptSession | null) => () => {
        hasStarted = true;
        if (session) world.store(session);
        auth.start();
      };
      const ask = (who: string, withUnionId: boolean) =>
        callers.moves(who, () => auth.ensure(wishFrom({ withUnionId })));

      let isOpening = beginsOpen && made.some(({ open }) => open);
      if (beginsOpen) startWith(newSession(stage))();

      return {
        moves() {
          if (!hasStarted) {
            return {
              'the app starts': startWith(null),
              'the app starts with a session': startWith(newSession(stage)),
              'the app starts with a session that ends soon': startWith(shortSession(stage)),
            };
          }
          if (isOpening) {
            return {
              'the pages open': () => {
                isOpening = false;
                for (const part of made) part.open?.();
              },
            };
          }
          const session = core.current();
          return {
            ...Object.assign({}, ...made.map((part) => part.moves())),
            ...ask('somebody asks for a session', false),
            ...(wishes > 1 && ask('somebody asks for one by unionid', true)),
            ...(session &&
              callers.moves('a request finds the token rejected', () => core.bindings.renewSession(session.token))),
            ...callers.moves(SIGNS_OUT, () => auth.signOut()),
            'the network is back': world.goOnline,
            'the app is shown': world.show,
            'the app is shown after a while': () => {
              stage.pass(SLEEP);
              world.show();
            },
          };
        },
        endings: made.flatMap(({ ending }) => ending ?? []),
        identity: () => [
          hasStarted,
          isOpening,
          callers.waiting(),
          provesByKey && keysOf(stage, world),
          made.map((part) => part.identity()),
          // The age of a code counts from the call for it.
          stage
            .pendingCalls()
            .flatMap(({ name, calledAt }) => (name === 'login' ? [isCodeYoung(calledAt, stage)] : [])),
        ],
        describe: () =>
          [...made.map((part) => part.describe?.() ?? ''), world.isServerKeyCurrent() ? 'the server has the key' : '']
            .filter(Boolean)
            .join(' · '),
        end: () => auth.stop(),
      };
    },
  };
}

/** Which codes under way are of the host's key of now, and whether the server has that key. */
function keysOf(stage: Stage, world: Surroundings): unknown {
  const held = [
    ...stage.pendingCalls().map(({ input }) => codeIn(input)),
    ...stage.charts().map(({ snapshot }) => (snapshot.status === 'active' ? codeIn(snapshot.context) : null)),
  ];
  return [held.flatMap((code) => (code ? [code === world.hostKey()] : [])), world.isServerKeyCurrent()];
}

function codeIn(holder: unknown): unknown {
  return typeof holder === 'object' && holder !== null && 'code' in holder ? holder.code : null;
}
