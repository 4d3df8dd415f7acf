import type { Secret } from './secret.js';

/** The names of the hosts that have an adapter. It is also the host's part of the backend's addresses. */
export type HostName = 'wechat';

export interface HttpRequest {
  /** Absolute address. */
  url: string;
  /** Default `GET`. */
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, or as the query of a `GET`; a text is sent as it is. */
  data?: object | string;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** Parsed where the answer was JSON, else the text. */
  data: unknown;
}

/** The host's key-value store. It answers in the same stack, so that a late write can never undo a sign-out. */
export interface KeyValueStore {
  /** The value last written under `key`; `undefined` where there is none (W-23). */
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
}

/**
 * What a flow needs of a host. One small adapter per host implements it; `test/adapters/platform-conformance.ts`
 * tells whether it does so well.
 *
 * Rules that hold for every member:
 * - the host is called before the member returns, never after a promise: gestures depend on it (G-10);
 * - what the host refuses becomes a rejected {@link Failure}, never a thrown error;
 * - an answer that never comes is nobody's business here: the charts own the timers (G-09).
 */
export interface Platform {
  readonly name: HostName;

  /** How long a login code may be used after it was issued, in milliseconds. */
  readonly codeLifetime: number;

  /** The host's global object, on which apps and components find each other. */
  readonly host: object;

  /**
   * Asks the host for a fresh login code.
   *
   * @throws Failure `offline`, `timeout`, `busy`, `rate-limited`, `denied`, `unsupported`, `unknown`; also where the
   * host reports success without a code (W-02)
   */
  login(): PromiseLike<Secret>;

  /**
   * Whether the host still holds the session of the **last** login code (W-05).
   *
   * @throws Failure `unsupported` where the host cannot be asked; that it was asked and said no is `false`
   */
  checkSession(): PromiseLike<boolean>;

  /**
   * Sends one request.
   *
   * @throws Failure `offline`, `timeout`, `rate-limited`, `misconfigured`, `unknown`; an HTTP status is an answer, not a failure
   */
  request(request: HttpRequest): PromiseLike<HttpResponse>;

  /**
   * The host's store.
   *
   * @throws Failure `unknown` where the host's own call throws (a full store, say)
   */
  readonly storage: KeyValueStore;

  /** Tells each time the app comes to the foreground. Answers how to stop listening. */
  onShow(listener: () => void): () => void;

  /** Tells each time the network comes back. Answers how to stop listening. */
  onOnline(listener: () => void): () => void;
}
