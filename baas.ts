export { type BaaS, type BaasOptions, createBaaS } from './baas/create-baas.js';
export type {
  AccountOptions,
  BaasAuth,
  BaasError,
  BaasIdentity,
  BaasLinked,
  BaasUser,
  BaasUserCalls,
  BaasUserData,
  LegacySession,
  LegacyUserInfo,
  LinkOptions,
  LoginOptions,
  PasswordOptions,
  SyncUserProfile,
  UpdateUserInfoOptions,
} from './baas/types.js';
