/**
 * Why something did not happen. One list for every host, backend and flow, so that a program can switch on it (G-11).
 */
export type FailureKind =
  /** The request did not reach the other side. */
  | 'offline'
  /** No answer within our own time (G-09). What was asked may be done all the same. */
  | 'timeout'
  /** The host or the server asks to come back later. */
  | 'busy'
  /** Too many calls; {@link Failure.retryAfter} may say how long to wait (G-21). */
  | 'rate-limited'
  /** Withdrawn by the app: cancelled, signed out meanwhile, or stopped. */
  | 'cancelled'
  /** A person said no. */
  | 'denied'
  /** A person did not agree to the app's privacy guide (W-16). */
  | 'privacy-refused'
  /** The app's privacy guide does not say what it would have to: a mistake of its developer (G-13). */
  | 'privacy-undeclared'
  /** The app has used up what it paid the host for (W-15). */
  | 'quota-exhausted'
  /** The host does not let this app do that (W-14, S-03). */
  | 'not-permitted'
  /** The person has to prove themselves to the host first (W-14). */
  | 'needs-verification'
  /** Nobody is signed in to the host itself; its own login button mends that (B-01). */
  | 'host-signed-out'
  /** The server's session key is not the one that the host encrypted with (G-03, G-20). */
  | 'key-stale'
  /** The login code was used, unknown or too old (G-01). */
  | 'code-rejected'
  /** The backend does not accept the session's token any more. */
  | 'token-rejected'
  /** This host account has no user yet, and none was to be created (G-18). */
  | 'unregistered'
  /** A silent renewal would have signed in somebody else (G-06). */
  | 'account-changed'
  /** The identities at hand belong to different users. */
  | 'account-conflict'
  /** The user has another phone number, which was not to be replaced. */
  | 'phone-already-set'
  /** The phone number belongs to another user. */
  | 'phone-taken'
  /** The username or the email belongs to another user. */
  | 'name-taken'
  /** This host account belongs to another user (G-19). */
  | 'linked-elsewhere'
  /** The user has another account of this host, which was not to be replaced (G-19). */
  | 'link-occupied'
  /** An anonymous user may not do that. */
  | 'anonymous-user'
  /** The name or the password is wrong; which of them is nobody's business. */
  | 'password-wrong'
  | 'password-too-weak'
  /** The server lets no client write profiles. */
  | 'profile-updates-off'
  /** The picture is none, or too large. */
  | 'avatar-refused'
  /** The host blocks this user. */
  | 'account-blocked'
  /** This host, or this version of it, cannot do that. */
  | 'unsupported'
  /** A mistake in the app or in its settings; trying again will not help. */
  | 'misconfigured'
  /** The backend refused the input. */
  | 'invalid-request'
  /** The backend, or the host behind it, is out of order. */
  | 'unavailable'
  /** Nothing known matched. Unknown is never read as denied (G-11). */
  | 'unknown';

/** What is kept of the payload that a failure was read from: the fields that explain it, never its secrets (G-23). */
export type RawFailure = Readonly<Record<string, string | number>>;

export interface FailureDetails {
  /** What happened, in English, for a developer's log. The default is the kind, since not every app has the texts. */
  message?: string;
  /** How long to wait before trying again, in milliseconds. */
  retryAfter?: number;
  /** The payload that the host or the backend gave; only its explaining fields are kept. */
  raw?: unknown;
}

/**
 * The one error type of denglu. Programs switch on {@link Failure.kind}; people read {@link failureText}.
 *
 * Parts of an app may come from different bundles: tell a failure by its `kind`, not by `instanceof`.
 */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly retryAfter?: number;
  readonly raw?: RawFailure;

  constructor(kind: FailureKind, details: FailureDetails = {}) {
    super(details.message || kind);
    this.name = 'Failure';
    this.kind = kind;
    if (details.retryAfter !== undefined) this.retryAfter = details.retryAfter;
    const raw = explainingFields(details.raw);
    if (raw) this.raw = raw;
  }

  /** An error's message is not enumerable, so JSON would lose it. */
  toJSON() {
    return { kind: this.kind, message: this.message, retryAfter: this.retryAfter, raw: this.raw };
  }
}

/** The languages of every text that a user sees. */
export type Locale = 'en' | 'zh';

/**
 * A sentence that may be shown to the person in front of the screen. The texts reach only bundles that call it.
 *
 * @param kind the reason to put into words
 * @param locale the language to put it in
 */
export function failureText(kind: FailureKind, locale: Locale): string {
  return texts[kind][locale];
}

/**
 * Anything thrown or rejected, as a {@link Failure}: a failure stays itself, the rest becomes `unknown`.
 *
 * @param error what was caught
 */
