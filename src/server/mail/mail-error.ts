interface SmtpFailure {
  readonly message?: string;
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
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
  /** The server will not take this mail however often it is sent. The log tells; the job is tried again all the same. */
  readonly permanent: boolean;
  readonly #words: string | undefined;

  constructor({ code = 'EUNKNOWN', responseCode, command, message }: SmtpFailure) {
    const details = [code, command, responseCode].filter((part) => part !== undefined).join(', ');
    super(`the mail could not be sent (${details})`);
    this.name = 'MailError';
    this.code = code;
    this.responseCode = responseCode;
    this.#words = message;
    this.permanent = (code === 'EENVELOPE' || code === 'EMESSAGE') && (responseCode ?? 500) >= 500;
  }

  /** What network or server said: for who asks at a terminal, and out of sight of whatever writes errors to a log. */
  get words(): string {
    return this.#words ?? this.message;
  }
}

/** Any failure of a transport as a MailError; a delivery cut off for taking too long is a timeout like any other. */
export function mailErrorOf(error: unknown): MailError {
  const failure: SmtpFailure = error instanceof Error ? error : {};
  return new MailError(
    failure.code === 'EABORT' ? { ...failure, code: 'ETIMEDOUT', message: 'the server took too long' } : failure,
  );
}
