import { isSame } from '../../machines/is-same.js';
import { type Clock, systemClock } from '../../ports/clock.js';
import { switchFrom } from '../attributes.js';
import { type Bond, bond } from '../bond.js';
import { changesOf } from '../changes.js';
import type { Declared } from '../declared.js';
import type { FailureDetail } from '../details.js';
import type { Tell } from '../event.js';
import { hostObject } from '../host.js';
import { localeFrom } from '../locale.js';
import { looks } from '../looks.js';
import { connect, type SignInSheetView } from './connect.js';
import { type CloseReason, type Journey, type JourneyEvent, moved, notBegun, type SheetPart } from './journey.js';
import type { SignInSheetEvents, SignInSheetProperties } from './types.js';
import { waysFrom } from './ways.js';

const properties = {
  open: { type: Boolean, value: false },
  by: { type: String, value: 'phone silent' },
  terms: { type: Boolean, value: false },
  accepted: { type: Boolean, value: false },
  link: { type: Boolean, value: false },
  profile: { type: Boolean, value: false },
  done: { type: Boolean, value: false },
  closable: { type: Boolean, value: true },
  createUser: { type: null, value: null },
  withUnionId: { type: null, value: null },
  realtime: { type: Boolean, value: false },
  coupled: { type: Boolean, value: false },
  linkMode: { type: String, value: 'register' },
  linkBy: { type: String, value: '' },
  sync: { type: null, value: null },
  ...looks,
  agreementTexts: { type: Object, value: {} },
  phoneTexts: { type: Object, value: {} },
  loginTexts: { type: Object, value: {} },
  linkTexts: { type: Object, value: {} },
  profileTexts: { type: Object, value: {} },
  customTitle: { type: Boolean, value: false },
  customTerms: { type: Boolean, value: false },
  customLinks: { type: Boolean, value: false },
  customSignIn: { type: Boolean, value: false },
  customLink: { type: Boolean, value: false },
  customProfile: { type: Boolean, value: false },
  customDone: { type: Boolean, value: false },
  customPassword: { type: Boolean, value: false },
  customAside: { type: Boolean, value: false },
  customClose: { type: Boolean, value: false },
};

const data: { view: SignInSheetView } = {
  view: {
    place: 'gone',
    step: 'signIn',
    name: '',
    title: '',
    note: '',
    signIn: false,
    link: false,
    profile: false,
    first: 'phone',
    second: '',
    offersSecond: false,
    silentTexts: {},
    passwordLabel: '',
    offersPassword: false,
    terms: false,
    missing: false,
    termsHint: '',
    accepted: null,
    createUser: null,
    linkMode: 'register',
    aside: '',
    finish: '',
    close: '',
  },
};

type Told = { type: string; detail: FailureDetail };
type Progress = { detail: { state: string; busy: boolean } };

type Methods = {
  move(event: JourneyEvent): void;
  render(changed?: { accepted?: boolean; open?: false }): void;
  isHalted(): boolean;
  close(by: CloseReason): void;
  leave(): void;
  note(part: SheetPart, isAwaited: boolean): void;
  refuse(part: SheetPart, event: Told): void;
  next(): void;
  onAccept(event: { detail: { accepted: boolean } }): void;
  onWay(): void;
  onPhoneChange(event: Progress): void;
  onPhoneSuccess(): void;
  onPhoneFailure(event: Told): void;
  onSilentTap(): void;
  onSilentSuccess(): void;
  onSilentFailure(event: Told): void;
  onPassword(): void;
  onLinkChange(event: Progress): void;
  onLinkSuccess(): void;
  onLinkFailure(event: Told): void;
  onProfileChange(event: Progress): void;
  onProfileSuccess(): void;
  onProfileFailure(event: Told): void;
  onAside(): void;
  onFinish(): void;
  onClose(): void;
  onMask(): void;
  onMoved(): void;
  keepStill(): void;
  tell: Tell<SignInSheetEvents>;
};

interface Parts {
  bond?: Bond;
  journey?: Journey;
  /** Whether a tap has met terms that are not accepted. */
  termsAsked?: boolean;
  /** Ends the way off the page where the host tells of no animation. */
  leaving?: ReturnType<Clock['setTimeout']>;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: [
    'denglu-class',
    'denglu-title-class',
    'denglu-note-class',
    'denglu-button-class',
    'denglu-input-class',
    'denglu-hint-class',
  ],
  properties: properties satisfies Declared<SignInSheetProperties>,
  data,

  observers: {
    open(open: boolean) {
      const isOpen = this.journey?.place === 'open';
      if (open && !isOpen) this.move({ type: 'OPENED' });
      else if (!open && isOpen) this.close('page');
    },
    accepted() {
      this.termsAsked = false;
      this.render();
    },
    'by, terms, link, linkMode, createUser, closable, locale, texts, loginTexts'() {
      this.render();
    },
  },

  lifetimes: {
    attached() {
      this.journey = notBegun;
      this.bond = bond(hostObject(), ({ user }) => {
        if (user !== this.journey?.user) this.move({ type: 'USER', user });
        if (user) this.note('silent', false);
      });
      this.bond.hold();
      if (this.data.open) this.move({ type: 'OPENED' });
      else this.render();
    },
    detached() {
      this.bond?.release();
      systemClock.clearTimeout(this.leaving);
    },
  },

  pageLifetimes: {
    /** What nobody sees moves no more. */
    hide() {
      this.move({ type: 'LEFT' });
    },
  },

