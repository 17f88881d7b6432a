/** The other system cannot be read; the message tells the operator what to do about it. */
export class RemoteProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RemoteProblem';
  }
}
