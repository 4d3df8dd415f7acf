import { ServerRefusal } from './refusal.js';
import type { Store, UserRecord } from './store.js';

/** To whom the number belongs: one that somebody wrote down, and never proved, belongs to nobody. */
export function ownerOfPhone(store: Store, phone: string): UserRecord | undefined {
  const holder = store.findUser('phone', phone);
  return holder?.phoneVerified ? holder : undefined;
}

/** @throws ServerRefusal `PHONE_TAKEN` where the number belongs to another user */
export function refuseTakenPhone(store: Store, phone: string, user: UserRecord): void {
  const owner = ownerOfPhone(store, phone);
  if (owner && owner !== user) throw new ServerRefusal('PHONE_TAKEN');
}

/** Gives a user the number that they have just proved. Who wrote it down without proof loses it. */
export function givePhone(store: Store, phone: string, user: UserRecord): void {
  const holder = store.findUser('phone', phone);
  if (holder && holder !== user) delete holder.phone;
  user.phone = phone;
  user.phoneVerified = true;
}
