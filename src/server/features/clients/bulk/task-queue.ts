/** Runs tasks one after the other, in the order of the calls. A failure rejects its own task and all that follow. */
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

  /** Waits for the task that is running; those that have not begun are refused. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#last.catch(() => undefined);
  }
}
