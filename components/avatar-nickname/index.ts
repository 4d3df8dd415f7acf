import type { Declared } from '../declared.js';
import { looks } from '../looks.js';
import { hold, showView } from '../native-surface.js';
import type { WechatNativeEvents } from '../wechat-events.js';
import type { AvatarNicknameView } from './connect.js';
import { type AvatarNicknameControl, controlAvatarNickname } from './control.js';
import type { AvatarNicknameProperties } from './types.js';

const properties = {
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
  render(view: AvatarNicknameView): void;
  onAvatar(event: { detail: { avatarUrl?: string } }): void;
  onType(): void;
  onReview(event: { detail: WechatNativeEvents['nicknamereview'] }): void;
  onSubmit(event: { detail: { value: { nickname?: string } } }): void;
};

interface Parts {
  control?: AvatarNicknameControl;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  externalClasses: ['denglu-class', 'denglu-avatar-class', 'denglu-input-class', 'denglu-hint-class'],
  properties: properties satisfies Declared<AvatarNicknameProperties>,
  data,

  observers: {
    'sync, disabled, locale, texts'() {
      this.control?.refresh();
    },
  },

  lifetimes: {
    attached() {
      hold(this, controlAvatarNickname);
    },
    detached() {
      this.control?.release();
    },
  },

  methods: {
    render(view) {
      showView(this, view);
    },
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
