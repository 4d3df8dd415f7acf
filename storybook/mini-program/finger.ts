/** A button of the host as a press finds it, and as its event finds it later (G-15). */
export interface PressedButton {
  readonly openType?: string;
  readonly disabled: boolean;
  readonly id: string;
  readonly phoneNumberNoQuotaToast: boolean;
}

/** What a page hears of a press. */
export interface PressHandlers {
  tap(): void;
  /** @param name the event's own, as in `bindgetphonenumber` */
  tell(name: string, detail: unknown): void;
}

/** How touches reach a page: what it hears of them is the host's doing. */
export interface Finger {
  /** On anything but a button of the host: the handlers run in the gesture (G-10). */
  tap(handlers: () => void): void;
  press(button: PressedButton, handlers: PressHandlers): void;
  /**
   * An `<input type="nickname">` was left (W-12).
   *
   * @param reviewed hears what the host thinks of the name
   */
  leaveNickname(value: string, reviewed: (review: { pass: boolean; timeout: boolean }) => void): void;
  /** The address of what a picture's path shows. */
  pictureOf(path: string): string;
}

/** Where there is no host behind the page: only what needs nobody's answer is told. */
export const plainFinger: Finger = {
  tap: (handlers) => handlers(),
  press({ openType }, { tap, tell }) {
    tap();
    if (openType === 'agreePrivacyAuthorization') {
      tell('agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' });
    }
  },
  leaveNickname: () => {},
  pictureOf: (path) => path,
};
