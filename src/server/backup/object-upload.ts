import { PassThrough, type Readable, Writable } from 'node:stream';

/** A stream into a bucket. The object appears when the stream has ended, and not at all when it is destroyed. */
export interface ObjectWriter extends Writable {
  /** The number of bytes written so far. */
  readonly bytes: number;
}

/** A writable stream for an upload function that wants a readable one. It finishes and fails together with the upload. */
export class ObjectUpload extends Writable implements ObjectWriter {
  readonly #body = new PassThrough();
  readonly #sent: Promise<void>;
  bytes = 0;

  /** `send` uploads the body. When the body fails, it has to reject and leave no object behind. */
  constructor(send: (body: Readable) => Promise<void>) {
    super();
    // The reader of the body gets its error; without this listener a later one would end the process.
    this.#body.on('error', () => undefined);
    this.#sent = send(this.#body);
    this.#sent.catch((error: unknown) => this.destroy(error as Error));
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.bytes += chunk.length;
    if (this.#body.write(chunk)) done();
    else
      this.#body.once('drain', () => {
        done();
      });
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#body.end();
    this.#sent.then(() => {
      done();
    }, done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.writableFinished) this.#body.destroy(error ?? new Error('given up'));
    const tell = (): void => {
      done(error);
    };
    this.#sent.then(tell, tell);
  }
}
