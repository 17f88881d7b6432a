/** A backup or a restore that cannot be done, for a reason an operator can act on: the message says which. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupError';
  }
}
