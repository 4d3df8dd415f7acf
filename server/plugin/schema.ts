import type { BetterAuthPlugin, User } from 'better-auth';
import { newBaasId } from './baas-id.js';

/** A user, with the columns that denglu adds. They are called as in better-auth's username, phone-number and
 * anonymous plugins. */
export interface DengluUser extends User {
  /** In lower case. */
  username?: string | null;
  /** As E.164. */
  phoneNumber?: string | null;
  phoneNumberVerified?: boolean | null;
  /** Whether nothing is known of the user but a token. */
  isAnonymous?: boolean | null;
  /** 1 male, 2 female. What is null was never told. */
  gender?: number | null;
  country?: string | null;
  province?: string | null;
  city?: string | null;
  /** In which the place is named: `zh_CN`. */
  language?: string | null;
  /** What the BaaS auth API knows the user by. Some databases answer large numbers as text. */
  baasId?: number | string | null;
}

/** A host account, and whose it is. */
export interface Identity {
  id: string;
  /** The host's name, as {@link Host.name}. */
  host: string;
  appId: string;
  openid: string;
  unionid: string | null;
  userId: string;
  /** What the host encrypts this person's data with, itself encrypted with the server's secret (S-06). */
  sessionKey: string;
  createdAt: Date;
  updatedAt: Date;
}

/** How many requests came under one key since its window began. */
export interface RateWindow {
  key: string;
  count: number;
  /** When the window is over, in milliseconds since the epoch. Some databases answer large numbers as text. */
  endsAt: number | string;
}

/** A code that was sent to the host once, and may not be sent again. */
export interface SpentCode {
  hash: string;
  /** From when on the host refuses it by itself, in milliseconds since the epoch. */
  endsAt: number;
}

/** What the app calls the host's open API with, for all processes. */
export interface HostToken {
  key: string;
  /** Encrypted with the server's secret (S-06); empty before the first one. */
  value: string;
  /** In milliseconds since the epoch, as the next. Some databases answer large numbers as text. */
  endsAt: number | string;
  /** Until when one process alone may ask the host for the next one. */
  leasedUntil: number | string;
  /** The name of that lease: whoever comes back after it has run out does not know the next one's. */
  leasedBy: string | null;
}

/** What one transaction goes alone with. No row outlives its transaction. */
export interface Claim {
  key: string;
}

const now = () => new Date();

/** The tables and columns that denglu adds to better-auth's. */
export const schema = {
  dengluIdentity: {
    fields: {
      host: { type: 'string', required: true },
      appId: { type: 'string', required: true },
      openid: { type: 'string', required: true },
      unionid: { type: 'string', required: false, index: true },
      userId: {
        type: 'string',
        required: true,
        index: true,
        references: { model: 'user', field: 'id', onDelete: 'cascade' },
      },
      sessionKey: { type: 'string', required: true },
      createdAt: { type: 'date', required: true, defaultValue: now },
      updatedAt: { type: 'date', required: true, defaultValue: now, onUpdate: now },
    },
    indexes: [{ fields: ['host', 'appId', 'openid'], unique: true }],
  },
  dengluRateWindow: {
    fields: {
      key: { type: 'string', required: true, unique: true },
      count: { type: 'number', required: true },
      endsAt: { type: 'number', bigint: true, required: true, index: true },
    },
  },
  dengluSpentCode: {
    fields: {
      hash: { type: 'string', required: true, unique: true },
      endsAt: { type: 'number', bigint: true, required: true, index: true },
    },
  },
  dengluHostToken: {
    fields: {
      key: { type: 'string', required: true, unique: true },
      value: { type: 'string', required: true },
      endsAt: { type: 'number', bigint: true, required: true },
      leasedUntil: { type: 'number', bigint: true, required: true },
      leasedBy: { type: 'string', required: false },
    },
  },
  dengluClaim: {
    fields: {
      key: { type: 'string', required: true, unique: true },
    },
  },
  user: {
    fields: {
      username: { type: 'string', required: false, unique: true, input: false },
      phoneNumber: { type: 'string', required: false, unique: true, input: false },
      phoneNumberVerified: { type: 'boolean', required: false, input: false },
      isAnonymous: { type: 'boolean', required: false, input: false },
      gender: { type: 'number', required: false, input: false },
      country: { type: 'string', required: false, input: false },
      province: { type: 'string', required: false, input: false },
      city: { type: 'string', required: false, input: false },
      language: { type: 'string', required: false, input: false },
      baasId: { type: 'number', bigint: true, required: false, unique: true, input: false, defaultValue: newBaasId },
    },
  },
  session: {
    fields: {
      /** Which of the user's host accounts signed in. */
      dengluIdentityId: { type: 'string', required: false, input: false },
    },
  },
} satisfies NonNullable<BetterAuthPlugin['schema']>;
