import { Failure, type FailureKind } from '../../ports/failure.js';
import { type FailureRules, readHostFailure } from '../host-failure.js';

/** What of a person was asked for: the app's privacy guide has to name it. */
export type Subject = 'phone' | 'profile';

/** W-03, W-09, W-14; the numbers of requests are those of the host's page on errno. */
const rules: FailureRules = {
  errno: {
    5: 'timeout',
    102: 'not-permitted',
    103: 'privacy-refused',
    104: 'privacy-refused',
    112: 'privacy-undeclared',
    1025: 'privacy-undeclared',
    1026: 'privacy-undeclared',
    600000: 'offline',
    600001: 'offline',
    600002: 'misconfigured',
    600003: 'offline',
    600004: 'offline',
    600005: 'misconfigured',
    600006: 'offline',
    600007: 'rate-limited',
    600008: 'offline',
    600009: 'misconfigured',
    600010: 'misconfigured',
    600011: 'offline',
    1400001: 'quota-exhausted',
  },
  errCode: { [-1]: 'busy', 45009: 'rate-limited', 45011: 'rate-limited' },
  errMsg: [
    [/appid privacy api banned|not declared in the privacy/i, 'privacy-undeclared'],
    [/privacy permission is not authorized/i, 'privacy-refused'],
    [/needs? to be verified/i, 'needs-verification'],
    [/no permission/i, 'not-permitted'],
    [/can only be invoked by user TAP gesture|desc length/i, 'misconfigured'],
    [/not in domain list|invalid url|invalid request data|parameter error/i, 'misconfigured'],
    [/exceed max task count|frequency limit/i, 'rate-limited'],
    [/timed?[ _-]?out|超时/i, 'timeout'],
    [/auth deny|user deny|unauthorized/i, 'denied'],
    [/cancel|abort/i, 'cancelled'],
    [/not a function|not support/i, 'unsupported'],
    // A temporary file that is gone (G-22) has nothing to do with the network.
    [/^uploadFile:fail.*file (doesn't exist|not found)/i, 'unknown'],
    [/^(request|uploadFile):fail|network|internet|net::ERR_|网络|互联网|未能连接/i, 'offline'],
  ],
};

/** The phone button sends no request of the app's own: where the network's numbers come, it is the network (W-14). */
const phoneRules: FailureRules = { ...rules, errno: { ...rules.errno, ...networkNumbers() } };

function networkNumbers(): Record<number, FailureKind> {
  const kinds: Record<number, FailureKind> = {};
  for (let errno = 600000; errno <= 600011; errno += 1) kinds[errno] = 'offline';
  return kinds;
}

/**
 * What WeChat, or its own code, failed with. A failure of ours stays itself.
 *
 * @param payload what `fail` was called with, an event's `detail`, or what a call threw
 * @param subject what the person was asked for, if anything
 */
export function readFailure(payload: unknown, subject?: Subject): Failure {
  if (payload instanceof Failure) return payload;
  const failure = readHostFailure(payload, subject === 'phone' ? phoneRules : rules);
  if (failure.kind !== 'privacy-undeclared' || !subject) return failure;
  return new Failure(failure.kind, { message: `${TO_DECLARE[subject]} (${failure.message})`, raw: payload });
}

/**
 * Why an event of a button is a no; `undefined` where it is a yes. Whether the yes carries anything is another matter.
 *
 * @param detail the event's `detail`
 * @param subject what the person was asked for
 */
export function refusalIn(detail: unknown, subject: Subject): Failure | undefined {
  const failure = readFailure(detail, subject);
  return failure.kind === 'unknown' && isYes(detail) ? undefined : failure;
}

/** What is missing on this base library, as a failure. */
export function lacking(api: string): Failure {
  return new Failure('unsupported', { message: `This version of WeChat has no wx.${api}.` });
}

/** Where there are no words, the event's other fields have to tell (W-22). */
function isYes(detail: unknown): boolean {
  if (typeof detail !== 'object' || detail === null) return false;
  const words: unknown = Reflect.get(detail, 'errMsg');
  return typeof words === 'string' ? /:ok$/.test(words) : !('errno' in detail || 'errCode' in detail);
}

const WHERE = '用户隐私保护指引 (mp.weixin.qq.com: 设置, 服务内容声明)';

/** In the words of the form that a developer has to fill in (G-13). */
const TO_DECLARE: Readonly<Record<Subject, string>> = {
  phone: `Declare 手机号 in the app's ${WHERE}: the phone button needs it`,
  profile: `Declare 微信昵称、头像 in the app's ${WHERE}: the profile needs it`,
};
