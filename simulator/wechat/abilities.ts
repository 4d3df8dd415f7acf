import { type Ability, AbilityRefusal } from './cloud-port.js';

/**
 * Why an app may not use an ability (W-14): a number is told as that errno, `banned` and `unverified` are told in words
 * alone.
 */
export const RESTRICTIONS = [102, 112, 1025, 1026, 1400001, 'banned', 'unverified'] as const;
export type Restriction = (typeof RESTRICTIONS)[number];

const REASONS: Readonly<Record<Restriction, string>> = {
  102: 'no permission',
  112: 'api scope is not declared in the privacy agreement',
  1025: 'appid privacy api banned',
  1026: 'appid privacy api banned',
  1400001: 'use count exceeds the limit',
  banned: 'appid privacy api banned',
  unverified: 'the mini program needs to be verified first',
};

/** What each app may ask of people. */
export interface Abilities {
  restrict(appId: string, ability: Ability, restriction: Restriction): void;
  lift(appId: string, ability: Ability): void;
  restriction(appId: string, ability: Ability): Restriction | undefined;
  /** How many phone numbers the app may still be given, by both buttons together (W-15). */
  setPhoneQuota(appId: string, left: number): void;
  takePhone(appId: string): void;
  /** @throws AbilityRefusal */
  check(appId: string, ability: Ability): void;
}

export function createAbilities(): Abilities {
  const restrictions = new Map<string, Restriction>();
  const quotas = new Map<string, number>();
  const key = (appId: string, ability: Ability) => JSON.stringify([appId, ability]);
  const left = (appId: string) => quotas.get(appId) ?? Number.POSITIVE_INFINITY;

  const abilities: Abilities = {
    restrict: (appId, ability, restriction) => void restrictions.set(key(appId, ability), restriction),
    lift: (appId, ability) => void restrictions.delete(key(appId, ability)),
    restriction(appId, ability) {
      const isPaid = ability === 'getPhoneNumber' || ability === 'getRealtimePhoneNumber';
      return restrictions.get(key(appId, ability)) ?? (isPaid && left(appId) <= 0 ? 1400001 : undefined);
    },
    setPhoneQuota: (appId, count) => void quotas.set(appId, count),
    takePhone: (appId) => void quotas.set(appId, left(appId) - 1),
    check(appId, ability) {
      const restriction = abilities.restriction(appId, ability);
      if (restriction === undefined) return;
      throw new AbilityRefusal(REASONS[restriction], typeof restriction === 'number' ? restriction : undefined);
    },
  };
  return abilities;
}
