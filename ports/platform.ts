import type { PhoneProof } from './phone.js';
import type { HostProfile, ProfileWay } from './profile.js';
import type { Secret } from './secret.js';

/** The names of the hosts that have an adapter. It is also the host's part of the backend's addresses. */
export type HostName = 'wechat' | 'baidu' | 'browser';

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

export interface Upload {
  /** Absolute address. */
  url: string;
  /** A path that the host gave. */
  filePath: string;
  /** The name of the form's field that carries the file. */
  field: string;
  headers?: Readonly<Record<string, string>>;
}

/** What this version of the host can do. */
export interface Abilities {
  /** It can log in without asking anybody, and so has an account of its own to link; a browser has none (K-03). */
  readonly login: boolean;
  /** There is a button that asks for the phone number (W-17). */
  readonly phone: boolean;
  /** There is one that also checks that the number is in use (W-15). */
  readonly realtimePhone: boolean;
  /** What the phone button answers carries a code of its own, so that nothing has to be prepared (W-13). */
  readonly phoneCode: boolean;
  /** How a profile can be had, the best way first; none: the person has to update the host. */
  readonly profileWays: readonly ProfileWay[];
  /** What the host tells of a person is signed (W-06). */
  readonly signedProfile: boolean;
  /** One button may ask for the phone number and for consent to the privacy guide together (G-14). */
  readonly coupledPrivacy: boolean;
  /** The app may show a privacy popup of its own (W-16). */
  readonly privacy: boolean;
}

/** The languages in which a host tells the places in a profile. */
export type ProfileLanguage = 'en' | 'zh_CN' | 'zh_TW';

/** How the person answered the app's privacy popup, or that they see it (W-16). */
export type PrivacyAnswer =
  | { readonly event: 'exposureAuthorization' | 'disagree' }
  /** @property buttonId which button of the host was pressed */
  | { readonly event: 'agree'; readonly buttonId: string };

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
   * @throws Failure `offline`, `timeout`, `busy`, `rate-limited`, `denied`, `cancelled`, `host-signed-out`, `not-permitted`,
   * `misconfigured`, `unsupported`, `unknown`; also where the host reports success without a code (W-02, B-01)
   */
  login(): PromiseLike<Secret>;

  /**
   * Whether the host still holds the session of the **last** login code (W-05).
   *
   * @throws Failure as {@link Platform.login} where the host cannot be asked, or says that it could not check (B-04); that
   * it was asked and said no is `false`
   */
  checkSession(): PromiseLike<boolean>;

  /**
   * Sends one request.
   *
   * @throws Failure as {@link Platform.login}; an HTTP status is an answer, not a failure
   */
  request(request: HttpRequest): PromiseLike<HttpResponse>;

  readonly abilities: Abilities;

  /**
   * Reads the event of the phone button (W-13, W-14).
   *
   * @param detail the event's `detail`, as it came
   * @throws Failure `privacy-refused`, `privacy-undeclared`, `quota-exhausted`, `needs-verification`, and as
   * {@link Platform.login}; `unknown` also where a yes carries nothing
   */
  readPhone(detail: unknown): PhoneProof;

  /**
   * Asks the person for their profile. Only inside a tap (G-10).
   *
   * @param desc what it is for, at most 30 characters (W-06)
   * @throws Failure `privacy-refused`, `privacy-undeclared`, and as {@link Platform.login}; `misconfigured` outside of a
   * tap, and where `desc` is empty or too long
   */
  getUserProfile(options: { desc: string; lang: ProfileLanguage }): PromiseLike<HostProfile>;

  /**
   * The profile of a person who has allowed it before (W-18).
   *
   * @throws Failure as {@link Platform.getUserProfile}; `denied` where they have not (W-18, B-05)
   */
  getUserInfo(options: { lang: ProfileLanguage }): PromiseLike<HostProfile>;

  /**
   * Reads the event of the profile button: whether the person allows {@link Platform.getUserInfo}.
   *
   * @param detail the event's `detail`, as it came
   * @throws Failure as {@link Platform.getUserInfo}
   */
  readUserInfo(detail: unknown): HostProfile;

  /**
   * Whether the person has allowed {@link Platform.getUserInfo} before (W-18).
   *
   * @throws Failure as {@link Platform.login}
   */
  isUserInfoAllowed(): PromiseLike<boolean>;

  /**
   * Sends a file.
   *
   * @throws Failure as {@link Platform.request}
   */
  upload(upload: Upload): PromiseLike<HttpResponse>;

  /**
   * Whether the person has yet to agree to the app's privacy guide, and what it is called (W-16). A host that knows of no
   * guide needs none.
   *
   * @throws Failure as {@link Platform.login}
   */
  getPrivacySetting(): PromiseLike<{ isNeeded: boolean; contractName: string }>;

  /**
   * Takes over the host's privacy popup, for good: the host knows no way back, and each call of it waits until `answer`
   * is called (W-16). Does nothing where {@link Abilities.privacy} is false.
   */
  onPrivacyNeeded(listener: (answer: (answer: PrivacyAnswer) => void) => void): void;

  /**
   * Shows the text of the app's privacy guide.
   *
   * @throws Failure as {@link Platform.login}
   */
  openPrivacyContract(): PromiseLike<void>;

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
