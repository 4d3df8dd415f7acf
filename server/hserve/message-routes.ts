import { z } from 'zod';
import { Refusal } from '../errors.js';
import type { AccountParts } from '../plugin/accounts.js';
import { jsonEndpoint } from '../plugin/endpoint.js';
import { EmailOnly } from '../plugin/message-endpoints.js';
import { countRequest } from '../plugin/rate-limit.js';
import { isReserved } from '../plugin/reserved-email.js';
import { checkSmsCode, giveSmsPhone, signInWithSms } from '../plugin/sms.js';
import { currentSession } from '../plugin/token.js';
import { OwnSms, SmsCheck, SmsLogin, SmsPhone } from './bodies.js';
import { loginEndpoint, OK } from './endpoint.js';

/** What people prove by reading a message. */
export function messageRoutes({ hosts, messages, limits: { perAccount, perSecret } }: AccountParts) {
  return {
    hserveSmsSend: jsonEndpoint('POST', '/hserve/v2.2/sms-verification-code/', SmsPhone, async ({ phone }, ctx) => {
      await messages.sendSmsCode(ctx.context, phone);
      return OK;
    }),

    hserveSmsVerify: jsonEndpoint('POST', '/hserve/v1.8/sms-verification-code/verify/', SmsCheck, async (body, ctx) => {
      await checkSmsCode(ctx.context, perSecret, body);
      return OK;
    }),

    hserveLoginSms: loginEndpoint('/hserve/v2.1/login/sms/', SmsLogin, (body, context) =>
      signInWithSms(context, hosts, perSecret, body),
    ),

    /** The number that the user wrote down becomes one that they have proved. */
    hservePhoneVerify: jsonEndpoint('POST', '/hserve/v2.1/sms-phone-verification/', OwnSms, async (body, ctx) => {
      const { user } = await currentSession(ctx);
      if (!user.phoneNumber) throw new Refusal('INVALID_REQUEST', { message: 'The user has no phone number.' });
      await giveSmsPhone(ctx, hosts, perSecret, { phone: user.phoneNumber, smsCode: body.smsCode });
      return OK;
    }),

    hserveEmailVerify: jsonEndpoint('POST', '/hserve/v2.0/user/email-verify/', z.unknown(), async (_, ctx) => {
      const { user } = await currentSession(ctx);
      if (!user.email || isReserved(user.email)) {
        throw new Refusal('INVALID_REQUEST', { message: 'The user has no email address.' });
      }
      await countRequest(ctx.context.adapter, `user ${user.id}`, perAccount);
      await messages.sendEmailToken(ctx.context, user, user.email);
      return OK;
    }),

    hservePasswordReset: jsonEndpoint('POST', '/hserve/v2.0/user/password/reset/', EmailOnly, async (body, ctx) => {
      await messages.resetPassword(ctx.context, body.email);
      return OK;
    }),
  };
}
