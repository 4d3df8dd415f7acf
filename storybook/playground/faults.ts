import type { Fault, OpenApiFault } from '../../simulator/index.js';
import type { TextName } from './texts.js';

/** The calls of the host that may go wrong here. */
export const hostApis = ['login', 'checkSession', 'request'] as const;

export type HostApi = (typeof hostApis)[number];

const second = 1000;

/** What may go wrong with one call of the host, by the name of its text. */
export const hostFaults = {
  slow: () => ({ delay: 3 * second }),
  late: () => ({ delay: 12 * second, ignoreTimeout: true, early: true }),
  hang: () => ({ hang: true }),
  unreachable: (api: HostApi) => ({ fail: { errMsg: `${api}:fail network`, errno: 600001 } }),
  limited: (api: HostApi) => ({ fail: { errMsg: `${api}:fail reach max api frequency limit`, errcode: 45009 } }),
  failing: (api: HostApi) => ({ fail: { errMsg: `${api}:fail internal error` } }),
  emptyCode: () => ({ emptyCode: true }),
} as const satisfies Partial<Record<TextName, (api: HostApi) => Fault>>;

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
