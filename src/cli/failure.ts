/** A command could not do what it says, for a reason the operator can act on: shown as its message alone. */
export class CommandFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandFailure';
  }
}
