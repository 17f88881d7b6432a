/** A command failed for a reason that the operator can act on: only the message is shown. */
export class CommandFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandFailure';
  }
}
