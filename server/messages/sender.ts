/** What brings messages to people. Each call may throw; the message counts as not sent then. */
export interface Sender {
  /**
   * @param phone as E.164
   * @param smsCode six digits, good for five minutes
   */
  sendSmsCode(phone: string, smsCode: string): Promise<void>;

  /** @param emailToken proves the address for the signed-in user who asked, once, for a day */
  sendEmailVerification(email: string, emailToken: string): Promise<void>;

  /** @param resetToken lets its bearer set a new password for the address, once, for an hour */
  sendPasswordReset(email: string, resetToken: string): Promise<void>;
}
