import { createActor, type InspectionEvent } from 'xstate';
import type { ConnectBackend } from '../ports/backend.js';
import { type Clock, systemClock } from '../ports/clock.js';
import { Failure, toFailure } from '../ports/failure.js';
import type { HttpRequest, HttpResponse, Platform } from '../ports/platform.js';
import type { Secret } from '../ports/secret.js';
import type { Auth, AuthSnapshot } from './auth.js';
import { connectPrivacy } from './auth-privacy.js';
import { readSnapshot, stopped } from './auth-snapshot.js';
import {
  type Bindings,
  bindCodes,
  bindLinking,
  bindPhone,
  bindProfile,
  bindRequest,
  bindSession,
  bindSettings,
  forgetStored,
  type SessionRef,
} from './bind.js';
import { bindPrivacy } from './bind-privacy.js';
import type { CodesEvent } from './codes.js';
import { type ChartSnapshot, type FlowActor, type FlowSnapshot, type RunningFlow, runFlow } from './flow.js';
import { isSame } from './is-same.js';
import { linkingFlow, readLinkingSnapshot } from './linking-flow.js';
import { createListeners } from './listeners.js';
import { createOpenLeases } from './open-leases.js';
import { aimOf, endPhoneSnapshot, phoneFlow, readPhoneSnapshot } from './phone-flow.js';
import { endProfileSnapshot, profileFlow, readProfileSnapshot, wayOf } from './profile-flow.js';
import { type CodesRef, codesOf, privacyOf, register } from './registry.js';
import { type Answer, type KeptSession, type SessionEmitted, type SessionEvent, standingSession } from './session.js';
import { readSettingsSnapshot, settingsFlow } from './settings-flow.js';
import { keyOf, type SignInOptions, type Wish, wishFrom } from './sign-in-options.js';
import { defaultTiming, type Timing } from './timing.js';

export interface AuthOptions {
  /** The host, by its adapter: `wechat()`. */
  platform: Platform;
  /** The server, by its adapter: `server({ baseUrl })`. */
  backend: ConnectBackend;
  /** What `ensure` and `request` mean where their caller says nothing. */
  defaults?: SignInOptions;
  /**
   * Whether the app asks for consent to its privacy guide by a popup of its own, `<privacy-popup />` on each page that
   * needs one (W-16). The host knows no way back: it holds until the app ends, for every auth of this host. Default
   * `false`: the host's own popup asks.
   */
  ownPrivacyPopup?: boolean;
  /** Times that differ from {@link defaultTiming}, in milliseconds. */
  timing?: Partial<Timing>;
  /** Hears what goes wrong beside the flows, such as a full store. Default: a warning on the console. */
  onProblem?: (failure: Failure) => void;
  /**
   * Hears every transition of the session and its flows; what is secret stays masked. Not the app's own requests, whose
   * contents nobody here can judge (G-23).
   */
  inspect?: Inspect;
  /** Default: the system's. */
  clock?: Clock;
  /** Jitter: at least 0 and below 1. Default: `Math.random`. */
  random?: () => number;
}

/** A listener, or an observer, such as `createInspector` of `@statelyai/inspect` gives. */
type Inspect = ((event: InspectionEvent) => void) | { next?: (event: InspectionEvent) => void };

/** What stands behind an auth, for a face that has calls of its own. */
export interface AuthCore {
  readonly auth: Auth;
  readonly bindings: Bindings;
  readonly clock: Clock;
  /** Who is signed in, also while that is checked or renewed. Starts the auth if it is not running. */
  current(): KeptSession | null;
  /** The owner of the host's login. */
  codes(): CodesRef;
  /** What is called off when somebody signs out, or the auth stops. */
  readonly pending: Set<Cancellable>;
}

interface Cancellable {
  send(event: { type: 'CANCEL' }): void;
}

/**
 * Makes the one auth of an app and registers it on the host's global object, where components find it.
 *
 * @throws Failure `misconfigured` where the platform or the backend is missing
 *
 * @example
 * const auth = createAuth({ platform: wechat(), backend: server({ baseUrl: 'https://api.example.com' }) })
 * App({ onLaunch() { auth.start() } })
 */
export function createAuth(options: AuthOptions): Auth {
  return composeAuth(options).auth;
}

