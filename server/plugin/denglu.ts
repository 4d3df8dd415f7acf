import { type AuthContext, BetterAuthError, type BetterAuthPlugin } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { bearer } from 'better-auth/plugins/bearer';
import type { AvatarStore } from '../avatars/store.js';
import { Refusal } from '../errors.js';
import { baidu } from '../hosts/baidu.js';
import type { BaiduOptions } from '../hosts/baidu-api.js';
import { wechat } from '../hosts/wechat.js';
import type { WechatOptions } from '../hosts/wechat-api.js';
import { hserveRoutes } from '../hserve/routes.js';
import type { Sender } from '../messages/sender.js';
import { storeRefusal } from '../store-errors.js';
import { accountEndpoints } from './account-endpoints.js';
import { anonymousEndpoints } from './anonymous-endpoints.js';
import { avatarEndpoints } from './avatar-endpoints.js';
import { toApiError } from './endpoint.js';
import { baiduEndpoints, wechatEndpoints } from './host-endpoints.js';
import { messageEndpoints } from './message-endpoints.js';
import { messages } from './messages.js';
import { profileEndpoints } from './profile-endpoints.js';
import { countAddress, type RateLimits } from './rate-limit.js';
import { hideReservedEmails, namesReservedEmail } from './reserved-email.js';
import { schema } from './schema.js';
import { otherSignatures } from './secrets.js';
import { sessionEndpoints } from './session-endpoints.js';
import type { SharedState } from './shared-state.js';
import { keepBeside } from './state-beside.js';

export interface DengluOptions {
  /** The app's mini-program on WeChat. There has to be one host at least. */
  wechat?: WechatOptions;
  /** The app's mini-program on Baidu. */
  baidu?: BaiduOptions;
  limits?: RateLimits;
  /** Whether requests are counted per address. Default true; whoever counts them earlier, sets it to false. */
  countAddresses?: boolean;
  /** Whether clients may write the profile of their user. Default false; the server itself always may. */
  profileUpdates?: boolean;
  /** Where uploaded pictures are kept. Without one, none are taken. */
  avatars?: AvatarStore;
  /** Whether the addresses of the BaaS SDK are there too. Default false; the HTTP side has to say refusals its way. */
  baas?: boolean;
  /** What brings SMS codes and mails to people. Without one, none are sent. */
  sender?: Sender;
  /** Where processes share counts, spent codes and the hosts' tokens. Default the database. */
  state?: SharedState;
}

/**
 * Sign-in for mini-programs, as a plugin of better-auth.
 *
 * It brings bearer tokens along, so that `auth.api.getSession({ headers })` knows its users. It wants a database adapter
 * with transactions, because a user, an identity and a session are written together or not at all.
 *
 * @throws BetterAuthError where there is no host; when better-auth starts, where its other options would undo a guarantee
 */
export function denglu(options: DengluOptions) {
  const { limits = {}, countAddresses = true, profileUpdates = false, avatars, baas = false } = options;
  const { perAccount = 60, perSecret = 10, perRecipient = 1 } = limits;
  const outgoing = messages(options.sender, perRecipient);
  const onWechat = options.wechat && wechat(options.wechat);
  const onBaidu = options.baidu && baidu(options.baidu);
  const hosts = [onWechat, onBaidu].filter((host) => host !== undefined);
  if (hosts.length === 0) throw new BetterAuthError('denglu needs a host: set `wechat`, `baidu` or both.');
  const updates = { perAccount, fromClients: profileUpdates };
  const accounts = { hosts, messages: outgoing, limits: { perAccount, perSecret } };
  const signedTokens = bearer({ requireSignature: true });

  return {
    id: 'denglu',
    schema,
    endpoints: {
      ...(onWechat && wechatEndpoints(onWechat, updates)),
      ...(onBaidu && baiduEndpoints(onBaidu, updates)),
      ...sessionEndpoints(hosts),
      ...profileEndpoints({ ...updates, hosts, avatars }),
      ...avatarEndpoints(avatars, profileUpdates, perAccount),
      ...accountEndpoints(accounts),
      ...anonymousEndpoints(),
      ...messageEndpoints(hosts, outgoing, { perAccount, perSecret }),
      ...(baas && hserveRoutes(onWechat, onBaidu, accounts, updates)),
    },
    hooks: {
      before: [
        otherSignatures,
        ...signedTokens.hooks.before,
        {
          matcher: (ctx) => namesReservedEmail(ctx.body),
          handler: createAuthMiddleware(async () => {
            throw toApiError(new Refusal('INVALID_REQUEST', { message: 'This email address is reserved.' }));
          }),
        },
      ],
    },
    init(context) {
      refuseUnsafeOptions(context);
      const adapter = hideReservedEmails(context.adapter);
      if (options.state) keepBeside(adapter, options.state);
      return { context: { adapter } };
    },
    async onRequest(request, context): Promise<{ response: Response } | undefined> {
      if (!countAddresses) return;
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith(`${new URL(context.baseURL).pathname}/denglu/`)) return;
      try {
        await countAddress(context, request, limits);
      } catch (error) {
        const refusal = error instanceof Refusal ? error : storeRefusal(error);
        if (!refusal) throw error;
        return { response: Response.json(refusal.body, { status: refusal.status, headers: refusal.headers }) };
      }
    },
  } satisfies BetterAuthPlugin;
}

function refuseUnsafeOptions({ adapter, options }: AuthContext): void {
  if (!adapter.options?.adapterConfig.transaction) {
    throw new BetterAuthError('denglu needs a database adapter with transactions: set `transaction`.');
  }
  const other = options.plugins?.find(({ id }) => id === 'bearer');
  if (other && !other.options?.requireSignature) {
    throw new BetterAuthError('bearer() without `requireSignature` lets in whoever reads the session table.');
  }
}
