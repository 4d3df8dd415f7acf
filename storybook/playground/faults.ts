import type { Fault, OpenApiFault, Restriction } from '../../simulator/index.js';
import type { TextName } from './texts.js';

/** What the host is asked to do that may go wrong here: APIs, and what its buttons do. */
export const hostCalls = [
  'login',
  'checkSession',
  'request',
  'uploadFile',
  'getUserProfile',
  'button.getPhoneNumber',
  'button.getUserInfo',
  'button.chooseAvatar',
] as const;

export type HostCall = (typeof hostCalls)[number];

const second = 1000;

/** What may go wrong with one call of the host, by the name of its text. */
export const hostFaults = {
  slow: () => ({ delay: 3 * second }),
  late: () => ({ delay: 12 * second, ignoreTimeout: true, early: true }),
  hang: () => ({ hang: true }),
  unreachable: (api: HostCall) => ({ fail: { errMsg: `${nameOf(api)}:fail network`, errno: 600001 } }),
  limited: (api: HostCall) => ({
    fail: { errMsg: `${nameOf(api)}:fail reach max api frequency limit`, errcode: 45009 },
  }),
  failing: (api: HostCall) => ({ fail: { errMsg: `${nameOf(api)}:fail internal error` } }),
  emptyCode: () => ({ emptyCode: true }),
} as const satisfies Partial<Record<TextName, (api: HostCall) => Fault>>;

/** As the host names it in what it tells. */
function nameOf(call: HostCall): string {
  return call.replace('button.', '');
}

export type HostFault = keyof typeof hostFaults;

/** What may go wrong with one call of the open API, by the name of its text. */
export const openApiFaults = {
  busy: -1,
  quota: 45011,
  invalid: 40029,
  slow: { delay: 3 * second },
  hang: 'hang',
  down: 'down',
  nonsense: 'nonsense',
} as const satisfies Partial<Record<TextName, OpenApiFault>>;

export type OpenApiFaultName = keyof typeof openApiFaults;

interface PhoneRule {
  readonly restriction: Restriction | null;
  /** How many numbers the app may still be given. */
  readonly quota: number;
}

const unlimited = Number.POSITIVE_INFINITY;

/** Whether the app may ask for phone numbers, by the name of the text (W-14, W-15). */
export const phoneRules = {
  phonesFree: { restriction: null, quota: unlimited },
  phonesUndeclared: { restriction: 112, quota: unlimited },
  phonesForbidden: { restriction: 102, quota: unlimited },
  phonesUnverified: { restriction: 'unverified', quota: unlimited },
  phonesUsedUp: { restriction: null, quota: 0 },
} as const satisfies Partial<Record<TextName, PhoneRule>>;

export type PhoneRuleName = keyof typeof phoneRules;
