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
import { linkingReads } from '../flows/linking.js';
import { anothersSession, newSession, shortSession, user } from '../flows/people.js';
import { phoneReads } from '../flows/phone.js';
import { renewalsChangeNobody, sessionReads } from '../flows/session.js';
import { silentLoginReads } from '../flows/silent-login.js';
import { SLEEP } from '../flows/timing.js';
import { placeApp } from './app-on.js';
import { createCallers } from './callers.js';
import { codesReads, isCodeYoung, isLoginLate } from './codes-reads.js';
import type { MakePart } from './part.js';
import { appProperties } from './properties.js';
import { createRestartableApp } from './restartable-app.js';

export interface AppOptions {
  readonly name: string;
  readonly abilities?: Partial<Platform['abilities']>;
  readonly parts: readonly MakePart[];
  readonly bound?: Bound;
  /** How many different things callers wish for at once. */
  readonly wishes?: 1 | 2;
}

/**
 * What each call may be answered. Of the failures that no chart tells apart one stands for all, since each flow alone is
 * given every one.
 */
const answers: Answers = {
  login: { 'a code': gives((stage: Stage) => stage.secret('code')), ...failsWith('offline', 'busy', 'unknown') },
  checkSession: { 'it stands': gives(true), 'it has ended': gives(false), ...failsWith('unknown') },
  signIn: {
    'the same user': gives(newSession),
    'another user': gives(anothersSession),
    ...failsWith('unregistered', 'code-rejected', 'busy', 'offline', 'unavailable'),
  },
  signOut: { done: gives(undefined), ...failsWith('unavailable') },
  phoneSignIn: {
    'the same user': gives(newSession),
    'another user': gives(anothersSession),
    ...failsWith('key-stale', 'unavailable'),
  },
  setPhone: { 'the user': gives(user), ...failsWith('key-stale', 'token-rejected', 'unavailable') },
};

/** The whole of `createAuth` on a host and a server of the explorer's, with some of its flows on a page. */
export function explorationOfApp({ name, abilities = {}, parts, bound = {}, wishes = 1 }: AppOptions): Exploration {
  const app = createRestartableApp(abilities);
  return {
    name,
    answers,
    bound,
    usesPromises: true,
    reads: [codesReads, sessionReads, silentLoginReads, phoneReads, linkingReads],
    properties: [...guarantees, ...appProperties, renewalsChangeNobody],
    isLate: (stage, call, isNewest) => (call.name === 'login' ? isLoginLate(stage, call, isNewest) : !isNewest),
    begin(stage) {
      const { core, world, problems } = app.restart(stage);
      const { auth } = core;
      const made = parts.map((make) => make({ stage, core, world }));
      const callers = createCallers();
      let hasStarted = false;
      placeApp(stage, { world, parts: made, waiting: callers.count, problems });

      const startWith = (session: KeptSession | null) => () => {
        hasStarted = true;
        if (session) world.store(session);
        auth.start();
      };
      const ask = (who: string, withUnionId: boolean) =>
        callers.moves(who, () => auth.ensure(wishFrom({ withUnionId })));

      return {
        moves() {
          if (!hasStarted) {
            return {
              'the app starts': startWith(null),
              'the app starts with a session': startWith(newSession(stage)),
              'the app starts with a session that ends soon': startWith(shortSession(stage)),
            };
          }
          const session = core.current();
          return {
            ...Object.assign({}, ...made.map((part) => part.moves())),
            ...ask('somebody asks for a session', false),
            ...(wishes > 1 && ask('somebody asks for one by unionid', true)),
            ...(session &&
              callers.moves('a request finds the token rejected', () => core.bindings.renewSession(session.token))),
            ...callers.moves('the user signs out', () => auth.signOut()),
            'the network is back': world.goOnline,
            'the app is shown': world.show,
            'the app is shown after a while': () => {
              stage.pass(SLEEP);
              world.show();
            },
          };
        },
        identity: () => [
          hasStarted,
          callers.waiting(),
          world.hostKey(),
          world.isServerKeyCurrent(),
          made.map((part) => part.identity()),
          // The age of a code counts from the call for it.
          stage.pendingCalls().map(({ name, calledAt }) => name === 'login' && isCodeYoung(calledAt, stage)),
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
