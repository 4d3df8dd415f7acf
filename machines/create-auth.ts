import { type ActorRefFrom, createActor, type InspectionEvent } from 'xstate';
import type { ConnectBackend } from '../ports/backend.js';
import { type Clock, systemClock } from '../ports/clock.js';
import { Failure, toFailure } from '../ports/failure.js';
import type { HttpRequest, HttpResponse, Platform } from '../ports/platform.js';
import type { Auth, AuthSnapshot, SignInOptions } from './auth.js';
import { readSnapshot, stopped } from './auth-snapshot.js';
import { type Bindings, bindCodes, bindRequest, bindSession, forgetStored } from './bind.js';
import { codesOf, register } from './registry.js';
import { type Answer, type KeptSession, keyOf, type SessionEmitted, type SessionEvent, type Wish } from './session.js';
import { defaultTiming, type Timing } from './timing.js';

export interface AuthOptions {
  /** The host, by its adapter: `wechat()`. */
  platform: Platform;
  /** The server, by its adapter: `server({ baseUrl })`. */
  backend: ConnectBackend;
  /** What `ensure` and `request` mean where their caller says nothing. */
  defaults?: SignInOptions;
  /** Times that differ from {@link defaultTiming}, in milliseconds. */
  timing?: Partial<Timing>;
  /** Hears what goes wrong beside the flows, such as a full store. Default: a warning on the console. */
  onProblem?: (failure: Failure) => void;
  /**
   * Hears every transition of the session and its flows; what is secret stays masked. Not the app's own requests, whose
   * contents nobody here can judge (G-23).
   */
  inspect?: (event: InspectionEvent) => void;
  /** Default: the system's. */
  clock?: Clock;
  /** Jitter: at least 0 and below 1. Default: `Math.random`. */
  random?: () => number;
}

/**
 * Makes the one auth of an app and registers it on the host's global object, where components find it.
 *
 * @example
 * const auth = createAuth({ platform: wechat(), backend: server({ baseUrl: 'https://api.example.com' }) })
 * App({ onLaunch() { auth.start() } })
 */
