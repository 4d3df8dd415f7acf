import type { ProfileFlow, ProfileOptions, ProfileSnapshot } from '../../machines/profile-flow.js';
import { syncFrom } from '../attributes.js';
import { flowControl } from '../flow-control.js';
import { canChooseAvatar } from '../host.js';
import { noAuth } from '../no-auth.js';
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
  let nickname = '';
  /** Whether the person has typed since the last success: the input is theirs then. */
  let hasTyped = false;

  const control = flowControl<ProfileOptions, ProfileSnapshot, ProfileFlow>(surface, {
    options: () => ({ desc: '', way: 'avatarNickname', sync: syncFrom(surface.properties().sync) ?? 'overwrite' }),
    open(auth, options) {
      const flow = auth.profile(options);
      // A host without the picture button would begin with another way; the name can be typed in anywhere.
      if (flow.getSnapshot().by !== 'form') flow.fillIn();
      return flow;
    },
    isAtRest: (flow) => !flow.getSnapshot().busy && flow.getSnapshot().avatar === null,
    done: ['saved'],
    again: 'tapAgain',
    render: () => render(),
  });
  const { page } = control;

  const render = () => {
    if (!page.isHeld) return;
    const { disabled, texts } = surface.properties();
    const user = page.auth?.getSnapshot().user;
    const snapshot = control.snapshot();
    if (snapshot?.state === 'saved') hasTyped = false;
    if (!hasTyped) nickname = user?.nickname ?? '';
    const props = { disabled, texts, avatar: user?.avatarUrl ?? '', nickname, canChoose: canChooseAvatar() };
    surface.show(connect(snapshot, props, control.locale()));
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
      control.hold();
    },
    release: control.release,
    refresh: control.refresh,

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
        control.fail(noAuth().kind);
        return;
      }
      // What the host shows then is what was typed, and another name that the server keeps is news to it.
      nickname = typed;
      hasTyped = true;
      flow.submit(typed);
    },
  };
}
