interface SmtpFailure {
  readonly message?: string;
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
  /** What the server wrote back. */
  readonly response?: string;
}

/**
 * A mail that did not leave. The message names codes only: what the server wrote back often repeats the recipient's
 * address, which logs must not hold.
 */
export class MailError extends Error {
  /** nodemailer's code, such as `ETIMEDOUT`, `ETLS`, `EAUTH` or `EENVELOPE`. */
  readonly code: string;
  /** The SMTP reply code, when the server got to answer. */
  readonly responseCode: number | undefined;
  /** The server will never take a mail to this recipient. */
  readonly permanent: boolean;
  readonly #words: string | undefined;

  constructor(failure: SmtpFailure) {
    const { code = 'EUNKNOWN', responseCode, command, message } = failure;
    const details = [code, command, responseCode].filter((part) => part !== undefined).join(', ');
    super(`the mail could not be sent (${details})`);
    this.name = 'MailError';
    this.code = code;
    this.responseCode = responseCode;
    this.#words = message;
    this.permanent = refusesRecipient(failure);
  }

  /** What network or server said: for who asks at a terminal, and out of sight of whatever writes errors to a log. */
  get words(): string {
    return this.#words ?? this.message;
  }
}

/**
 * Refused for good (RFC 5321 section 4.2.1), and for the recipient: a sign-in or a sender that is refused is the operator's
 * to mend, and so is a policy against this server (enhanced status 5.7, RFC 3463 section 3.8).
 */
const refusesRecipient = ({ command, responseCode = 0, response = '' }: SmtpFailure): boolean =>
  command === 'RCPT TO' && responseCode >= 500 && !/^\d{3}[ -]5\.7\./.test(response);

/** Any failure of a transport as a MailError; a delivery cut off for taking too long is a timeout like any other. */
export function mailErrorOf(error: unknown): MailError {
  const failure: SmtpFailure = error instanceof Error ? error : {};
  return new MailError(
    failure.code === 'EABORT' ? { ...failure, code: 'ETIMEDOUT', message: 'the server took too long' } : failure,
  );
}
