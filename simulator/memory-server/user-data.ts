import { type Desk, type Endpoint, provePhone } from './desk.js';
import type { MemoryHost } from './host.js';
import {
  optionalCode,
  type Profile,
  readFlag,
  readPhoneProof,
  readProfileFields,
  readSealedProfile,
  readShownProfile,
  readSync,
  refuse,
  type Sync,
} from './input.js';
import { refuseForeign, renewShown } from './owners.js';
import { givePhone, refuseTakenPhone } from './phones.js';
import { ServerRefusal } from './refusal.js';
import type { IdentityRecord, SessionRecord, UserRecord } from './store.js';

/** What one host tells of whoever is signed in: their phone number and their profile. */
export function hostDataEndpoints({ store, profileUpdates }: Desk, host: MemoryHost): Record<string, Endpoint> {
  /** The host account whose session key decrypts where no code came along. */
  function identityOf({ user, account }: SessionRecord): IdentityRecord {
    const own = store.identitiesOf(user, host.name);
    const identity = own.find(({ openid }) => openid === account?.openid) ?? own[0];
    if (!identity) throw new ServerRefusal('SESSION_KEY_MISSING');
    return identity;
  }

  return {
    async [`POST /${host.name}/phone`]({ body, token }) {
      const proof = readPhoneProof(body);
      const code = optionalCode(body);
      const overwrite = readFlag(body, 'overwrite', true);
      const asking = store.session(token);
      const account = code === undefined ? null : await host.exchangeCode(code);
      const phone = await provePhone(host, proof, () => (account ?? identityOf(asking)).sessionKey);

      const session = store.session(token);
      const { user } = session;
      if (!overwrite && user.phone !== undefined && user.phone !== phone) throw new ServerRefusal('PHONE_ALREADY_SET');
      refuseForeign(store, account, user);
      refuseTakenPhone(store, phone, user);
      renewShown(store, account, user);
      givePhone(store, phone, user);
      return store.userOf(session, host.name);
    },

    async [`POST /${host.name}/profile`]({ body, token }) {
      const sync = readSync(body);
      const shown = host.profiles === 'signed' ? readShownProfile(body) : readSealedProfile(body);
      const code = optionalCode(body);
      const asking = store.session(token);
      if (!profileUpdates) throw new ServerRefusal('PROFILE_UPDATES_OFF');
      if ('plain' in shown) {
        keepProfile(asking.user, shown.plain, sync);
        return store.userOf(asking, host.name);
      }
      const account = code === undefined ? null : await host.exchangeCode(code);
      const profile = host.readProfile(account ?? identityOf(asking), shown.signed);

      const session = store.session(token);
      refuseForeign(store, account, session.user);
      renewShown(store, account, session.user);
      keepProfile(session.user, profile, sync);
      return store.userOf(session, host.name);
    },
  };
}

/** What was typed in, and a picture that was uploaded. */
export function profileEndpoints(
  { store, profileUpdates }: Desk,
  hasPicture: (url: string) => boolean,
): Record<string, Endpoint> {
  return {
    'POST /profile'({ body, token }) {
      const fields = readProfileFields(body);
      const sync = readSync(body);
      const session = store.session(token);
      if (!profileUpdates) throw new ServerRefusal('PROFILE_UPDATES_OFF');
      if (fields.avatarUrl !== null && !hasPicture(fields.avatarUrl)) refuse();
      keepProfile(session.user, fields, sync);
      return store.userOf(session);
    },
  };
}

function keepProfile(user: UserRecord, profile: Profile, sync: Sync): void {
  if (sync === false) return;
  const isAll = sync === 'overwrite';
  const { nickname, avatarUrl, gender, country, province, city, language } = profile;
  if (nickname !== null && (isAll || user.nickname === null)) user.nickname = nickname;
  if (avatarUrl !== null && (isAll || user.avatarUrl === null)) user.avatarUrl = avatarUrl;
  if (gender !== null && (isAll || user.gender === null)) user.gender = gender;
  if (country !== null && (isAll || user.country === null)) user.country = country;
  if (province !== null && (isAll || user.province === null)) user.province = province;
  if (city !== null && (isAll || user.city === null)) user.city = city;
  if (language !== null && (isAll || user.language === null)) user.language = language;
}
