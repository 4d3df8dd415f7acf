import type { ProfileFlow, ProfileOptions, ProfileSnapshot } from '../../machines/profile-flow.js';
import { failureText } from '../../ports/failure.js';
import { syncFrom } from '../attributes.js';
import { changesOf } from '../changes.js';
import { canChooseAvatar, hostObject } from '../host.js';
import { localeFrom } from '../locale.js';
import { looks } from '../looks.js';
import { noAuth } from '../no-auth.js';
import { type OutcomeEvent, type Outcomes, outcomes } from '../outcomes.js';
import { type PageFlow, pageFlow } from '../page-flow.js';
import { type AvatarNicknameView, connect } from './connect.js';

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
  options(): ProfileOptions;
  snapshot(): ProfileSnapshot | null;
  render(): void;
  edit(): ProfileFlow | null;
  onAvatar(event: { detail: { avatarUrl?: string } }): void;
  onType(): void;
  onReview(event: { detail: { pass: boolean; timeout: boolean } }): void;
  onSubmit(event: { detail: { value: { nickname?: string } } }): void;
  tell(event: OutcomeEvent, detail: object): void;
};

interface Parts {
  page?: PageFlow<ProfileFlow>;
  outcomes?: Outcomes<ProfileSnapshot>;
  /** Whether the person has typed since the last success: the input is theirs then. */
  hasTyped?: boolean;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  externalClasses: ['denglu-class', 'denglu-avatar-class', 'denglu-input-class', 'denglu-hint-class'],
  properties,
  data,

  observers: {
    'sync, disabled, locale, texts'() {
      this.page?.refresh();
    },
  },

  lifetimes: {
    attached() {
      this.hasTyped = false;
      this.outcomes = outcomes<ProfileSnapshot>({
        done: 'saved',
        again: 'tapAgain',
        success: ({ user }) => ({ user }),
        locale: () => localeFrom(this.data.locale),
        tell: (event, detail) => this.tell(event, detail),
      });
      this.page = pageFlow(hostObject(), {
        options: () => this.options(),
        open(auth, options) {
          const flow = auth.profile(options);
          // A host without the picture button would begin with another way; the name can be typed in anywhere.
          if (flow.getSnapshot().by !== 'form') flow.fillIn();
          return flow;
        },
        isAtRest: (flow) => !flow.getSnapshot().busy && flow.getSnapshot().avatar === null,
        onChange: () => {
          const snapshot = this.snapshot();
          if (snapshot?.state === 'saved') this.hasTyped = false;
          this.render();
          if (snapshot && this.page?.isHeld) this.outcomes?.follow(snapshot);
        },
      });
      this.page.hold();
      this.render();
    },
    detached() {
      this.page?.release();
    },
  },

  methods: {
    options() {
      return { desc: '', way: 'avatarNickname', sync: syncFrom(this.data.sync) ?? 'overwrite' };
    },

    snapshot() {
      return this.page?.flow?.getSnapshot() ?? null;
    },

    render() {
      if (!this.page?.isHeld) return;
      const { disabled, texts, locale, view: before } = this.data;
      const user = this.page.auth?.getSnapshot().user;
      const view = connect(
        this.snapshot(),
        {
          disabled,
          texts,
          avatar: user?.avatarUrl ?? '',
          nickname: this.hasTyped ? before.nickname : (user?.nickname ?? ''),
          canChoose: canChooseAvatar(),
        },
        localeFrom(locale),
      );
      const changes = changesOf('view', before, view);
      if (changes) this.setData(changes);
    },

    /** What was saved may be changed again. */
    edit() {
      const flow = this.page?.use() ?? null;
      if (flow && flow.getSnapshot().by !== 'form') flow.fillIn();
      return flow;
    },

    /** It may come after the page has disabled the form: the person had chosen by then (G-15). */
    onAvatar({ detail }) {
      if (detail.avatarUrl) this.edit()?.chooseAvatar(detail.avatarUrl);
    },

    onType() {
      this.hasTyped = true;
      this.edit()?.typeNickname();
    },

    onReview({ detail }) {
      this.page?.flow?.reviewNickname(detail);
    },

    /** The name is what stands in the form now, not what blur or confirm told (G-22). */
    onSubmit({ detail }) {
      if (this.data.disabled) return;
      const flow = this.edit();
      if (!flow) {
        const { kind } = noAuth();
        this.tell('failure', { kind, text: failureText(kind, localeFrom(this.data.locale)) });
        return;
      }
      flow.submit(detail.value.nickname ?? '');
    },

    /** Events carry what views may know, never the session's token (G-23). */
    tell(event, detail) {
      if (this.page?.isHeld) this.triggerEvent(event, detail);
    },
  },
});
