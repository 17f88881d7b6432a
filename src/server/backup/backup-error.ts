/** A backup or restore failed for a reason that an operator can do something about; the message says which. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupError';
  }
}
