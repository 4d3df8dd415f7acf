import type { PhoneFlow, PhoneOptions, PhoneSnapshot } from '../../machines/phone-flow.js';
import type { Failure } from '../../ports/failure.js';
import { switchFrom } from '../attributes.js';
import { flowControl } from '../flow-control.js';
import { hasHostLogin } from '../host.js';
import { noAuth } from '../no-auth.js';
import type { GivenLooks, Lifetime, Surface } from '../surface.js';
import { connect, type PhoneButtonView } from './connect.js';
import type { PhoneButtonTexts } from './texts.js';
import type { PhoneButtonEvents } from './types.js';

/** As a page gives them: what may be left out is `null` or `undefined`. */
export interface PhoneButtonGiven extends GivenLooks<PhoneButtonTexts> {
  readonly mode: string;
  readonly createUser: unknown;
  readonly withUnionId: unknown;
  readonly overwrite: boolean;
  readonly realtime: boolean;
  readonly coupled: boolean;
  readonly accepted: unknown;
}

/** What a person and the host do to the button. */
export interface PhoneButtonControl extends Lifetime {
  /** The host's button was tapped. The question begins in the tap itself (G-10). */
  tap(): void;
  /** The plain button in its place was. */
  want(): void;
  /** The host's login button has told its event (B-01). */
  hostLogin(): void;
  /** @param detail of the host's event */
  answer(detail: unknown): void;
  /** Whether the terms are accepted may have changed (G-16). */
  refreshTerms(): void;
  /** Whether its page lies under another: nothing is made ready there (G-02). */
  setHidden(isHidden: boolean): void;
}

/** A phone button, wherever it is shown. */
export function controlPhoneButton(
  surface: Surface<PhoneButtonGiven, PhoneButtonView, PhoneButtonEvents>,
): PhoneButtonControl {
  let shown: PhoneButtonView | null = null;
  let isHidden = false;
  /** Whether a tap has met terms that are not accepted. */
  let termsAsked = false;
  /** A tap on the plain button, and the failure that was known then: another one answers it. */
  let wanted: { failure: Failure | null } | null = null;
  let otherWayOffered = false;

  const control = flowControl<PhoneOptions, PhoneSnapshot, PhoneFlow>(surface, {
    options: () => optionsFrom(surface.properties()),
    open(auth, options) {
      const flow = auth.phone({ ...options, terms: switchFrom(surface.properties().accepted) === false });
      if (isHidden) flow.hidden();
      return flow;
    },
    isAtRest: (flow) => !flow.getSnapshot().busy && !flow.getSnapshot().frozen,
    done: ['succeeded'],
    again: 'wantingAnotherTap',
    render: () => render(),
  });
  const { page } = control;

  const render = () => {
    if (!page.isHeld) return;
    const snapshot = control.snapshot();
    if (snapshot?.busy || snapshot?.frozen || snapshot?.failure !== wanted?.failure) wanted = null;
    otherWayOffered = snapshot !== null && (snapshot.otherWay || (otherWayOffered && snapshot.state !== 'succeeded'));
    const { mode, disabled, texts } = surface.properties();
    shown = connect(
      snapshot,
      {
        mode: mode === 'update' ? 'update' : 'signIn',
        disabled,
        texts,
        termsAsked,
        wanted: wanted !== null,
        otherWayOffered,
        hostLogin: hasHostLogin(),
      },
      control.locale(),
    );
    surface.show(shown);
  };

  /** What is missing is made ready, for one more tap. */
  const want = () => {
    const flow = page.use();
    if (!flow) {
      control.fail(noAuth().kind);
      return;
    }
    const { state, termsMissing, failure } = flow.getSnapshot();
    if (state === 'unsupported') {
      control.fail(state);
      return;
    }
    termsAsked = termsMissing;
    if (!termsMissing) {
      control.expect();
      wanted = { failure };
    }
    flow.want();
    render();
  };

  return {
    hold: control.hold,
    release: control.release,
    refresh: control.refresh,
    refreshTerms() {
      termsAsked = false;
      page.flow?.acceptTerms(switchFrom(surface.properties().accepted) ?? true);
      render();
    },

    setHidden(hidden) {
      isHidden = hidden;
      if (hidden) page.flow?.hidden();
      else page.flow?.shown();
    },

    tap() {
      if (shown?.disabled) return;
      control.expect();
      page.use()?.ask();
    },

    want() {
      // The host has its own answer to a tap on its login button, and tells when that is over.
      if (!shown?.disabled && !shown?.hostLogin) want();
    },

    hostLogin: want,

    answer: (detail) => page.flow?.answer(detail),
  };
}

function optionsFrom(properties: PhoneButtonGiven): PhoneOptions {
  const { mode, createUser, withUnionId, overwrite, realtime, coupled } = properties;
  if (mode === 'update') return { realtime, coupled, mode, overwrite };
  const user = { createUser: switchFrom(createUser), withUnionId: switchFrom(withUnionId) };
  return { realtime, coupled, mode: 'signIn', ...user };
}
