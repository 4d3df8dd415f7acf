import { Failure } from '../../ports/failure.js';

/** What of a browser is used. A `Window` is one. */
export interface BrowserWindow {
  fetch(url: string, init?: BrowserRequest): PromiseLike<BrowserResponse>;
  readonly FormData: new () => BrowserForm;
  readonly localStorage: BrowserStorage;
  readonly document: EventSource & { readonly visibilityState: string };
  addEventListener(event: string, listener: () => void): void;
  removeEventListener(event: string, listener: () => void): void;
}

export interface BrowserRequest {
  method: string;
  headers: Record<string, string>;
  /** What a browser would add by itself is not wanted: the token is in a header. */
  credentials: 'omit';
  body?: string | BrowserForm;
}

export interface BrowserResponse {
  readonly status: number;
  readonly headers: { forEach(tell: (value: string, name: string) => void): void };
  text(): PromiseLike<string>;
  blob(): PromiseLike<BrowserBlob>;
}

/** Where the compiler knows a browser, these are its own types: a `Window` fits then. */
type BrowserBlob = typeof globalThis extends { Blob: new () => infer Known } ? Known : { readonly type: string };

type BrowserForm = typeof globalThis extends { FormData: new () => infer Known }
  ? Known
  : { append(name: string, value: BrowserBlob, fileName: string): void };

interface BrowserStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

interface EventSource {
  addEventListener(event: string, listener: () => void): void;
  removeEventListener(event: string, listener: () => void): void;
}

declare const window: BrowserWindow | undefined;

/** The browser's global object. */
export function globalWindow(): BrowserWindow {
  if (typeof window === 'undefined') {
    throw new Failure('unsupported', {
      message: 'There is neither wx nor window here: kbone() runs where kbone does.',
    });
  }
  return window;
}
