import type { AccountChanges, AccountLink, Credentials, SmsSignIn } from '../../ports/account.js';
import type { SilentSignIn } from '../../ports/backend.js';
import type { PhoneProof, PhoneSignIn, PhoneUpdate } from '../../ports/phone.js';
import type { HostProfileUpdate, ProfileFields, ProfileSync } from '../../ports/profile.js';
import type { Secret } from '../../ports/secret.js';

// What leaves for the server, and the one place where secrets are revealed to it. What the host encrypted or signed goes
// as it came (G-04).

export const signInBody = ({ code, createUser, withUnionId, expectedUserId }: SilentSignIn) => ({
  code: code.reveal(),
  createUser,
  withUnionId,
  ...(expectedUserId !== null && { expectedUserId }),
});

export const phoneSignInBody = ({ phone, code, createUser, withUnionId }: PhoneSignIn) => ({
  ...proofOf(phone),
  code: code.reveal(),
  createUser,
  withUnionId,
});

export const phoneBody = ({ phone, code, overwrite }: PhoneUpdate) => ({
  ...proofOf(phone),
  ...revealed({ code }),
  overwrite,
});

export function hostProfileBody({ profile, code, sync }: HostProfileUpdate): object {
  const { nickname, avatarUrl, details, signed } = profile;
  if (!signed) {
    return { userInfo: { ...(nickname && { nickName: nickname }), ...(avatarUrl && { avatarUrl }), ...details }, sync };
  }
  const { encryptedData, iv } = signed;
  const signature = 'signature' in signed && { rawData: signed.rawData, signature: signed.signature };
  return { ...signature, encryptedData: encryptedData.reveal(), iv, ...revealed({ code }), sync };
}

export const profileBody = ({ nickname, avatarUrl }: ProfileFields, sync: ProfileSync) => ({
  ...(nickname !== null && { nickname }),
  ...(avatarUrl !== null && { avatarUrl }),
  sync,
});

export const credentialsBody = ({ by, name, password }: Credentials) => revealed({ [by]: name, password });

export const smsSignInBody = ({ phone, smsCode, createUser }: SmsSignIn) => ({
  ...revealed({ phone, smsCode }),
  createUser,
});

export const accountBody = ({ username, email, phone, password, currentPassword }: AccountChanges) => ({
  ...(username !== undefined && { username }),
  ...(email !== undefined && { email }),
  ...revealed({ phone, password, currentPassword }),
});

export const linkBody = ({ code, withUnionId, overwrite }: AccountLink) => ({
  ...revealed({ code }),
  withUnionId,
  overwrite,
});

function proofOf(phone: PhoneProof): Record<string, string> {
  if ('phoneCode' in phone) return { phoneCode: phone.phoneCode.reveal() };
  return { encryptedData: phone.encryptedData.reveal(), iv: phone.iv };
}

/** What is not there is left out. */
function revealed(secrets: Readonly<Record<string, Secret | null | undefined>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, guarded] of Object.entries(secrets)) if (guarded) texts[name] = guarded.reveal();
  return texts;
}
