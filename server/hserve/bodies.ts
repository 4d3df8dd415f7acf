import { z } from 'zod';
import { AccountChanges, Credentials } from '../plugin/accounts.js';
import { PlainProfile, SealedProfile, SignedProfile } from '../plugin/host-profiles.js';
import { HostSignIn, PhoneSignIn } from '../plugin/host-sign-in.js';
import { AccountLink } from '../plugin/links.js';
import { ShownPhone } from '../plugin/phones.js';
import { Sms, SmsSignIn } from '../plugin/sms.js';

// Each body is read for its names only: what a value may be, the use case behind it says.

const sync = ({ update_userprofile: told }: { update_userprofile?: unknown }) => ({
  sync: told === 'false' ? false : told,
});

const account = ({ code, create_user, login_with_unionid }: Record<string, unknown>) => ({
  code,
  createUser: create_user,
  withUnionId: login_with_unionid,
});

/** From base library 2.21.2 on a code is sent beside the cipher text, and it alone counts (W-13). */
const phone = ({ phone_code, encryptedData, iv }: Record<string, unknown>) =>
  phone_code === undefined ? { encryptedData, iv } : { phoneCode: phone_code };

const Fields = z.record(z.string(), z.unknown());

/** Names that are left out on the wire are left out of the body: a strict one takes no others. */
const told = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

function renamed<T>(names: (fields: Record<string, unknown>) => Record<string, unknown>, body: z.ZodType<T>) {
  return Fields.transform((fields): unknown => told(names(fields))).pipe(body);
}

export const SilentLogin = renamed(account, HostSignIn);

export const PhoneLogin = renamed((fields) => ({ ...account(fields), ...phone(fields) }), PhoneSignIn);

export const PhoneVerification = renamed(({ overwrite, ...fields }) => ({ ...phone(fields), overwrite }), ShownPhone);

export const SignedUserInfo = renamed(
  ({ rawData, encryptedData, signature, iv, code, update_userprofile }) => ({
    rawData,
    encryptedData,
    signature,
    iv,
    code,
    ...sync({ update_userprofile }),
  }),
  SignedProfile,
);

/** What is empty was not shown. */
export const PlainUserInfo = renamed(
  ({ nickName, avatarUrl, gender, country, province, city, language, update_userprofile }) => ({
    userInfo: told({
      nickName: nickName || undefined,
      avatarUrl: avatarUrl || undefined,
      gender,
      country,
      province,
      city,
      language,
    }),
    ...sync({ update_userprofile }),
  }),
  PlainProfile,
);

export const Association = renamed(
  ({ code, associate_with_unionid }) => ({ code, withUnionId: associate_with_unionid }),
  AccountLink,
);

const Sealed = renamed(
  ({ data, iv, update_userprofile }) => ({ encryptedData: data, iv, ...sync({ update_userprofile }) }),
  SealedProfile,
);

/** Who signs in, beside what they show of themselves. */
export const Authentication = Fields.pipe(
  z.preprocess((fields) => ({ account: fields, profile: fields }), z.object({ account: SilentLogin, profile: Sealed })),
);

/** A new password goes under another name than the one to prove oneself by. */
export const AccountInfo = renamed(
  ({ username, email, phone, password, new_password }) => ({
    username,
    email,
    phone,
    password: new_password,
    currentPassword: password,
  }),
  AccountChanges,
);

export const Named = {
  phone: renamed(({ phone, password }) => ({ phone, password }), Credentials),
  email: renamed(({ email, password }) => ({ email, password }), Credentials),
  username: renamed(({ username, password }) => ({ username, password }), Credentials),
};

export const SmsLogin = renamed(
  ({ phone, code, create_user }) => ({ phone, smsCode: code, createUser: create_user }),
  SmsSignIn,
);

export const SmsCheck = renamed(({ phone, code }) => ({ phone, smsCode: code }), Sms);

export const SmsPhone = Sms.pick({ phone: true });

/** The code that was sent to the number that the user wrote down. */
export const OwnSms = renamed(({ code }) => ({ smsCode: code }), Sms.pick({ smsCode: true }));
