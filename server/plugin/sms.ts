import { createHash } from 'node:crypto';
import type { AuthContext, GenericEndpointContext } from 'better-auth';
import { z } from 'zod';
import { Refusal } from '../errors.js';
import type { Host } from '../hosts/host.js';
import { Phone } from '../phone.js';
import { findIdentitiesOfUser, findIdentityOfSession } from './identities.js';
import { countRequest } from './rate-limit.js';
import { openSession, type SignedIn } from './sessions.js';
import { spendSmsCode } from './sms-codes.js';
import { currentSession } from './token.js';
import { createUser, findOwnerOfPhone, giveFreePhone, givePhone, type Known } from './users.js';
import { writeTogether } from './write-together.js';

/** A number, and the code that was sent to it. */
export const Sms = z.object({ phone: Phone, smsCode: z.string().min(1).max(16) });

export const SmsSignIn = Sms.extend({ createUser: z.boolean().default(true) });

const countTry = (context: AuthContext, phone: string, perSecret: number) =>
  countRequest(context.adapter, `sms ${createHash('sha256').update(phone).digest('hex')}`, perSecret);

/**
 * Signs in whoever reads what is sent to a number.
 *
 * @throws Refusal `SMS_CODE_WRONG`, `ACCOUNT_NOT_FOUND`, `RATE_LIMITED`, `ACCOUNT_BLOCKED`
 */
export async function signInWithSms(
  context: AuthContext,
  hosts: readonly Host[],
  perSecret: number,
  body: z.output<typeof SmsSignIn>,
): Promise<SignedIn> {
  const { phone, smsCode } = body;
  await countTry(context, phone, perSecret);
  return writeTogether(context, async (store) => {
    await spendSmsCode(context, phone, smsCode);
    const owner = await findOwnerOfPhone(store, phone);
    if (!owner && !body.createUser) {
      throw new Refusal('ACCOUNT_NOT_FOUND', { message: 'There is no user with this number.' });
    }
    const user = owner ?? (await giveFreePhone(context, store, await createUser(context), phone));
    const [identity = null] = await findIdentitiesOfUser(store, hosts, user.id);
    return { ...(await openSession(context, user, null)), identity };
  });
}

/**
 * Gives whoever is signed in the number whose code they know.
 *
 * @throws Refusal `NOT_SIGNED_IN`, `TOKEN_REJECTED`, `SMS_CODE_WRONG`, `PHONE_TAKEN`, `RATE_LIMITED`
 */
export async function giveSmsPhone(
  ctx: GenericEndpointContext,
  hosts: readonly Host[],
  perSecret: number,
  { phone, smsCode }: z.output<typeof Sms>,
): Promise<Known> {
  const { context } = ctx;
  await currentSession(ctx);
  await countTry(context, phone, perSecret);
  return writeTogether(context, async (store) => {
    const current = await currentSession(ctx);
    await spendSmsCode(context, phone, smsCode);
    const user = await givePhone(context, store, current.user, phone);
    return { user, identity: await findIdentityOfSession(store, hosts, current) };
  });
}

/**
 * Spends a code, and says nothing of whose the number is.
 *
 * @throws Refusal `SMS_CODE_WRONG`, `RATE_LIMITED`
 */
export async function checkSmsCode(
  context: AuthContext,
  perSecret: number,
  { phone, smsCode }: z.output<typeof Sms>,
): Promise<void> {
  await countTry(context, phone, perSecret);
  await writeTogether(context, () => spendSmsCode(context, phone, smsCode));
}
