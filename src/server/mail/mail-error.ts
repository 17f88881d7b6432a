interface SmtpFailure {
  readonly message?: string;
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
  /** What the server wrote back. */
  readonly response?: string;
  /** Of a network error: `connect`, when there was no connection yet. */
  readonly syscall?: string;
  /** nodemailer's: which of its time limits was over. */
  readonly timeoutType?: string;
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
  /** The server will never accept a mail to this recipient. */
  readonly permanent: boolean;
  /** The server surely did not take the mail. Otherwise it may have: the connection was lost while it was handed over. */
  readonly notTaken: boolean;
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
    this.notTaken = wasNotTaken(failure);
  }

  /** The words of the network or server, to show on a terminal. In a private field, so that no logger prints them. */
  get words(): string {
    return this.#words ?? this.message;
  }
}

/**
 * Whether it failed before the mail was handed over, or was refused. nodemailer names the command `CONN` for everything that
 * happens to a connection, at any time, so that alone says nothing.
 */
const wasNotTaken = ({ responseCode = 0, command = '', code, syscall, timeoutType = '' }: SmtpFailure): boolean =>
  responseCode >= 400 ||
  /^(?:EHLO|HELO|STARTTLS|AUTH\b.*|MAIL FROM|RCPT TO)$/.test(command) ||
  code === 'EDNS' ||
  syscall === 'connect' ||
  ['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'].includes(timeoutType);

/**
 * Refused for good (RFC 5321 section 4.2.1), and because of the recipient. A refused sign-in or sender is the operator's to
 * mend, and so is a policy against this server (enhanced status 5.7, RFC 3463 section 3.8).
 */
const refusesRecipient = ({ command, responseCode = 0, response = '' }: SmtpFailure): boolean =>
  command === 'RCPT TO' && responseCode >= 500 && !/^\d{3}[ -]5\.7\./.test(response);

/** Turns any error of a transport into a MailError. An aborted delivery counts as a timeout. */
export function toMailError(error: unknown): MailError {
  const failure: SmtpFailure = error instanceof Error ? error : {};
  return new MailError(
    failure.code === 'EABORT' ? { ...failure, code: 'ETIMEDOUT', message: 'the server took too long' } : failure,
  );
}
