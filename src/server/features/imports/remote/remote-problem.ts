/** The other system cannot be read. The message tells the operator what to do. */
export class RemoteProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RemoteProblem';
  }
}
