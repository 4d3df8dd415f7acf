import { changesOf } from '../changes.js';
import { hostObject } from '../host.js';
import { looks } from '../looks.js';
import type { AvatarNicknameView } from './connect.js';
import { type AvatarNicknameControl, controlAvatarNickname } from './control.js';

const properties = {
  /** What may be replaced: `overwrite`, `setnx` for only what was never set, or `false`; left out, `overwrite`. */
  sync: { type: null, value: null },
  ...looks,
};

const data: { view: AvatarNicknameView } = {
  view: {
    avatar: '',
    nickname: '',
    canChoose: true,
    choose: '',
    placeholder: '',
    label: '',
    hint: '',
    busy: false,
    disabled: false,
  },
};

type Methods = {
  onAvatar(event: { detail: { avatarUrl?: string } }): void;
  onType(): void;
  onReview(event: { detail: { pass: boolean; timeout: boolean } }): void;
  onSubmit(event: { detail: { value: { nickname?: string } } }): void;
};

interface Parts {
  control?: AvatarNicknameControl;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  externalClasses: ['denglu-class', 'denglu-avatar-class', 'denglu-input-class', 'denglu-hint-class'],
  properties,
  data,

  observers: {
    'sync, disabled, locale, texts'() {
      this.control?.refresh();
    },
  },

  lifetimes: {
    attached() {
      this.control ??= controlAvatarNickname({
        host: hostObject(),
        properties: () => this.data,
        show: (view) => {
          const changes = changesOf('view', this.data.view, view);
          if (changes) this.setData(changes);
        },
        tell: (event, detail) => this.triggerEvent(event, detail),
      });
      this.control.hold();
    },
    detached() {
      this.control?.release();
    },
  },

  methods: {
    onAvatar({ detail }) {
      if (detail.avatarUrl) this.control?.chooseAvatar(detail.avatarUrl);
    },
    onType() {
      this.control?.type();
    },
    onReview({ detail }) {
      this.control?.review(detail);
    },
    onSubmit({ detail }) {
      this.control?.submit(detail.value.nickname ?? '');
    },
  },
});