export function toFailure(error: unknown): Failure {
  if (isFailure(error)) return error;
  return new Failure('unknown', error instanceof Error ? { message: error.message, raw: error } : { raw: error });
}

function isFailure(error: unknown): error is Failure {
  return error instanceof Error && error.name === 'Failure' && 'kind' in error;
}

const EXPLAINING = [
  'errno',
  'errCode',
  'errcode',
  'errMsg',
  'errmsg',
  'error',
  'status',
  'code',
  'baasCode',
  'message',
];

/** An allow-list, because payloads carry codes, cipher texts and phone numbers beside the reason. */
function explainingFields(payload: unknown): RawFailure | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const kept: Record<string, string | number> = {};
  for (const name of EXPLAINING) {
    const value: unknown = Reflect.get(payload, name);
    if (name === 'code' && !isReason(value)) continue;
    if (typeof value === 'number' || typeof value === 'string') kept[name] = value;
  }
  return kept;
}

/** A `code` may be a reason, such as `CODE_USED`, or else a login code, which is a secret. */
function isReason(code: unknown): boolean {
  return typeof code === 'number' || (typeof code === 'string' && /^[A-Z_]+$/.test(code));
}

const texts: Record<FailureKind, Record<Locale, string>> = {
  offline: { en: 'No network connection.', zh: '网络未连接,请检查网络' },
  timeout: { en: 'It took too long. Please try again.', zh: '等待超时,请重试' },
  busy: { en: 'The service is busy. Please try again shortly.', zh: '服务繁忙,请稍后再试' },
  'rate-limited': { en: 'Too many attempts. Please wait a moment.', zh: '操作太频繁,请稍后再试' },
  cancelled: { en: 'Cancelled.', zh: '已取消' },
  denied: { en: 'Permission was not given.', zh: '你没有授权' },
  'privacy-refused': { en: 'The privacy guide was not agreed to.', zh: '你没有同意隐私保护指引' },
  'privacy-undeclared': {
    en: "The app's privacy guide does not name this. Please choose another way.",
    zh: '小程序的隐私保护指引未声明此项,请换一种方式',
  },
  'quota-exhausted': {
    en: 'This is used up for now. Please choose another way.',
    zh: '该功能使用次数已达上限,请换一种方式',
  },
  'not-permitted': { en: 'The app may not do this. Please choose another way.', zh: '小程序暂无此权限,请换一种方式' },
  'needs-verification': { en: 'Please verify your number with the host first.', zh: '请先在微信中完成手机号验证' },
  'host-signed-out': { en: 'Please sign in to the app around this one first.', zh: '请先登录平台账号' },
  'key-stale': { en: 'Please tap once more.', zh: '请再点一次' },
  'code-rejected': { en: 'The login code was not accepted. Please try again.', zh: '登录凭证已失效,请重试' },
  'token-rejected': { en: 'The session has ended. Please sign in again.', zh: '登录已失效,请重新登录' },
  unregistered: { en: 'There is no account here yet.', zh: '还没有账号,请先注册' },
  'account-changed': { en: 'Another account is signed in to this phone now.', zh: '当前账号已变更,请重新登录' },
  'account-conflict': { en: 'These identities belong to different accounts.', zh: '身份信息属于不同的账号' },
  'phone-already-set': { en: 'Another phone number is set already.', zh: '已绑定其他手机号' },
  'phone-taken': { en: 'This phone number belongs to another account.', zh: '该手机号已被其他账号使用' },
  'name-taken': { en: 'This name is taken.', zh: '该名称已被占用' },
  'linked-elsewhere': { en: 'This belongs to another account already.', zh: '已关联到其他账号' },
  'link-occupied': { en: 'This account is linked to another one already.', zh: '该账号已关联其他平台账号' },
  'anonymous-user': { en: 'Please sign in first.', zh: '请先登录账号' },
  'password-wrong': { en: 'The name or the password is wrong.', zh: '账号或密码不正确' },
  'password-too-weak': { en: 'The password is too short or too long.', zh: '密码长度不符合要求' },
  'profile-updates-off': { en: 'Profiles cannot be changed here.', zh: '暂不支持修改资料' },
  'avatar-refused': { en: 'This picture cannot be used.', zh: '该图片无法使用' },
  'account-blocked': { en: 'This account is blocked by the host.', zh: '该账号已被平台限制' },
  unsupported: { en: 'This is not supported here. Please update the app.', zh: '当前版本不支持,请升级后重试' },
  misconfigured: { en: 'The app is not set up correctly.', zh: '应用配置有误' },
  'invalid-request': { en: 'The request was not accepted.', zh: '请求未被接受' },
  unavailable: { en: 'The service is out of order. Please try again later.', zh: '服务暂不可用,请稍后再试' },
  unknown: { en: 'Something went wrong.', zh: '出了点问题,请重试' },
};
