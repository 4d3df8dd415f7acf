/** What every API that answers later takes. */
interface Callbacks<Result> {
  success?(result: Result): void;
  fail?(error: SwanFailure): void;
  complete?(result: Result | SwanFailure): void;
}

/** B-04. */
export interface SwanFailure {
  readonly errCode?: number | string;
  readonly errMsg: string;
}

export interface SwanCode {
  readonly errMsg: string;
  readonly code?: string;
  /** 10004 beside a success without a code: nobody is signed in to Baidu (B-01). */
  readonly errCode?: number | string;
}

export interface SwanUserInfo {
  readonly userInfo: { readonly nickName: string; readonly avatarUrl: string; readonly gender: number };
  readonly data?: string;
  readonly iv?: string;
}

export interface SwanResponse {
  readonly statusCode: number;
  readonly header: Readonly<Record<string, string>>;
  readonly data: unknown;
}

interface SwanRequest extends Callbacks<SwanResponse> {
  url: string;
  method?: string;
  header?: Readonly<Record<string, string>>;
  data?: string | object;
  dataType?: string;
  timeout?: number;
}

interface SwanUpload extends Callbacks<{ readonly statusCode: number; readonly data: string }> {
  url: string;
  filePath: string;
  name: string;
  header?: Readonly<Record<string, string>>;
  formData?: Readonly<Record<string, unknown>>;
  timeout?: number;
}

interface SwanTask {
  abort(): void;
}

type Listener<Event> = (event: Event) => void;

/** The part of `swan` that the simulator has. */
export interface SwanHost {
  getLoginCode(option?: Callbacks<SwanCode> & { timeout?: number }): void;
  isLoginSync(): { readonly isLogin: boolean } | Error;
  checkSession(option?: Callbacks<{ readonly result?: boolean }>): void;
  getUserInfo(option?: Callbacks<SwanUserInfo>): void;
  getSetting(option?: Callbacks<{ readonly authSetting: Readonly<Record<string, boolean>> }>): void;
  request(option: SwanRequest): SwanTask;
  uploadFile(option: SwanUpload): SwanTask;
  getNetworkType(option?: Callbacks<{ readonly networkType: string }>): void;
  getStorage(option: Callbacks<{ readonly data: unknown }> & { key: string }): void;
  setStorage(option: Callbacks<object> & { key: string; data: unknown }): void;
  removeStorage(option: Callbacks<object> & { key: string }): void;
  clearStorage(option?: Callbacks<object>): void;
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, data: unknown): void;
  removeStorageSync(key: string): void;
  clearStorageSync(): void;
  getSystemInfoSync(): { readonly SDKVersion: string; readonly host: string; readonly platform: string };
  canIUse(schema: string): boolean;
  onAppShow(listener: Listener<object>): void;
  offAppShow(listener?: Listener<object>): void;
  onAppHide(listener: Listener<object>): void;
  offAppHide(listener?: Listener<object>): void;
  onNetworkStatusChange(listener: Listener<{ readonly isConnected: boolean; readonly networkType: string }>): void;
  offNetworkStatusChange(listener?: Listener<{ readonly isConnected: boolean; readonly networkType: string }>): void;
}

export type SwanApi = keyof SwanHost;

/** The open-types whose press the host answers by an event (B-01, B-05, B-06). */
export type SwanOpenType = 'login' | 'getPhoneNumber' | 'getUserInfo';

/** What the host is asked to do: an API, or what a button's open-type says. */
export type SwanCallName = SwanApi | `button.${SwanOpenType}`;

/** What a person may be asked: to sign in to Baidu, or for something of theirs. */
export type SwanQuestion = SwanOpenType;
