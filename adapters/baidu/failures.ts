import { Failure } from '../../ports/failure.js';
import { fieldIn, textIn } from '../host/fields.js';
import { type FailureRules, readHostFailure } from '../host-failure.js';

/** What sends something fails in a way of its own. */
export type Subject = 'network';

/** B-04. Which of its own limits Baidu has is not known, so nothing is read as one. */
const rules: FailureRules = {
  errno: {},
  errCode: {
    201: 'misconfigured',
    202: 'misconfigured',
    10001: 'busy',
    10002: 'offline',
    10003: 'denied',
    10004: 'host-signed-out',
    10005: 'not-permitted',
    10007: 'timeout',
  },
  errMsg: [
    [/system den(y|ied)/i, 'not-permitted'],
    [/not in domain list|invalid url|parameter error/i, 'misconfigured'],
    [/timed?[ _-]?out|超时/i, 'timeout'],
    [/not log(ged)?[ -]?in|未登录/i, 'host-signed-out'],
    [/(auth|user) den(y|ied)|unauthorized/i, 'denied'],
    [/cancel|abort/i, 'cancelled'],
    [/not a function|not support/i, 'unsupported'],
    // A temporary file that is gone (G-22) has nothing to do with the network.
    [/^uploadFile:fail.*file (doesn't exist|not found)/i, 'unknown'],
    [/^(request|uploadFile):fail|network|internet|net::ERR_|网络|互联网|未能连接/i, 'offline'],
  ],
};

/** On Android all that goes wrong on the way is told as this, execution failed, in words that vary (B-04). */
const EXECUTION_FAILED = 1001;

/**
 * What Baidu, or its own code, failed with. A failure of ours stays itself.
 *
 * @param payload what `fail` was called with, an event's `detail`, or what a call threw
 * @param subject what was asked for, where that matters
 */
export function readFailure(payload: unknown, subject?: Subject): Failure {
  if (payload instanceof Failure) return payload;
  const failure = readHostFailure(payload, rules);
  const isOnTheWay = subject === 'network' && Number(fieldIn(payload, 'errCode')) === EXECUTION_FAILED;
  if (failure.kind !== 'unknown' || !isOnTheWay) return failure;
  return new Failure('offline', { raw: payload });
}

/**
 * Why the host could not check its session; `undefined` where it did, and says that there is none. That is what a failed
 * check means (B-03), so only a number that means something else is believed: in words, "session time out" is a no.
 *
 * @param payload what `fail` was called with
 */
export function checkFailureIn(payload: unknown): Failure | undefined {
  const isExecutionFailed = Number(fieldIn(payload, 'errCode')) === EXECUTION_FAILED;
  const failure = isExecutionFailed ? readFailure(payload) : readHostFailure(payload, { ...rules, errMsg: [] });
  const isUnknown = failure.kind === 'unknown' && !isExecutionFailed;
  return isUnknown || failure.kind === 'host-signed-out' ? undefined : failure;
}

/**
 * Why an event of a button is a no; `undefined` where it is a yes. Whether the yes carries anything is another matter
 * (B-05).
 *
 * @param detail the event's `detail`
 */
export function refusalIn(detail: unknown): Failure | undefined {
  const failure = readFailure(detail);
  return failure.kind === 'unknown' && isYes(detail) ? undefined : failure;
}

/** What is missing on this base library, as a failure. */
export function lacking(api: string): Failure {
  return new Failure('unsupported', { message: `This version of Baidu has no swan.${api}.` });
}

/**
 * Only of the phone's event are the words documented (B-06); the profile's is told as what `getUserInfo` answers, which has
 * none (B-05). Where there are no words, it is a yes unless a number other than 0 came.
 */
function isYes(detail: unknown): boolean {
  if (typeof detail !== 'object' || detail === null) return false;
  const words = textIn(detail, 'errMsg');
  return words ? /:ok$/.test(words) : NUMBERS.every((name) => Number(fieldIn(detail, name) ?? 0) === 0);
}

const NUMBERS = ['errno', 'errCode', 'errcode'];
