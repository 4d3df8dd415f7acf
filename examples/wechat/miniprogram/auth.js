import { createAuth } from 'denglu';
import { server } from 'denglu/adapters/server';
import { wechat } from 'denglu/adapters/wechat';
import { baseUrl } from './config';

/** The one sign-in of this app. Its components find it by themselves. */
export const auth = createAuth({
  platform: wechat(),
  backend: server({ baseUrl }),
  // A new account is made on the page that asks for the terms, and nowhere else.
  defaults: { createUser: false },
  // app.json says `__usePrivacyCheck__`, and the pages have a <privacy-popup />.
  ownPrivacyPopup: true,
});
