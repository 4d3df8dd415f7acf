import type { Secret } from './secret.js';

/** How a person's profile is had: which of them a host has depends on its version. */
export type ProfileWay =
  /** A picture that is chosen and a name that is typed in (W-11, W-12). */
  | 'avatarNickname'
  /** A call inside a tap, with a sheet (W-06). */
  | 'getUserProfile'
  /** A button of the host, then a call (W-18). */
  | 'getUserInfo';

/** What the host tells of a person. */
export interface HostProfile {
  readonly nickname: string;
  readonly avatarUrl: string;
  /** Left out where the host tells none. */
  readonly details?: ToldDetails;
  /** Whether the host put a stand-in in the place of the person (W-08): no profile to keep. */
  readonly isAnonymous: boolean;
  /** What the server can check; `null` below base library 2.16.0 and wherever the host gave none. */
  readonly signed: SignedProfile | SealedProfile | null;
}

/** What a host tells beside the name and the picture: 0 and empty where it does not (W-08). */
export interface ToldDetails {
  /** 1 male, 2 female. */
  readonly gender: number;
  readonly country: string;
  readonly province: string;
  readonly city: string;
  /** In which the place is named, as `zh_CN`. */
  readonly language: string;
}

/** Verbatim from the host (G-04, S-04). */
export interface SignedProfile extends SealedProfile {
  readonly rawData: string;
  readonly signature: string;
}

/** The same of a host whose cipher text proves itself, as it ends with the app's key (B-09). */
export interface SealedProfile {
  readonly encryptedData: Secret;
  readonly iv: string;
}

/** What a profile may replace: everything, only what was never set, or nothing. */
export type ProfileSync = 'overwrite' | 'setnx' | false;

export interface HostProfileUpdate {
  readonly profile: HostProfile;
  /** Proves the key of the signature; `null` where the server holds it (G-03), or nothing is signed. */
  readonly code: Secret | null;
  readonly sync: ProfileSync;
}

/** What a person typed in and chose; what is `null` stays. */
export interface ProfileFields {
  readonly nickname: string | null;
  /** As {@link Backend.uploadAvatar} answered it, never a temporary path (G-22). */
  readonly avatarUrl: string | null;
}
