import type { Auth } from '../../machines/auth.js';
import type { PrivacyPopup } from '../../machines/auth-privacy.js';
import { type Bond, bond } from '../bond.js';
import { changesOf } from '../changes.js';
import type { Declared } from '../declared.js';
import type { Tell } from '../event.js';
import { hostObject } from '../host.js';
import { localeFrom } from '../locale.js';
import type { WechatNativeEvent } from '../wechat-events.js';
import { connect, type PrivacyPopupView } from './connect.js';
import type { PrivacyPopupEvents, PrivacyPopupProperties } from './types.js';

const properties = {
  locale: { type: String, value: '' },
  texts: { type: Object, value: {} },
};

const data: { view: PrivacyPopupView } = {
  view: { asking: false, name: '', title: '', before: '', after: '', agree: '', refuse: '' },
};

type Methods = {
  follow(auth: Auth | null): void;
  render(): void;
  onName(): void;
  onAgree(event: Pick<WechatNativeEvent<'agreeprivacyauthorization'>, 'currentTarget'>): void;
  onRefuse(): void;
  keepStill(): void;
  tell: Tell<PrivacyPopupEvents>;
};

interface Parts {
  bond?: Bond;
  /** The auth whose privacy is followed. */
  followed?: Auth | null;
  popup?: PrivacyPopup | null;
  unsubscribe?: (() => void) | undefined;
  isShown?: boolean;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class', 'denglu-agree-class', 'denglu-refuse-class'],
  properties: properties satisfies Declared<PrivacyPopupProperties>,
  data,

  observers: {
    'locale, texts'() {
      this.render();
    },
  },

  lifetimes: {
    attached() {
      this.isShown = true;
      this.bond = bond(hostObject(), () => this.follow(this.bond?.auth ?? null));
      this.bond.hold();
    },
    detached() {
      this.bond?.release();
      this.isShown = false;
      this.follow(null);
    },
  },

  pageLifetimes: {
    show() {
      this.isShown = true;
      this.popup?.shown();
      this.render();
    },
    hide() {
      this.isShown = false;
      this.popup?.hidden();
    },
  },

  methods: {
    /** The next popup is known before the last one goes, so that a question that is open finds it (W-16). */
    follow(auth) {
      if (auth === (this.followed ?? null)) return;
      const { popup, unsubscribe } = this;
      this.followed = auth;
      this.popup = auth?.privacy.popup() ?? null;
      this.unsubscribe = auth?.privacy.subscribe(() => this.render());
      if (this.isShown) this.popup?.shown();
      unsubscribe?.();
      popup?.detached();
      this.render();
    },

    render() {
      if (!this.bond?.isHeld) return;
      const { view: before, texts, locale } = this.data;
      const place = { isShown: this.isShown === true, isDrawn: before.asking };
      const snapshot = this.followed?.privacy.getSnapshot() ?? null;
      const view = connect(snapshot, { texts }, place, localeFrom(locale));
      // Nobody reads what is not asked: it crosses the bridge with the question (W-24).
      const next = view.asking ? view : { ...before, asking: false };
      const changes = changesOf('view', before, next);
      if (!changes) return;
      if (view.asking === before.asking) return this.setData(changes);
      this.setData(changes, () => {
        if (this.data.view.asking) this.popup?.seen();
      });
      this.tell('change', { asking: view.asking });
    },

    onName() {
      this.followed?.privacy.openContract();
    },

    onAgree({ currentTarget }) {
      this.popup?.agree(currentTarget.id);
      this.tell('agree', {});
    },

    onRefuse() {
      this.popup?.disagree();
      this.tell('refuse', {});
    },

    /** The page under the popup does not scroll: a touch that is caught goes no further. */
    keepStill() {},

    tell(event, detail) {
      if (this.bond?.isHeld) this.triggerEvent(event, detail);
    },
  },
});
