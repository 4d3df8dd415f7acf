import { createHash } from 'node:crypto';
import type { AuthContext } from 'better-auth';
import { Refusal } from '../errors.js';
import type { Sender } from '../messages/sender.js';
import { whyUnsent } from '../messages/why-unsent.js';
import { issueMailToken } from './mail-tokens.js';
import { countRequest } from './rate-limit.js';
import type { DengluUser } from './schema.js';
import { issueSmsCode } from './sms-codes.js';
import { writeTogether } from './write-together.js';

/** The messages of denglu, of which nobody gets too many. */
export function messages(sender: Sender | undefined, perRecipient: number) {
  const count = (context: AuthContext, recipient: string) =>
    countRequest(context.adapter, `message ${createHash('sha256').update(recipient).digest('hex')}`, perRecipient);

  /**
   * @param said what the message is made of, and whom it is for
   * @throws Refusal `HOST_UNAVAILABLE`; why, the log alone is told
   */
  async function send(context: AuthContext, said: readonly string[], sending: () => Promise<void>): Promise<void> {
    try {
      await sending();
    } catch (error) {
      context.logger.error(`A message could not be sent: ${whyUnsent(error, said)}`);
      throw new Refusal('HOST_UNAVAILABLE', { message: 'The message could not be sent.' });
    }
  }

  /** Nobody waits for a mail, so that how long it takes tells nothing of whether it is sent. */
  function inBackground(context: AuthContext, email: string, work: () => Promise<void>): void {
    const told = work().catch((error) => {
      // What is refused was logged where it was, or is no failure.
      if (!(error instanceof Refusal)) context.logger.error(`A mail could not be made: ${whyUnsent(error, [email])}`);
    });
    context.runInBackground(told);
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
      await send(context, [phone, code], () => sender.sendSmsCode(phone, code));
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
      await send(context, [email, token], () => sender.sendEmailVerification(email, token));
    },

    /** Asks whoever reads the user's new address to prove it, unless they were asked a moment ago. */
    verifyEmail(context: AuthContext, user: DengluUser): void {
      if (!sender) return;
      const { email } = user;
      inBackground(context, email, async () => {
        await count(context, email);
        const token = await issueMailToken(context, 'email-verification', user);
        await send(context, [email, token], () => sender.sendEmailVerification(email, token));
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
      inBackground(context, email, async () => {
        const found = await context.internalAdapter.findUserByEmail(email);
        if (!found) return;
        const token = await issueMailToken(context, 'password-reset', found.user);
        await send(context, [email, token], () => sender.sendPasswordReset(email, token));
      });
    },
  };
}

export type Messages = ReturnType<typeof messages>;