/** As {@link createAuth}, with what stands behind it. */
export function composeAuth(options: AuthOptions): AuthCore {
  if (!options?.platform?.host || typeof options.backend !== 'function') {
    throw new Failure('misconfigured', { message: 'platform and backend have to be adapters.' });
  }
  const { platform, defaults, clock = systemClock, random = Math.random, onProblem = warn } = options;
  const timing = { ...defaultTiming, ...options.timing };
  const now = () => clock.now();

  /** Whoever hears of problems must not make one. */
  const report = (failure: Failure) => {
    try {
      onProblem(failure);
    } catch {
      warn(failure);
    }
  };

  const inspect = listenerOf(options.inspect);
  const actorOptions = {
    clock,
    ...(inspect && {
      inspect(event: InspectionEvent) {
        try {
          inspect(event);
        } catch (error) {
          report(toFailure(error));
        }
      },
    }),
  };

  const listeners = createListeners<AuthSnapshot>(report);
  const requests = new Set<Cancellable>();
  const flows = new Set<Pick<RunningFlow<FlowSnapshot, never>, 'cancel' | 'stop'>>();
  let running: SessionRef | null = null;
  let snapshot = stopped;
  /**
   * What the owner of the codes is not told yet. While somebody signs out, everybody is called off one by one, and whoever
   * still waits must not get what another one gives back (G-03). Nor hear that the user has left.
   */
  let untold: CodesEvent[] | null = null;

  /** What flows ask for that change a user: they make none. */
  const knownUser = wishFrom({ createUser: false }, defaults);
  const tellCodes = (event: CodesEvent) => {
    if (untold) untold.push(event);
    else codesOf(platform.host, startCodes).send(event);
  };
  const leases = createOpenLeases(tellCodes);

  const bindings: Bindings = {
    platform,
    backend: options.backend(platform),
    tellCodes,
    leases,
    ensureSession,
    renewSession: (token) => askSession({ type: 'TOKEN.REJECTED', token }, (told) => told.type === 'RENEWED'),
    timing,
    authorized: (ask, limit) => authorized(ask, knownUser, limit),
    authorizedNow,
    sessionRef: run,
    changeUser: (user) => running?.send({ type: 'USER.CHANGED', user }),
    watchUser(listener) {
      listener(snapshot.user);
      return listeners.add(({ user }) => listener(user));
    },
    onProblem: report,
  };
  const sessionLogic = bindSession(bindings);
  const requestLogic = bindRequest(bindings);
  const phoneLogic = bindPhone(bindings);
  const profileLogic = bindProfile(bindings);
  const linkingLogic = bindLinking(bindings);
  const settingsLogic = bindSettings(bindings);

  function publish(next: AuthSnapshot) {
    if (isSame(snapshot, next)) return;
    snapshot = next;
    // A listener may have stopped this auth: what is outdated is told to nobody.
    listeners.tell(next, () => snapshot === next);
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

  function startPrivacy() {
    const owner = createActor(bindPrivacy(bindings), { id: 'privacy', ...actorOptions, input: { timing } });
    owner.subscribe({ error: (error) => report(toFailure(error)) });
    return owner.start();
  }
  const privacyOwner = () => privacyOf(platform.host, startPrivacy);

  function run(): SessionRef {
    if (running) return running;
    codesOf(platform.host, startCodes);
    const session = createActor(sessionLogic, {
      id: 'session',
      ...actorOptions,
      input: { now, random, timing, canRenew: platform.abilities.login },
    });
    running = session;
    session.subscribe({
      next(state) {
        if (running === session && !untold) publish(readSnapshot(state));
      },
      error: (error) => {
        if (running === session) running = null;
        leases.freeAll(session.system);
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

  function authorized<T>(ask: (token: Secret) => PromiseLike<T>, wish: Wish, limit: number): Promise<T> {
    return new Promise((resolve, reject) => {
      let answer: { value: T } | null = null;
      const actor = createActor(requestLogic, {
        clock,
        input: {
          ask: (token) =>
            ask(token).then((value) => {
              answer = { value };
            }),
          wish,
          limit,
          timing,
        },
      });
      requests.add(actor);
      const settle = (failure: Failure | null | undefined) => {
        requests.delete(actor);
        if (answer && !failure) resolve(answer.value);
        else reject(failure ?? new Failure('cancelled'));
      };
      actor.subscribe({
        complete: () => settle(actor.getSnapshot().output?.failure),
        error: (error) => settle(toFailure(error)),
      });
      actor.start();
    });
  }

  function authorizedNow<T>(ask: (token: Secret) => PromiseLike<T>): PromiseLike<T> {
    const leaveIt = () => {};
    const session = running && standingSession(running.getSnapshot());
    if (!session) {
      const gone = goneFrom(snapshot);
      ensureSession(knownUser).then(leaveIt, leaveIt);
      return Promise.reject(gone ?? new Failure('token-rejected'));
    }
    return ask(session.token).then(undefined, (error: unknown) => {
      if (toFailure(error).kind === 'token-rejected') bindings.renewSession(session.token).then(leaveIt, leaveIt);
      throw error;
    });
  }

  /** Runs a flow for a page; it ends with the page, with this auth, or by its own fault. */
  function open<State extends ChartSnapshot, Event, Snapshot extends FlowSnapshot>(
    actor: FlowActor<State, Event | { type: 'CANCEL' }>,
    read: (state: State) => Snapshot,
    atEnd?: (last: Snapshot) => Snapshot,
  ): RunningFlow<Snapshot, Event> {
    run();
    const flow = runFlow<State, Event, Snapshot>(actor, read, {
      atEnd,
      onEnd(error) {
        flows.delete(flow);
        leases.freeAll(actor.system);
        if (error) report(toFailure(error));
      },
      onProblem: report,
    });
    flows.add(flow);
    return flow;
  }

  const auth: Auth = {
    start: () => {
      run();
    },

    stop() {
      for (const flow of flows) flow.stop();
      for (const request of requests) request.send({ type: 'CANCEL' });
      running?.stop();
      running = null;
      publish(stopped);
    },

    ensure: (wanted) => ensureSession(wishFrom(wanted, defaults)),

    request: (request: HttpRequest): Promise<HttpResponse> => {
      const gone = goneFrom(snapshot);
      if (gone) return Promise.reject(gone);
      return authorized(
        (token) =>
          platform.request(bindings.backend.authorize(request, token)).then((response) => {
            if (bindings.backend.rejectsToken(response)) throw new Failure('token-rejected');
            return response;
          }),
        wishFrom(defaults),
        timing.request,
      );
    },

    profile({ desc, lang = 'zh_CN', sync = 'setnx', way: wanted, ...signIn }) {
      // What the store holds is read before it is asked who is signed in.
      run();
      const { profileWays, signedProfile } = platform.abilities;
      const way = wayOf(profileWays, wanted);
      const input = {
        timing,
        way,
        canChooseAvatar: profileWays.includes('avatarNickname'),
        isSigned: signedProfile,
        desc,
        lang,
        sync,
        isSignedIn: snapshot.user !== null,
        wish: wishFrom(signIn, defaults),
      };
      const actor = createActor(profileLogic, { ...actorOptions, input });
      return profileFlow(open(actor, readProfileSnapshot, endProfileSnapshot), platform);
    },

    linking({ withUnionId = false } = {}) {
      // What the store holds is read before it is asked who is signed in.
      run();
      const canLink = platform.abilities.login;
      const input = { timing, withUnionId, canLink, isSignedIn: snapshot.user !== null };
      return linkingFlow(open(createActor(linkingLogic, { ...actorOptions, input }), readLinkingSnapshot));
    },

    settings: () =>
      settingsFlow(open(createActor(settingsLogic, { ...actorOptions, input: { timing } }), readSettingsSnapshot)),

    phone(wanted = {}) {
      const { abilities } = platform;
      const isRealtime = wanted.realtime === true && abilities.realtimePhone;
      const input = {
        aim: aimOf(wanted, defaults ?? {}),
        timing,
        isSupported: abilities.phone,
        answersByCode: abilities.phoneCode,
        isCoupled: wanted.coupled === true && abilities.coupledPrivacy,
        areTermsAccepted: wanted.terms !== true,
      };
      const actor = createActor(phoneLogic, { ...actorOptions, input });
      return phoneFlow(open(actor, readPhoneSnapshot(isRealtime), endPhoneSnapshot), platform);
    },

    signOut: () =>
      new Promise<void>((resolve) => {
        const session = run();
        let stopListening = () => {};
        const done = () => {
          stopListening();
          resolve();
        };
        stopListening = listen(session, (told) => told.type === 'SIGNED_OUT' && done(), done);
        const openFlows = [...flows];
        const underWay = [...requests];
        const told: CodesEvent[] = [];
        untold = told;
        if (isRunning(session)) session.send({ type: 'SIGN_OUT' });
        else forgetStored(bindings);
        for (const flow of openFlows) flow.cancel();
        for (const request of underWay) request.send({ type: 'CANCEL' });
        untold = null;
        for (const event of told) tellCodes(event);
        if (running === session) publish(readSnapshot(session.getSnapshot()));
      }),

    subscribe: (listener) => listeners.add(listener),

    getSnapshot: () => snapshot,

    privacy: connectPrivacy(privacyOwner, report),
  };

  if (options.ownPrivacyPopup) privacyOwner().send({ type: 'PROMPT.CLAIMED' });

  register(platform.host, auth);
  return {
    auth,
    bindings,
    clock,
    current: () => run().getSnapshot().context.session,
    codes: () => codesOf(platform.host, startCodes),
    pending: requests,
  };
}

function listenerOf(inspect: Inspect | undefined): ((event: InspectionEvent) => void) | undefined {
  if (typeof inspect !== 'object') return inspect;
  return (event) => inspect.next?.(event);
}

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

/** Why the user who was signed in is gone: until somebody signs in on purpose, no request goes as anybody else (G-06). */
function goneFrom({ status, failure }: AuthSnapshot): Failure | null {
  const isGone = failure?.kind === 'unregistered' || failure?.kind === 'account-changed';
  return status === 'signedOut' && isGone ? failure : null;
}

function warn(failure: Failure) {
  console.warn(`denglu: ${failure.message}`);
}
