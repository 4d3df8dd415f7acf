import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Host } from '../hosts/host.js';
import { jsonEndpoint } from './endpoint.js';
import { findIdentitiesOfUser, findIdentityOfSession } from './identities.js';
import { findUserByName, LoginNames, namesOf, refuseTakenNames } from './login-names.js';
import type { Messages } from './messages.js';
import { checkPassword, hashNewPassword, hasPassword, setPassword } from './passwords.js';
import { publicUser } from './public-user.js';
import { countRequest, type RateLimits } from './rate-limit.js';
import type { DengluUser } from './schema.js';
import { openSession, publicSession } from './sessions.js';
import { currentSession } from './token.js';
import { createUser, updateUser } from './users.js';
import { writeTogether } from './write-together.js';

const Password = z.string().min(1).max(1024);

const Credentials = LoginNames.extend({ password: Password }).refine(
  (body) => Object.keys(namesOf(body)).length === 1,
  'One of username, email and phone',
);

const Changes = LoginNames.extend({ password: Password.optional(), currentPassword: Password.optional() }).refine(
  ({ password, ...names }) => password !== undefined || Object.keys(namesOf(names)).length > 0,
  'Nothing to change',
);

/** Sign-in by name and password, and the account that it is for. */
export function accountEndpoints(
  hosts: readonly Host[],
  messages: Messages,
  limits: Required<Pick<RateLimits, 'perAccount' | 'perSecret'>>,
) {
  return {
    /** `POST /denglu/register`: makes a user with a name and a password. */
    registerDenglu: jsonEndpoint('POST', '/denglu/register', Credentials, async (body, ctx) => {
      const { context } = ctx;
      const hash = await hashNewPassword(context, body.password);
      const signedIn = await writeTogether(context, async (store) => {
        const names = namesOf(body);
        await refuseTakenNames(store, names);
        const user = await createUser(context, names);
        await setPassword(context, user.id, hash);
        return openSession(context, user, null);
      });
      if (body.email !== undefined) messages.verifyEmail(context, signedIn.user);
      ctx.setStatus(201);
      return publicSession(context, signedIn);
    }),

    /** `POST /denglu/password-sign-in`: a name and a password for a token. */
    signInDengluPassword: jsonEndpoint('POST', '/denglu/password-sign-in', Credentials, async (body, { context }) => {
      const names = namesOf(body);
      const name = createHash('sha256').update(JSON.stringify(names)).digest('hex');
      await countRequest(context.adapter, `password ${name}`, limits.perSecret);
      const user = await checkPassword(context, await findUserByName(context.adapter, names), body.password);
      const signedIn = await writeTogether(context, async (store) => {
        const [identity = null] = await findIdentitiesOfUser(store, hosts, user.id);
        return { ...(await openSession(context, user, null)), identity };
      });
      return publicSession(context, signedIn);
    }),

    /** `PUT /denglu/account`: sets the names and the password that the next sign-in may be by. */
    setDengluAccount: jsonEndpoint('PUT', '/denglu/account', Changes, async (body, ctx) => {
      const { context } = ctx;
      const asking = await currentSession(ctx);
      await countRequest(context.adapter, `user ${asking.user.id}`, limits.perAccount);
      let hash: string | undefined;
      if (body.password !== undefined) {
        if (await hasPassword(context, asking.user.id)) {
          await countRequest(context.adapter, `password ${asking.user.id}`, limits.perSecret);
          await checkPassword(context, asking.user, body.currentPassword ?? '');
        }
        hash = await hashNewPassword(context, body.password);
      }

      const { changed, identity } = await writeTogether(context, async (store) => {
        const current = await currentSession(ctx);
        const { user } = current;
        const names = namesOf(body);
        await refuseTakenNames(store, names, user.id);
        if (hash !== undefined) await setPassword(context, user.id, hash);
        const change = {
          ...names,
          ...(names.email !== undefined && { emailVerified: user.emailVerified && user.email === names.email }),
          ...(names.phoneNumber !== undefined && {
            phoneNumberVerified: user.phoneNumberVerified === true && user.phoneNumber === names.phoneNumber,
          }),
        };
        const changed: DengluUser = Object.keys(change).length > 0 ? await updateUser(context, user, change) : user;
        return { changed, identity: await findIdentityOfSession(store, hosts, current) };
      });
      if (body.email !== undefined && !changed.emailVerified) messages.verifyEmail(context, changed);
      return { user: publicUser(changed, identity) };
    }),
  };
}
