import type { FailureKind } from '../../../ports/failure.js';
import {
  askingChecks,
  checkSession,
  expectNo,
  expectNoEmptyCode,
  expectRefusal,
  login,
  type Question,
  request,
} from './asking.js';
import { type AnyTable, failureKinds, type Member, type Outcome } from './cells.js';
import { listeningChecks, online, show } from './listening.js';
import type { Check } from './rig.js';
import { storingChecks } from './storing.js';

/** What must come of every cell. The types leave none out. */
const checks: { readonly [M in Member]: { readonly [O in Outcome<M>]: Check } } = {
  login: {
    ...askingChecks(login),
    ...refusals(login, failureKinds.login),
    'success without a code': expectNoEmptyCode,
  },
  checkSession: {
    ...askingChecks(checkSession),
    ...refusals(checkSession, failureKinds.checkSession),
    no: expectNo,
  },
  request: { ...askingChecks(request), ...refusals(request, failureKinds.request) },
  'storage.get': storingChecks('get'),
  'storage.set': storingChecks('set'),
  'storage.remove': storingChecks('remove'),
  onShow: listeningChecks(show),
  onOnline: listeningChecks(online),
};

export function checkOf(member: Member, outcome: string): Check | undefined {
  const table: AnyTable<Check> = checks;
  return table[member]?.[outcome];
}

function refusals<T, K extends FailureKind>(question: Question<T>, kinds: readonly K[]): Record<K, Check> {
  return Object.fromEntries(
    kinds.map((kind): [K, Check] => [kind, (bench) => expectRefusal(question, bench, kind)]),
  ) as Record<K, Check>;
}