  methods: {
    /** Whoever is told is told of what has happened, each thing once. */
    move(event) {
      if (!this.bond?.isHeld) return;
      const { link, profile, done } = this.data;
      const before = this.journey ?? notBegun;
      const after = moved(before, event, { link, profile, done });
      this.journey = after;
      if (after.place === 'leaving' && before.place !== 'leaving') this.leave();
      const isOpening = event.type === 'OPENED';
      const isClosing = after.place !== 'open' && (isOpening || before.place === 'open');
      const isOther = after.place === 'open' && (isOpening || after.step !== before.step);
      if (isOpening) this.termsAsked = false;
      this.render(isClosing && this.data.open ? { open: false } : {});
      if (isOther) this.tell('change', { step: after.step });
      if (after.isThrough && after.user && (isOpening || !before.isThrough)) this.tell('success', { user: after.user });
      if (isClosing) this.tell('close', { reason: after.closedBy });
    },

    /** @param changed properties that change themselves: they cross the bridge with what they look like (W-24) */
    render(changed = {}) {
      if (!this.bond?.isHeld) return;
      const { view: before, by, linkMode, createUser, locale, ...props } = { ...this.data, ...changed };
      const view = connect(
        this.journey ?? notBegun,
        {
          ...props,
          ways: waysFrom(by),
          linkMode: linkMode === 'signIn' ? 'signIn' : 'register',
          createUser: switchFrom(createUser),
          termsAsked: this.termsAsked === true,
        },
        localeFrom(locale),
      );
      if (isSame(before.silentTexts, view.silentTexts)) view.silentTexts = before.silentTexts;
      // Nobody reads what is off the page: it crosses the bridge with the opening.
      const next = view.place === 'gone' ? { ...before, place: view.place } : view;
      const changes = { ...changesOf('view', before, next), ...changed };
      if (Object.keys(changes).length > 0) this.setData(changes);
    },

    isHalted() {
      const { terms, accepted } = this.data;
      return terms && !accepted;
    },

    close(by) {
      this.move({ type: 'CLOSED', by });
    },

    leave() {
      systemClock.clearTimeout(this.leaving);
      this.leaving = systemClock.setTimeout(() => this.move({ type: 'LEFT' }), LEAVES_WITHIN);
    },

    note(part, isAwaited) {
      if (this.journey?.awaited.includes(part) !== isAwaited) this.move({ type: 'AWAITED', part, isAwaited });
    },

    /** That nobody is registered is no failure where there is a step for it (G-18). */
    refuse(part, { type, detail }) {
      this.note(part, false);
      const before = this.journey?.step;
      this.move({ type: 'REFUSED', kind: detail.kind });
      if (this.journey?.step === before) this.tell(type === 'denied' ? 'denied' : 'failure', detail);
    },

    /** For pages: the step that a slot has replaced is done, or left out. */
    next() {
      this.move({ type: 'PASSED' });
    },

    onAccept({ detail: { accepted } }) {
      this.termsAsked = false;
      this.render({ accepted });
    },

    /** The buttons hear the same tap, and ask for nothing before the terms are accepted (G-16). */
    onWay() {
      if (!this.isHalted() || this.data.disabled) return;
      this.termsAsked = true;
      this.render();
    },

    /** While a sheet may be open, or its answer is exchanged, the button stays until it has told what came of it (G-15). */
    onPhoneChange({ detail: { state, busy } }) {
      if (busy || state === 'asking' || state === 'unanswered') this.note('phone', true);
      else if (WITHOUT_OUTCOME.includes(state)) this.note('phone', false);
    },

    onPhoneSuccess() {
      this.note('phone', false);
    },

    onPhoneFailure(event) {
      this.refuse('phone', event);
    },

    /** The button has heard this tap before. */
    onSilentTap() {
      const { busy, status } = this.bond?.auth?.getSnapshot() ?? {};
      if (busy && status !== 'signingOut' && !this.isHalted() && !this.data.disabled) this.note('silent', true);
    },

    onSilentSuccess() {
      this.note('silent', false);
    },

    onSilentFailure(event) {
      this.refuse('silent', event);
    },

    onPassword() {
      if (!this.isHalted() && !this.data.disabled) this.move({ type: 'PASSWORD' });
    },

    onLinkChange({ detail: { busy } }) {
      if (busy) this.note('link', true);
    },

    onLinkSuccess() {
      this.note('link', false);
      this.move({ type: 'PASSED' });
    },

    onLinkFailure(event) {
      this.refuse('link', event);
    },

    onProfileChange({ detail: { busy } }) {
      if (busy) this.note('profile', true);
    },

    onProfileSuccess() {
      this.note('profile', false);
      this.move({ type: 'PASSED' });
    },

    onProfileFailure(event) {
      this.refuse('profile', event);
    },

    onAside() {
      const isBack = this.journey?.step === 'link' && !this.journey.user;
      if (!this.data.disabled) this.move({ type: isBack ? 'BACK' : 'PASSED' });
    },

    onFinish() {
      this.close('done');
    },

    onClose() {
      if (this.data.closable) this.close('button');
    },

    onMask() {
      if (this.data.closable) this.close('mask');
    },

    onMoved() {
      this.move({ type: 'LEFT' });
    },

    /** The page under the sheet does not scroll: a touch that is caught goes no further. */
    keepStill() {},

    /** Events carry what views may know, never the session's token (G-23). */
    tell(event, detail) {
      this.triggerEvent(event, detail);
    },
  },
});

/** Longer than the animation, in milliseconds. */
const LEAVES_WITHIN = 1000;

/** Where a question was withdrawn, or one more tap is asked for: nothing else is told of that. */
const WITHOUT_OUTCOME: readonly string[] = ['inviting', 'wantingAnotherTap'];
