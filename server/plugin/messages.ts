import { createHash } from 'node:crypto';
import type { AuthContext } from 'better-auth';
import { Refusal } from '../errors.js';
import type { Sender } from '../messages/sender.js';
import { issueMailToken } from './mail-tokens.js';
import { countRequest } from './rate-limit.js';
import type { DengluUser } from './schema.js';
import { issueSmsCode } from './sms-codes.js';
import { writeTogether } from './write-together.js';

/** The messages of denglu, of which nobody gets too many. */
export function messages(sender: Sender | undefined, perRecipient: number) {
  const count = (context: AuthContext, recipient: string) =>
    countRequest(context.adapter, `message ${createHash('sha256').update(recipient).digest('hex')}`, perRecipient);

  /** Nobody waits for a mail, so that how long it takes tells nothing of whether it is sent. */
  function inBackground(context: AuthContext, work: () => Promise<void>): void {
    context.runInBackground(work().catch(() => context.logger.error('A mail could not be sent.')));
  }

  return {
    /**
     * Sends an SMS code.
     *
     * @throws Refusal `RATE_LIMITED`, `NOT_FOUND` without a sender, `HOST_UNAVAILABLE` where it fails
     */
    async sendSmsCode(context: AuthContext, phone: string): Promise<void> {
      if (!sender) throw new Refusal('NOT_FOUND');
      await count(context, phone);
      const code = await writeTogether(context, () => issueSmsCode(context, phone));
      await sender.sendSmsCode(phone, code).catch(() => {
        throw new Refusal('HOST_UNAVAILABLE', { message: 'The message could not be sent.' });
      });
    },

    /**
     * Mails a token that proves an address to be the user's, whoever wrote it down before.
     *
     * @throws Refusal `RATE_LIMITED`, `NOT_FOUND` without a sender, `HOST_UNAVAILABLE` where it fails
     */
    async sendEmailToken(context: AuthContext, user: DengluUser, email: string): Promise<void> {
      if (!sender) throw new Refusal('NOT_FOUND');
      await count(context, email);
      const token = await issueMailToken(context, 'email-verification', user, email);
      await sender.sendEmailVerification(email, token).catch(() => {
        throw new Refusal('HOST_UNAVAILABLE', { message: 'The message could not be sent.' });
      });
    },

    /** Asks whoever reads the user's new address to prove it, unless they were asked a moment ago. */
    verifyEmail(context: AuthContext, user: DengluUser): void {
      if (!sender) return;
      inBackground(context, async () => {
        try {
          await count(context, user.email);
        } catch (error) {
          if (error instanceof Refusal) return;
          throw error;
        }
        await sender.sendEmailVerification(user.email, await issueMailToken(context, 'email-verification', user));
      });
    },

    /**
     * Sends a reset to an address that a user has, proved or not. Whether there is one, the caller does not learn.
     *
     * @throws Refusal `RATE_LIMITED`, `NOT_FOUND` without a sender
     */
    async resetPassword(context: AuthContext, email: string): Promise<void> {
      if (!sender) throw new Refusal('NOT_FOUND');
      await count(context, `reset ${email}`);
      inBackground(context, async () => {
        const found = await context.internalAdapter.findUserByEmail(email);
        if (!found) return;
        await sender.sendPasswordReset(email, await issueMailToken(context, 'password-reset', found.user));
      });
    },
  };
}

export type Messages = ReturnType<typeof messages>;
