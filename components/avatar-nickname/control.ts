import type { ProfileFlow, ProfileOptions, ProfileSnapshot } from '../../machines/profile-flow.js';
import { failureText } from '../../ports/failure.js';
import { syncFrom } from '../attributes.js';
import type { Tell } from '../event.js';
import { canChooseAvatar } from '../host.js';
import { localeFrom } from '../locale.js';
import { noAuth } from '../no-auth.js';
import { type Outcomes, outcomes } from '../outcomes.js';
import { pageFlow } from '../page-flow.js';
import type { GivenLooks, Lifetime, Surface } from '../surface.js';
import { type AvatarNicknameView, connect } from './connect.js';
import type { AvatarNicknameTexts } from './texts.js';
import type { AvatarNicknameEvents } from './types.js';

/** As a page gives them: what may be left out is `null` or `undefined`. */
export interface AvatarNicknameGiven extends GivenLooks<AvatarNicknameTexts> {
  readonly sync: unknown;
}

/** What a person does to the form. */
export interface AvatarNicknameControl extends Lifetime {
  /** It may come after the page has disabled the form: the person had chosen by then (G-15). */
  chooseAvatar(path: string): void;
  type(): void;
  /** @param review the `detail` of the host's event (W-12) */
  review(review: { pass: boolean; timeout: boolean }): void;
  /** @param nickname what stands in the form now, not what blur or confirm told (G-22) */
  submit(nickname: string): void;
}

/** The form with avatar and nickname, wherever it is shown. */
export function controlAvatarNickname(
  surface: Surface<AvatarNicknameGiven, AvatarNicknameView, AvatarNicknameEvents>,
): AvatarNicknameControl {
  let told: Outcomes<ProfileSnapshot> | null = null;
  let nickname = '';
  /** Whether the person has typed since the last success: the input is theirs then. */
  let hasTyped = false;

  const page = pageFlow<ProfileOptions, ProfileFlow>(surface.host, {
    options: () => ({ desc: '', way: 'avatarNickname', sync: syncFrom(surface.properties().sync) ?? 'overwrite' }),
    open(auth, options) {
      const flow = auth.profile(options);
      // A host without the picture button would begin with another way; the name can be typed in anywhere.
      if (flow.getSnapshot().by !== 'form') flow.fillIn();
      return flow;
    },
    isAtRest: (flow) => !flow.getSnapshot().busy && flow.getSnapshot().avatar === null,
    onChange() {
      const snapshot = snapshotNow();
      if (snapshot?.state === 'saved') hasTyped = false;
      render();
      if (snapshot && page.isHeld) told?.follow(snapshot);
    },
  });
  const snapshotNow = () => page.flow?.getSnapshot() ?? null;
  const locale = () => localeFrom(surface.properties().locale);

  /** Events carry what views may know, never the session's token (G-23). */
  const tell: Tell<AvatarNicknameEvents> = (event, detail) => {
    if (page.isHeld) surface.tell(event, detail);
  };

  const render = () => {
    if (!page.isHeld) return;
    const { disabled, texts } = surface.properties();
    const user = page.auth?.getSnapshot().user;
    if (!hasTyped) nickname = user?.nickname ?? '';
    const props = { disabled, texts, avatar: user?.avatarUrl ?? '', nickname, canChoose: canChooseAvatar() };
    surface.show(connect(snapshotNow(), props, locale()));
  };

  /** What was saved may be changed again. */
  const edit = () => {
    const flow = page.use();
    if (flow && flow.getSnapshot().by !== 'form') flow.fillIn();
    return flow;
  };

  return {
    hold() {
      hasTyped = false;
      told = outcomes<ProfileSnapshot>({
        done: 'saved',
        again: 'tapAgain',
        success: ({ user }) => ({ user }),
        locale,
        tell,
      });
      page.hold();
      render();
    },
    release: () => page.release(),
    refresh: () => page.refresh(),

    chooseAvatar: (path) => edit()?.chooseAvatar(path),

    type() {
      hasTyped = true;
      edit()?.typeNickname();
    },

    review: (review) => page.flow?.reviewNickname(review),

    submit(typed) {
      if (surface.properties().disabled) return;
      const flow = edit();
      if (!flow) {
        const { kind } = noAuth();
        tell('failure', { kind, text: failureText(kind, locale()) });
        return;
      }
      // What the host shows then is what was typed, and another name that the server keeps is news to it.
      nickname = typed;
      hasTyped = true;
      flow.submit(typed);
    },
  };
}
