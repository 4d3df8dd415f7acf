import type { ProfileFlow, ProfileOptions, ProfileSnapshot } from '../../machines/profile-flow.js';
import type { Failure } from '../../ports/failure.js';
import type { ProfileWay } from '../../ports/profile.js';
import { switchFrom, syncFrom } from '../attributes.js';
import type { AvatarNicknameEvents } from '../avatar-nickname/types.js';
import { flowControl } from '../flow-control.js';
import { hasHostLogin } from '../host.js';
import { localeFrom } from '../locale.js';
import { noAuth } from '../no-auth.js';
import type { GivenLooks, Lifetime, Surface } from '../surface.js';
import { connect, isAsking, type ProfileButtonView } from './connect.js';
import type { ProfileButtonTexts } from './texts.js';
import type { ProfileButtonEvents } from './types.js';

/** As a page gives them: what may be left out is `null`, `undefined` or empty. */
export interface ProfileButtonGiven extends GivenLooks<ProfileButtonTexts> {
  readonly desc: string;
  readonly way: string;
  readonly sync: unknown;
  readonly createUser: unknown;
  readonly withUnionId: unknown;
}

/** What a person and the host do to the button. */
export interface ProfileButtonControl extends Lifetime {
  /** The plain button was tapped. What it asks begins in the tap itself (G-10). */
  tap(): void;
  /** The host's login button has told its event (B-01). */
  hostLogin(): void;
  /** The host's own button was. */
  hostTap(): void;
  /** @param detail of the host's event */
  answer(detail: unknown): void;
  /** The person would rather fill in the form. */
  fillIn(): void;
  /** @param detail of the form's own event */
  formSaved(detail: AvatarNicknameEvents['success']): void;
  formFailed(detail: AvatarNicknameEvents['failure']): void;
  formDenied(detail: AvatarNicknameEvents['denied']): void;
  /** Brings the button back; what was filled in and not saved is forgotten. */
  closeForm(): void;
}

/** A profile button, wherever it is shown. */
export function controlProfileButton(
  surface: Surface<ProfileButtonGiven, ProfileButtonView, ProfileButtonEvents>,
): ProfileButtonControl {
  let shown: ProfileButtonView | null = null;
  /** A tap that found nothing to ask by, and the failure that was known then: another one answers it. */
  let wanted: { failure: Failure | null } | null = null;
  let formWanted = false;
  let formSaved = false;
  let pressed = false;

  const control = flowControl<ProfileOptions, ProfileSnapshot, ProfileFlow>(surface, {
    options: () => optionsFrom(surface.properties()),
    open: (auth, options) => auth.profile(options),
    isAtRest: (flow) => {
      const snapshot = flow.getSnapshot();
      return !snapshot.busy && !isAsking(snapshot) && !pressed;
    },
    done: ['saved', 'signedIn'],
    again: 'tapAgain',
    render: () => render(),
  });
  const { page, tell } = control;

  const render = () => {
    if (!page.isHeld) return;
    const snapshot = control.snapshot();
    const isUnderWay = snapshot !== null && (snapshot.busy || isAsking(snapshot));
    if (isUnderWay || snapshot?.failure !== wanted?.failure) wanted = null;
    if (isUnderWay) formWanted = false;
    const { disabled, texts } = surface.properties();
    shown = connect(
      snapshot,
      {
        disabled,
        texts,
        wanted: wanted !== null,
        formWanted,
        formSaved,
        hostButton: shown?.hostButton ?? false,
        pressed,
        hostLogin: hasHostLogin(),
      },
      control.locale(),
    );
    surface.show(shown);
  };

  const closeForm = () => {
    formWanted = false;
    control.settle();
    if (page.flow?.getSnapshot().by === 'form') page.flow.cancel();
    render();
  };

  const ask = () => {
    const flow = page.use();
    if (!flow) {
      control.fail(noAuth().kind);
      return;
    }
    const { by, state, failure, busy } = flow.getSnapshot();
    if (state === 'unsupported') {
      control.fail(state);
      return;
    }
    formSaved = false;
    formWanted = true;
    control.expect();
    if (by === 'none' && !busy) wanted = { failure };
    flow.ask();
    render();
  };

  return {
    hold: control.hold,
    release() {
      page.release();
      pressed = false;
    },
    refresh: control.refresh,

    tap() {
      // The host has its own answer to a tap on its login button, and tells when that is over.
      if (!shown?.disabled && !shown?.hostLogin) ask();
    },

    hostLogin() {
      const snapshot = control.snapshot();
      // Where the host's own button asks, one more tap is on that.
      if (snapshot?.by !== 'hostButton') return ask();
      wanted = { failure: snapshot.failure };
      render();
    },

    hostTap() {
      if (shown?.disabled) return;
      pressed = true;
      page.use();
      control.expect();
    },

    answer(detail) {
      pressed = false;
      page.flow?.answer(detail);
      page.refresh();
    },

    fillIn() {
      if (surface.properties().disabled) return;
      formSaved = false;
      formWanted = true;
      page.use()?.fillIn();
      render();
    },

    formSaved(detail) {
      formSaved = true;
      closeForm();
      tell('success', detail);
    },

    formFailed: (detail) => tell('failure', detail),
    formDenied: (detail) => tell('denied', detail),
    closeForm,
  };
}

function optionsFrom({ desc, way, sync, createUser, withUnionId, locale }: ProfileButtonGiven): ProfileOptions {
  const lang = localeFrom(locale) === 'zh' ? 'zh_CN' : 'en';
  const wanted = WAYS.find((known) => known === way);
  return {
    desc,
    lang,
    sync: syncFrom(sync) ?? 'setnx',
    createUser: switchFrom(createUser),
    withUnionId: switchFrom(withUnionId),
    ...(wanted && { way: wanted }),
  };
}

const WAYS: readonly ProfileWay[] = ['avatarNickname', 'getUserProfile', 'getUserInfo'];
