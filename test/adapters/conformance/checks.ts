import type { FailureKind } from '../../../ports/failure.js';
import { abilityChecks } from './abilities.js';
import {
  askingChecks,
  checkSession,
  expectNo,
  expectNoEmptyCode,
  expectRefusal,
  login,
  type Question,
  readingChecks,
  request,
} from './asking.js';
import { type AnyTable, failureKinds, type Member, type Outcome } from './cells.js';
import { listeningChecks, online, show } from './listening.js';
import { readPhone } from './phone.js';
import { expectNeeded, getPrivacySetting, openPrivacyContract, privacyChecks } from './privacy.js';
import {
  expectNotAllowed,
  expectStandIn,
  getUserInfo,
  getUserProfile,
  isUserInfoAllowed,
  readUserInfo,
} from './profile.js';
import type { Check } from './rig.js';
import { upload } from './sending.js';
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
  abilities: abilityChecks,
  readPhone: {
    ...readingChecks(readPhone),
    ...refusals(readPhone, failureKinds.readPhone),
    'yes with nothing': (bench) => expectRefusal(readPhone, bench, 'unknown'),
  },
  getUserProfile: {
    ...askingChecks(getUserProfile),
    ...refusals(getUserProfile, failureKinds.getUserProfile),
    'stand-in': expectStandIn(getUserProfile),
  },
  getUserInfo: {
    ...askingChecks(getUserInfo),
    ...refusals(getUserInfo, failureKinds.getUserInfo),
    'stand-in': expectStandIn(getUserInfo),
  },
  readUserInfo: {
    ...readingChecks(readUserInfo),
    ...refusals(readUserInfo, failureKinds.readUserInfo),
    'stand-in': expectStandIn(readUserInfo),
    'yes with nothing': (bench) => expectRefusal(readUserInfo, bench, 'unknown'),
  },
  isUserInfoAllowed: {
    ...askingChecks(isUserInfoAllowed),
    ...refusals(isUserInfoAllowed, failureKinds.isUserInfoAllowed),
    no: expectNotAllowed,
  },
  upload: { ...askingChecks(upload), ...refusals(upload, failureKinds.upload) },
  getPrivacySetting: {
    ...askingChecks(getPrivacySetting),
    ...refusals(getPrivacySetting, failureKinds.getPrivacySetting),
    needed: expectNeeded,
  },
  onPrivacyNeeded: privacyChecks,
  openPrivacyContract: {
    ...askingChecks(openPrivacyContract),
    ...refusals(openPrivacyContract, failureKinds.openPrivacyContract),
  },
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
