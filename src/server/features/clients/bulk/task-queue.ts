/** Runs tasks one after the other, in the order of the calls. When one fails, all later ones fail too. */
export class TaskQueue {
  #last: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(() => {
      if (this.#isStopped) throw new Error('the queue has been stopped');
      return task();
    });
    this.#last = result;
    result.catch(() => undefined);
    return result;
  }

  /** Waits for the running task; those that have not started fail. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#last.catch(() => undefined);
  }
}
