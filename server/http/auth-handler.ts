import { runWithAdapter } from '@better-auth/core/context';
import type { AuthContext } from 'better-auth';
import { router } from 'better-auth/api';

/**
 * Answers requests as `auth.handler` does, by routes that are made once. better-auth makes them anew for each request, as
 * its address and the origins it trusts may be told by the request; here neither is.
 *
 * @param auth a better-auth with a fixed `baseURL`, and origins that are not checked
 */
export function authHandler(auth: { $context: Promise<object> }): (request: Request) => Promise<Response> {
  const made = auth.$context.then((own) => {
    // Its type names the options, and better-auth's own functions take none that does.
    const context = own as AuthContext;
    return { adapter: context.adapter, routes: router(context, context.options) };
  });
  return async (request) => {
    const { adapter, routes } = await made;
    return runWithAdapter(adapter, () => routes.handler(request));
  };
}
