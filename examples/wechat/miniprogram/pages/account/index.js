import { failureText } from 'denglu';
import { auth } from '../../auth';
import { followUser } from '../../follow-user';
import { locale } from '../../locale';
import { texts } from '../../texts';

Page({
  data: {
    texts: texts.account,
    /** @type {import('../../follow-user').ShownUser | null} */
    user: null,
    saving: false,
    /** What became of the settings. */
    outcome: '',
  },

  unfollow() {},

  /**
   * There is no component for the settings: a page opens the flow, follows it, and leaves it.
   *
   * @type {import('denglu').SettingsFlow | null}
   */
  settings: null,

  onLoad() {
    this.unfollow = followUser((user) => this.setData({ user }));
    this.settings = auth.settings();
    this.settings.subscribe(({ busy, state, failure }) => {
      const saved = state === 'saved' ? texts.account.saved : '';
      this.setData({ saving: busy, outcome: failure ? failureText(failure.kind, locale) : saved });
    });
  },

  onUnload() {
    this.unfollow();
    this.settings?.leave();
  },

  /** The form in the slot is this page's own, so it is for this page to bring the button back. */
  onProfileSaved() {
    this.selectComponent('#profile').closeForm();
  },

  /**
   * What was left empty stays as it is.
   *
   * @param {WechatMiniprogram.FormSubmit} event
   */
  onSave({ detail }) {
    const { username, currentPassword, password } = detail.value;
    if (username || password) this.settings?.save({ username, currentPassword, password });
  },

  onSignOut() {
    auth.signOut();
  },
});
