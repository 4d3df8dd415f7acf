import { field } from '../json.js';
import { STAND_IN } from '../wechat/open-data.js';
import { type Details, NO_DETAILS, readDetails } from './details.js';
import { ServerRefusal } from './refusal.js';

// What came in a body is judged as the server does it; what is not as it should be is `INVALID_REQUEST`.

export type Sync = 'overwrite' | 'setnx' | false;

export interface Encrypted {
  readonly encryptedData: string;
  readonly iv: string;
}

export interface Signed extends Encrypted {
  readonly rawData: string;
  readonly signature: string;
}

export type PhoneProof = { readonly phoneCode: string } | Encrypted;

/** The names that a user may sign in by, each as it is stored. */
export interface LoginNames {
  username?: string;
  email?: string;
  phone?: string;
}

export interface Profile extends Details {
  readonly nickname: string | null;
  readonly avatarUrl: string | null;
}

export const readCode = (body: unknown): string => need(optionalCode(body));

export const optionalCode = (body: unknown): string | undefined => optionalText(body, 'code', 1, 256);

export function readFlag(body: unknown, name: string, fallback: boolean): boolean {
  const value = field(body, name);
  if (value === undefined) return fallback;
  return typeof value === 'boolean' ? value : refuse();
}

export function optionalText(body: unknown, name: string, min: number, max: number): string | undefined {
  const value = field(body, name);
  if (value === undefined) return undefined;
  return isText(value, min, max) ? value : refuse();
}

/** Where there is a code, it alone counts (W-13). */
export function readPhoneProof(body: unknown): PhoneProof {
  const phoneCode = field(body, 'phoneCode');
  return isText(phoneCode, 1, 256) ? { phoneCode } : need(encryptedOf(body));
}

/** What the host sealed (B-05), and nothing without a seal. */
export function readSealedProfile(body: object): { signed: Encrypted } {
  if (!Object.keys(body).every((name) => SEALED.includes(name))) refuse();
  return { signed: need(encryptedOf(body)) };
}

/** What the host signed, or else what it showed without a signature (W-06). */
export function readShownProfile(body: object): { signed: Signed } | { plain: Profile } {
  const isPlain = field(body, 'userInfo') !== undefined;
  const known = isPlain ? PLAIN : SIGNED;
  if (!Object.keys(body).every((name) => known.includes(name))) refuse();
  const encrypted = encryptedOf(body);
  const rawData = field(body, 'rawData');
  const signature = field(body, 'signature');
  if (encrypted && isText(rawData, 1, 8192) && isText(signature, 0, 64)) {
    return { signed: { ...encrypted, rawData, signature } };
  }
  const userInfo = need(objectOf(field(body, 'userInfo')));
  const avatarUrl = field(userInfo, 'avatarUrl') === '' ? null : optionalUrl(userInfo);
  if (avatarUrl !== null && !HOSTS_PICTURE.test(avatarUrl)) refuse();
  const nickname = optionalNickname(userInfo, 'nickName');
  refuseOddDetails(userInfo);
  return { plain: shownProfile({ nickname, avatarUrl, ...readDetails(userInfo) }) };
}

/** Nothing signed passes as plain by leaving its signature out. */
const SIGNED = ['rawData', 'signature', 'encryptedData', 'iv', 'code', 'sync'];
const SEALED = ['encryptedData', 'iv', 'code', 'sync'];
const PLAIN = ['userInfo', 'sync'];

/** Without a signature a picture has to be where the host keeps them. */
const HOSTS_PICTURE = /^https:\/\/([a-z\d-]+\.)*qlogo\.cn\//;

/** Of the stand-in nothing is kept (W-08). */
export function shownProfile(profile: Profile): Profile {
  const { nickname, avatarUrl } = profile;
  const isStandIn = nickname?.trim() === STAND_IN.nickName && (avatarUrl === null || avatarUrl === STAND_IN.avatarUrl);
  return isStandIn ? { nickname: null, avatarUrl: null, ...NO_DETAILS } : profile;
}

export function readProfileFields(body: unknown): Profile {
  return { nickname: optionalNickname(body, 'nickname'), avatarUrl: optionalUrl(body), ...NO_DETAILS };
}

export function readSync(body: unknown): Sync {
  const value = field(body, 'sync');
  if (value === undefined) return 'setnx';
  return value === 'overwrite' || value === 'setnx' || value === false ? value : refuse();
}

export const optionalPassword = (body: unknown, name = 'password') => optionalText(body, name, 1, 1024);

export function readNames(body: unknown): LoginNames {
  const username = optionalText(body, 'username', 0, Number.POSITIVE_INFINITY);
  const email = optionalText(body, 'email', 0, 254);
  const phone = optionalText(body, 'phone', 0, 32);
  if (username !== undefined && !/^[\w.]{3,30}$/.test(username)) refuse();
  if (email !== undefined && !/^[\w'+-]+(\.[\w'+-]+)*@([a-z\d][a-z\d-]*\.)+[a-z]{2,}$/i.test(email)) refuse();
  return {
    ...(username !== undefined && { username: username.toLowerCase() }),
    ...(email !== undefined && { email: email.toLowerCase() }),
    ...(phone !== undefined && { phone: need(toE164(phone)) }),
  };
}

/** One name, and the password. */
export function readCredentials(body: unknown): { names: LoginNames; password: string } {
  const names = readNames(body);
  const password = need(optionalPassword(body));
  return Object.keys(names).length === 1 ? { names, password } : refuse();
}

/** @throws ServerRefusal `INVALID_REQUEST`, always */
export function refuse(): never {
  throw new ServerRefusal('INVALID_REQUEST');
}

export function objectOf(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function need<T>(value: T | undefined): T {
  return value ?? refuse();
}

function isText(value: unknown, min: number, max: number): value is string {
  return typeof value === 'string' && value.length >= min && value.length <= max;
}

function encryptedOf(body: unknown): Encrypted | undefined {
  const encryptedData = field(body, 'encryptedData');
  const iv = field(body, 'iv');
  return isText(encryptedData, 1, 8192) && isText(iv, 1, 64) ? { encryptedData, iv } : undefined;
}

/** Without a signature anybody may have written them. */
function refuseOddDetails(userInfo: object): void {
  const gender = field(userInfo, 'gender');
  if (gender !== undefined && gender !== 0 && gender !== 1 && gender !== 2) refuse();
  for (const name of ['country', 'province', 'city', 'language']) optionalText(userInfo, name, 0, 64);
}

function optionalNickname(body: unknown, name: string): string | null {
  const value = field(body, name);
  if (value === undefined) return null;
  const nickname = typeof value === 'string' ? value.trim() : '';
  return isText(nickname, 1, 64) ? nickname : refuse();
}

function optionalUrl(body: unknown): string | null {
  const url = optionalText(body, 'avatarUrl', 1, 2048);
  if (url === undefined) return null;
  return /^https?:/i.test(url) && URL.canParse(url) ? url : refuse();
}

/** Without a country it is a number of mainland China. */
export function toE164(text: string): string | undefined {
  const compact = text.replace(/[\s()-]/g, '');
  if (/^\+[1-9]\d{6,14}$/.test(compact)) return compact;
  return /^1\d{10}$/.test(compact) ? `+86${compact}` : undefined;
}
