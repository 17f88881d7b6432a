interface SmtpFailure {
  readonly message?: string;
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/**
 * A mail could not be sent. The message contains only codes: mail servers often repeat the recipient's address, which must not
 * get into logs.
 */
export class MailError extends Error {
  /** nodemailer's code, such as `ETIMEDOUT`, `ETLS`, `EAUTH` or `EENVELOPE`. */
  readonly code: string;
  /** The SMTP reply code, if the server answered. */
  readonly responseCode: number | undefined;
  /** The server will never accept this mail. Only logged: the job is retried all the same. */
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

  /** The words of the network or server, to show on a terminal. In a private field, so that no logger prints them. */
  get words(): string {
    return this.#words ?? this.message;
  }
}

/** Turns any error of a transport into a MailError. An aborted delivery counts as a timeout. */
export function toMailError(error: unknown): MailError {
  const failure: SmtpFailure = error instanceof Error ? error : {};
  return new MailError(
    failure.code === 'EABORT' ? { ...failure, code: 'ETIMEDOUT', message: 'the server took too long' } : failure,
  );
}
