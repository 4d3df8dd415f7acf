import type { ActorRefFrom } from 'xstate';
import type { Auth } from './auth.js';
import type { codes } from './codes.js';
import type { privacy } from './privacy.js';

/** The version of what stands under it: apps and components of one version understand each other. */
const KEY = '__denglu_1__';

export type CodesRef = ActorRefFrom<typeof codes>;
export type PrivacyRef = ActorRefFrom<typeof privacy>;

interface Registry {
  auth: Auth | null;
  codes: CodesRef | null;
  privacy: PrivacyRef | null;
  listeners: ((auth: Auth) => void)[];
}

/**
 * Makes an auth known on the host's global object, where components find it even if they come from another bundle.
 *
 * @param host the host's global object (`wx`, `swan`, …)
 * @param auth the app's auth; it takes the place of an earlier one
 */
export function register(host: object, auth: Auth): void {
  const registry = registryOf(host);
  registry.auth = auth;
  for (const listener of registry.listeners) {
    // A listener may have let go of another one meanwhile.
    if (registry.listeners.includes(listener)) listener(auth);
  }
}

/**
 * Tells the app's auth: at once if it is known, and whenever another takes its place.
 *
 * @param host the host's global object
 * @param listener hears each auth
 * @returns how to stop listening
 */
export function onRegistered(host: object, listener: (auth: Auth) => void): () => void {
  const registry = registryOf(host);
  registry.listeners = [...registry.listeners, listener];
  if (registry.auth) listener(registry.auth);
  return () => {
    registry.listeners = registry.listeners.filter((other) => other !== listener);
  };
}

/**
 * The one owner of the host's login. It outlives every auth, because a login that is out does so too (G-05, W-03).
 *
 * @param host the host's global object
 * @param start makes the owner where there is none that lives
 */
export function codesOf(host: object, start: () => CodesRef): CodesRef {
  const registry = registryOf(host);
  registry.codes = livingOr(registry.codes, start);
  return registry.codes;
}

/**
 * The one owner of the host's privacy popup. It outlives every auth, because the host's listener does so too (W-16).
 *
 * @param host the host's global object
 * @param start makes the owner where there is none that lives
 */
export function privacyOf(host: object, start: () => PrivacyRef): PrivacyRef {
  const registry = registryOf(host);
  registry.privacy = livingOr(registry.privacy, start);
  return registry.privacy;
}

function livingOr<Ref extends CodesRef | PrivacyRef>(known: Ref | null, start: () => Ref): Ref {
  return known?.getSnapshot().status === 'active' ? known : start();
}

function registryOf(host: object): Registry {
  const places = placesOf(host);
  const known = places.map((place) => readIn(place)).find((registry) => registry !== undefined);
  const registry = known ?? { auth: null, codes: null, privacy: null, listeners: [] };
  for (const place of places) {
    if (!readIn(place) && Object.isExtensible(place)) Object.defineProperty(place, KEY, { value: registry });
  }
  return registry;
}

/** Every host has them, and nobody wraps all of them. */
const SHARED = ['request', 'login', 'getLoginCode', 'getStorageSync', 'setStorageSync', 'removeStorageSync'];

/** Frameworks such as uni-app give an app a copy of the host's object: what the two still share is its functions. */
function placesOf(host: object): object[] {
  const shared = SHARED.map((name): unknown => Reflect.get(host, name));
  return [host, ...shared.filter((place) => typeof place === 'function')];
}

function readIn(place: object): Registry | undefined {
  return Reflect.get(place, KEY);
}
