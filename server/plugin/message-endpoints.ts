import { z } from 'zod';
import { Refusal } from '../errors.js';
import type { Host } from '../hosts/host.js';
import { Phone } from '../phone.js';
import { jsonEndpoint } from './endpoint.js';
import { findIdentityOfSession } from './identities.js';
import { spendMailToken } from './mail-tokens.js';
import type { Messages } from './messages.js';
import { hashNewPassword, setPassword } from './passwords.js';
import { answerUser, publicUser } from './public-user.js';
import { countRequest, type RateLimits } from './rate-limit.js';
import { publicSession } from './sessions.js';
import { giveSmsPhone, Sms, SmsSignIn, signInWithSms } from './sms.js';
import { currentSession } from './token.js';
import { createUser, giveEmail } from './users.js';
import { writeTogether } from './write-together.js';

const PhoneOnly = z.object({ phone: Phone });
/** A mailbox. */
export const EmailOnly = z.object({
  email: z
    .email()
    .max(254)
    .transform((text) => text.toLowerCase()),
});
const Token = z.string().min(1).max(128);
const NewPassword = z.object({ resetToken: Token, password: z.string().min(1).max(1024) });

type Limits = Required<Pick<RateLimits, 'perAccount' | 'perSecret'>>;

/**
 * What people prove by reading a message.
 *
 * A name that was written down without proof is nobody's: whoever proves it gets it, and it is detached from who wrote it
 * down, for addresses as for numbers. Nobody is ever signed in to the account of who wrote it down, since that stranger may
 * come back to it, by a host account or an open session.
 *
 * So a mail proves an address only to whoever is signed in as the user that asked for it: what a stranger's registration
 * mailed gives the stranger nothing, however often it is clicked. And a reset of an address that its user has not proved
 * makes a new user for whoever reads the mailbox.
 */
export function messageEndpoints(hosts: readonly Host[], messages: Messages, { perAccount, perSecret }: Limits) {
  return {
    /** `POST /denglu/sms-code`: sends a code to a number. */
    sendDengluSmsCode: jsonEndpoint('POST', '/denglu/sms-code', PhoneOnly, async ({ phone }, { context }) => {
      await messages.sendSmsCode(context, phone);
      return { success: true };
    }),

    /** `POST /denglu/sms-sign-in`: a number and its code for a token. */
    signInDengluSms: jsonEndpoint('POST', '/denglu/sms-sign-in', SmsSignIn, async (body, { context }) =>
      publicSession(context, await signInWithSms(context, hosts, perSecret, body)),
    ),

    /** `POST /denglu/phone-verification`: a number and its code, for whoever is signed in. */
    verifyDengluPhone: jsonEndpoint('POST', '/denglu/phone-verification', Sms, async (body, ctx) =>
      answerUser(await giveSmsPhone(ctx, hosts, perSecret, body)),
    ),

    /** `POST /denglu/email-token`: mails a token to an address, for whoever is signed in. */
    sendDengluEmailToken: jsonEndpoint('POST', '/denglu/email-token', EmailOnly, async ({ email }, ctx) => {
      const { user } = await currentSession(ctx);
      await countRequest(ctx.context.adapter, `user ${user.id}`, perAccount);
      await messages.sendEmailToken(ctx.context, user, email);
      return { success: true };
    }),

    /** `POST /denglu/email-verification`: an address, by the token that whoever is signed in had mailed to it. */
    verifyDengluEmail: jsonEndpoint(
      'POST',
      '/denglu/email-verification',
      z.object({ emailToken: Token }),
      async ({ emailToken }, ctx) => {
        const { context } = ctx;
        await currentSession(ctx);
        return writeTogether(context, async (store) => {
          const current = await currentSession(ctx);
          const { user, email } = await spendMailToken(context, 'email-verification', emailToken);
          if (user.id !== current.user.id) throw new Refusal('RESET_TOKEN_INVALID');
          const changed = await giveEmail(context, store, user, email);
          return { user: publicUser(changed, await findIdentityOfSession(store, hosts, current)) };
        });
      },
    ),

    /** `POST /denglu/password-reset`: mails a token to an address, if somebody has it. */
    requestDengluPasswordReset: jsonEndpoint('POST', '/denglu/password-reset', EmailOnly, async (body, { context }) => {
      await messages.resetPassword(context, body.email);
      return { success: true };
    }),

    /**
     * `POST /denglu/password-reset/confirm`: sets a new password, voids every other reset of its user, and ends their
     * sessions. Where the user had not proved the address, it is a new user's from now on, and the password too.
     */
    confirmDengluPasswordReset: jsonEndpoint(
      'POST',
      '/denglu/password-reset/confirm',
      NewPassword,
      async ({ resetToken, password }, { context }) => {
        const hash = await hashNewPassword(context, password);
        await writeTogether(context, async (store) => {
          const { user, email } = await spendMailToken(context, 'password-reset', resetToken);
          const owner = user.emailVerified ? user : await giveEmail(context, store, await createUser(context), email);
          await setPassword(context, owner.id, hash);
          await context.internalAdapter.deleteUserSessions(owner.id);
        });
        return { success: true };
      },
    ),
  };
}
