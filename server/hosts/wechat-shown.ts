import { Refusal } from '../errors.js';
import type { Profile, ShownProfile } from './host.js';
import { NOTHING, shownDetails } from './shown-details.js';

/**
 * What a profile shows of its person. The stand-in of W-08, 微信用户 with the grey avatar or with none, shows nobody: of it
 * nothing is kept. It is not refused, because the login code that came with it is spent by then, and its key is wanted.
 *
 * Clients may call more than that a stand-in, since the form that they show instead costs nothing; here somebody who is
 * called so, and has a picture of their own, keeps both.
 */
export function shownProfile(shown: ShownProfile): Profile {
  const { nickName, avatarUrl } = shown;
  const isGrey = !avatarUrl || GREY_AVATARS.some((picture) => avatarUrl.includes(picture));
  if (nickName?.trim() === '微信用户' && isGrey) return NOTHING;
  return { nickname: nickName || null, avatarUrl: avatarUrl || null, ...shownDetails(shown) };
}

/**
 * The same of what came without a signature (W-06): anybody could have written it, so its picture has to be where
 * WeChat keeps them. Another one is refused, as it is beside a nickname that was typed in: no honest app sends it.
 *
 * @throws Refusal `INVALID_REQUEST`
 */
export function plainProfile(shown: ShownProfile): Profile {
  if (shown.avatarUrl && !isOfWechat(shown.avatarUrl)) {
    throw new Refusal('INVALID_REQUEST', { message: 'The picture is none of the host’s own.' });
  }
  return shownProfile(shown);
}

function isOfWechat(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, host } = new URL(address);
  return protocol === 'https:' && !username && !password && /^([a-z\d-]+\.)*qlogo\.cn$/.test(host);
}

/** What the addresses of the grey avatar have in common, whatever their size: of the app itself, and of plugins. */
const GREY_AVATARS = [
  'POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg',
  'icTdbqWNOwNRna42FI242Lcia07jQodd2FJGIYQfG0LAJGFxM4FbnQP6yfMxBgJ0F3YRqJCJ1aPAK2dQagdusBZg',
];
