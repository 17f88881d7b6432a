/** A mail ready to be sent; the mailer adds the sender. */
export interface MailMessage {
  /** One address, without a name. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The sign-in code in the mail; the development mailbox shows it separately. */
  readonly code?: string;
}
