import { Failure } from '../../ports/failure.js';

/** What the host answers by. Its results differ by version and system, so they are read with care (B-04, B-05). */
export interface SwanCallbacks<Result = unknown> {
  success(result: Result): void;
  fail(error: unknown): void;
}

/** What a server answered. */
export interface SwanResponse {
  readonly statusCode: number;
  readonly header: unknown;
  readonly data: unknown;
}

export interface SwanRequest extends SwanCallbacks<SwanResponse> {
  url: string;
  method: string;
  header?: Readonly<Record<string, string>>;
  data?: object | string;
}

export interface SwanUpload extends SwanCallbacks<{ readonly statusCode: number; readonly data: string }> {
  url: string;
  filePath: string;
  name: string;
  header?: Readonly<Record<string, string>>;
}

/**
 * What of `swan` is used: there is no typings package to take it from (B-11). Older base libraries lack the optional
 * ones. What answers at once may answer an Error object instead of throwing one (B-02).
 */
export interface SwanHost {
  getLoginCode(option: SwanCallbacks): void;
  checkSession(option: SwanCallbacks): void;
  request(option: SwanRequest): unknown;
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, value: string): unknown;
  removeStorageSync(key: string): unknown;
  isLoginSync?(): unknown;
  getUserInfo?(option: SwanCallbacks): void;
  getSetting?(option: SwanCallbacks): void;
  uploadFile?(option: SwanUpload): unknown;
  getSystemInfoSync?(): unknown;
  canIUse?(schema: string): boolean;
  onAppShow?(listener: (event: object) => void): void;
  offAppShow?(listener: (event: object) => void): void;
  onNetworkStatusChange?(listener: (event: object) => void): void;
  offNetworkStatusChange?(listener: (event: object) => void): void;
}

declare const swan: SwanHost | undefined;

/** The host's global object. */
export function globalSwan(): SwanHost {
  if (typeof swan === 'undefined') {
    throw new Failure('unsupported', { message: 'There is no swan here: baidu() runs in a Baidu mini-program.' });
  }
  return swan;
}
