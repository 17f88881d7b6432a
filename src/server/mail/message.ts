/** A mail ready to leave; the sender is added by the mailer. */
export interface MailMessage {
  /** One bare address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The sign-in code in it, for the development mailbox to show apart. */
  readonly code?: string;
}
