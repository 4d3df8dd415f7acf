import type { Clock } from '../../ports/clock.js';
import { type Details, NO_DETAILS } from './details.js';
import type { AccountKey, HostAccount, MemoryHostName } from './host.js';
import type { LoginNames } from './input.js';
import { ServerRefusal } from './refusal.js';

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

export interface UserRecord extends LoginNames, Writable<Details> {
  readonly id: string;
  /** Beside the id. */
  readonly baasId: number;
  readonly isAnonymous: boolean;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
  nickname: string | null;
  avatarUrl: string | null;
  phoneVerified: boolean;
  password: string | null;
}

/** A host account, and whose it is. */
export interface IdentityRecord extends HostAccount {
  readonly user: UserRecord;
}

export interface SessionRecord {
  readonly token: string;
  readonly user: UserRecord;
  /** The host account that it was signed in with, if any. */
  account: AccountKey | null;
  /** In milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A user as the server tells it. */
export interface ServerUser extends Details {
  readonly id: string;
  readonly nickname: string | null;
  readonly avatarUrl: string | null;
  readonly openid: string | null;
  readonly unionid: string | null;
  readonly username: string | null;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly phone: string | null;
  readonly phoneVerified: boolean;
  readonly baasId: number;
  readonly isAnonymous: boolean;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
}

export type Store = ReturnType<typeof createStore>;

const FIRST_BAAS_ID = 22_051_668_672_000;

/**
 * The server's tables. Whatever writes into them does so in one call stack, after all that may refuse it: that is the
 * real server's transaction.
 */
export function createStore(clock: Clock, tokenLifetime: number) {
  let users: readonly UserRecord[] = [];
  /** The last used one last. */
  let identities: readonly IdentityRecord[] = [];
  const sessions = new Map<string, SessionRecord>();
  let lastUser = 0;
  let lastToken = 0;

  const isSame = (one: AccountKey, other: AccountKey | null) => one.host === other?.host && one.openid === other.openid;

  /** The last used one first; of one host, or of all. */
  const identitiesOf = (user: UserRecord, host?: MemoryHostName) =>
    identities.filter((one) => one.user === user && (host === undefined || one.host === host)).reverse();

  const toPublic = (user: UserRecord, account: AccountKey | null, host?: MemoryHostName): ServerUser => {
    const own = identitiesOf(user, host);
    const identity = own.find((one) => isSame(one, account)) ?? own[0];
    return {
      id: user.id,
      nickname: user.nickname,
      avatarUrl: user.avatarUrl,
      gender: user.gender,
      country: user.country || null,
      province: user.province || null,
      city: user.city || null,
      language: user.language,
      openid: identity?.openid ?? null,
      unionid: identity?.unionid ?? null,
      username: user.username ?? null,
      email: user.email ?? null,
      emailVerified: false,
      phone: user.phone ?? null,
      phoneVerified: user.phoneVerified,
      baasId: user.baasId,
      isAnonymous: user.isAnonymous,
      createdAt: user.createdAt,
    };
  };

  return {
    identitiesOf,

    get users(): readonly ServerUser[] {
      return users.map((user) => toPublic(user, null));
    },

    createUser(names: LoginNames = {}, isAnonymous = false): UserRecord {
      lastUser += 1;
      const blank = { nickname: null, avatarUrl: null, ...NO_DETAILS, phoneVerified: false, password: null };
      const user: UserRecord = {
        id: `user-${lastUser}`,
        baasId: FIRST_BAAS_ID + lastUser,
        isAnonymous,
        createdAt: clock.now(),
        ...blank,
        ...names,
      };
      users = [...users, user];
      return user;
    },

    /** Who has this name, proved or not. */
    findUser: (by: keyof LoginNames, name: string) => users.find((user) => user[by] === name),

    findIdentity: (account: AccountKey) => identities.find((identity) => isSame(identity, account)),

    withUnionid: (host: MemoryHostName, unionid: string) =>
      identities.filter((identity) => identity.host === host && identity.unionid === unionid),

    /** Ties a host account to its user, or keeps its newest session key (W-04). */
    keepIdentity(account: HostAccount, user: UserRecord): void {
      const known = identities.find((one) => isSame(one, account));
      const identity = { ...account, unionid: known?.unionid ?? account.unionid, user };
      identities = [...identities.filter((other) => other !== known), identity];
    },

    /** Unties the accounts of one host. */
    untieAll(user: UserRecord, host: MemoryHostName): void {
      identities = identities.filter((identity) => identity.user !== user || identity.host !== host);
    },

    /** What a client reads of a sign-in. */
    openSession(user: UserRecord, account: AccountKey | null) {
      lastToken += 1;
      const session: SessionRecord = {
        token: `token-${lastToken}`,
        user,
        account,
        expiresAt: clock.now() + tokenLifetime,
      };
      sessions.set(session.token, session);
      const { token, expiresAt } = session;
      return { token, expiresAt, user: toPublic(user, account) };
    },

    /** @throws ServerRefusal `NOT_SIGNED_IN`, `TOKEN_REJECTED` */
    session(token: string): SessionRecord {
      if (token === '') throw new ServerRefusal('NOT_SIGNED_IN');
      const session = sessions.get(token);
      if (!session || session.expiresAt <= clock.now()) throw new ServerRefusal('TOKEN_REJECTED');
      return session;
    },

    /** The session's user, as they themselves may read it; by their account of `host`, where one is named. */
    userOf: ({ user, account }: SessionRecord, host?: MemoryHostName) => ({ user: toPublic(user, account, host) }),

    endSession: (token: string) => void sessions.delete(token),
    endSessions: () => sessions.clear(),

    removeUser(openid: string): void {
      const user = identities.find((identity) => identity.openid === openid)?.user;
      users = users.filter((other) => other !== user);
      identities = identities.filter((identity) => identity.user !== user);
      for (const [token, session] of sessions) if (session.user === user) sessions.delete(token);
    },
  };
}
