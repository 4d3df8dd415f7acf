import {
  AccountChanges,
  type AccountParts,
  Credentials,
  changeAccount,
  registerUser,
  signInWithPassword,
} from './accounts.js';
import { jsonEndpoint } from './endpoint.js';
import { answerUser } from './public-user.js';
import { publicSession } from './sessions.js';

/** Sign-in by name and password, and the account that it is for. */
export function accountEndpoints(parts: AccountParts) {
  return {
    /** `POST /denglu/register`: makes a user with a name and a password. */
    registerDenglu: jsonEndpoint('POST', '/denglu/register', Credentials, async (body, ctx) => {
      const signedIn = await registerUser(ctx.context, parts, body);
      ctx.setStatus(201);
      return publicSession(ctx.context, signedIn);
    }),

    /** `POST /denglu/password-sign-in`: a name and a password for a token. */
    signInDengluPassword: jsonEndpoint('POST', '/denglu/password-sign-in', Credentials, async (body, { context }) =>
      publicSession(context, await signInWithPassword(context, parts, body)),
    ),

    /** `PUT /denglu/account`: sets the names and the password that the next sign-in may be by. */
    setDengluAccount: jsonEndpoint('PUT', '/denglu/account', AccountChanges, async (body, ctx) =>
      answerUser(await changeAccount(ctx, parts, body)),
    ),
  };
}