export function createAuth(options: AuthOptions): Auth {
  const { platform, defaults, clock = systemClock, random = Math.random, onProblem = warn } = options;
  const timing = { ...defaultTiming, ...options.timing };
  const now = () => clock.now();
  const actorOptions = { clock, ...(options.inspect && { inspect: options.inspect }) };

  /** Whoever hears of problems must not make one. */
  const report = (failure: Failure) => {
    try {
      onProblem(failure);
    } catch {
      warn(failure);
    }
  };

  const listeners = new Set<(snapshot: AuthSnapshot) => void>();
  const requests = new Set<ActorRefFrom<ReturnType<typeof bindRequest>>>();
  let running: SessionRef | null = null;
  let snapshot = stopped;

  const bindings: Bindings = {
    platform,
    backend: options.backend(platform),
    tellCodes: (event) => codesOf(platform.host, startCodes).send(event),
    ensureSession: () => ensureSession(wishFrom(defaults)),
    renewSession: (token) => askSession({ type: 'TOKEN.REJECTED', token }, (told) => told.type === 'RENEWED'),
    onProblem: report,
  };
  const sessionLogic = bindSession(bindings);
  const requestLogic = bindRequest(bindings);

  function publish(next: AuthSnapshot) {
    if (isSame(snapshot, next)) return;
    snapshot = next;
    for (const listener of [...listeners]) {
      // A listener may have stopped this auth: what is outdated is told to nobody.
      if (snapshot !== next) return;
      try {
        listener(next);
      } catch (error) {
        report(toFailure(error));
      }
    }
  }

  function startCodes() {
    const owner = createActor(bindCodes(bindings), {
      id: 'codes',
      ...actorOptions,
      input: { now, timing, codeLifetime: platform.codeLifetime },
    });
    owner.subscribe({ error: (error) => report(toFailure(error)) });
    return owner.start();
  }

  function run(): SessionRef {
    if (running) return running;
    codesOf(platform.host, startCodes);
    const session = createActor(sessionLogic, { id: 'session', ...actorOptions, input: { now, random, timing } });
    running = session;
    session.subscribe({
      next(state) {
        if (running === session) publish(readSnapshot(state));
      },
      error: (error) => {
        if (running === session) running = null;
        publish(stopped);
        report(toFailure(error));
      },
    });
    return session.start();
  }

  /** Sends an event to the session and waits for the first thing it tells that is meant for this caller. */
  function askSession(event: SessionEvent, isMeant: (told: SessionEmitted) => boolean): Promise<KeptSession> {
    return new Promise((resolve, reject) => {
      const session = run();
      let stopListening = () => {};
      const settle = (answer: Answer) => {
        stopListening();
        if ('session' in answer) resolve(answer.session);
        else reject(answer.failure);
      };
      stopListening = listen(
        session,
        (told) => {
          if (isMeant(told) && 'answer' in told) settle(told.answer);
        },
        (failure) => settle({ failure }),
      );
      if (isRunning(session)) session.send(event);
    });
  }

  function ensureSession(wish: Wish): Promise<KeptSession> {
    const key = keyOf(wish);
    return askSession({ type: 'ENSURE', wish }, (told) => told.type === 'ANSWERED' && told.key === key);
  }

  const auth: Auth = {
    start: () => {
      run();
    },

    stop() {
      for (const request of requests) request.send({ type: 'CANCEL' });
      running?.stop();
      running = null;
      publish(stopped);
    },

    ensure: (wanted) => ensureSession(wishFrom(wanted, defaults)),

    request: (request: HttpRequest) =>
      new Promise<HttpResponse>((resolve, reject) => {
        const actor = createActor(requestLogic, { clock, input: { request, timing } });
        requests.add(actor);
        const settle = () => {
          requests.delete(actor);
          const { output } = actor.getSnapshot();
          if (output?.response) resolve(output.response);
          else reject(output?.failure ?? new Failure('cancelled'));
        };
        actor.subscribe({
          complete: settle,
          error: (error) => {
            requests.delete(actor);
            reject(toFailure(error));
          },
        });
        actor.start();
      }),

    signOut: () =>
      new Promise<void>((resolve) => {
        const session = run();
        let stopListening = () => {};
        const done = () => {
          stopListening();
          resolve();
        };
        stopListening = listen(session, (told) => told.type === 'SIGNED_OUT' && done(), done);
        if (isRunning(session)) session.send({ type: 'SIGN_OUT' });
        else forgetStored(bindings);
      }),

    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    getSnapshot: () => snapshot,
  };

  register(platform.host, auth);
  return auth;
}

type SessionRef = ActorRefFrom<ReturnType<typeof bindSession>>;

/** A listener may have stopped it while it started. */
function isRunning(session: SessionRef): boolean {
  return session.getSnapshot().status === 'active';
}

/** Hears what the session tells, until it ends; one that has ended already says so before this returns. */
function listen(
  session: SessionRef,
  onTold: (told: SessionEmitted) => void,
  onEnd: (failure: Failure) => void,
): () => void {
  if (session.getSnapshot().status === 'stopped') {
    onEnd(new Failure('cancelled'));
    return () => {};
  }
  const heard = session.on('*', onTold);
  const ended = session.subscribe({
    complete: () => onEnd(new Failure('cancelled')),
    error: (error) => onEnd(toFailure(error)),
  });
  return () => {
    heard.unsubscribe();
    ended.unsubscribe();
  };
}

function wishFrom(wanted: SignInOptions = {}, defaults: SignInOptions = {}): Wish {
  return {
    createUser: wanted.createUser ?? defaults.createUser ?? true,
    withUnionId: wanted.withUnionId ?? defaults.withUnionId ?? false,
  };
}

function isSame(one: AuthSnapshot, other: AuthSnapshot): boolean {
  return (
    one.status === other.status && one.busy === other.busy && one.user === other.user && one.failure === other.failure
  );
}

function warn(failure: Failure) {
  console.warn(`denglu: ${failure.message}`);
}
