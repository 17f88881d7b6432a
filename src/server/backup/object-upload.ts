import { PassThrough, type Readable, Writable } from 'node:stream';

/** Bytes on their way to a bucket; they are seen there when the stream has ended, and not at all when it is destroyed. */
export interface ObjectWriter extends Writable {
  /** How many were written. */
  readonly bytes: number;
}

/** Hands what is written to an upload that reads; ends with it, and fails with it. */
export class ObjectUpload extends Writable implements ObjectWriter {
  readonly #body = new PassThrough();
  readonly #sent: Promise<void>;
  bytes = 0;

  /** `send` reads the body to its end; when the body fails, it leaves nothing behind and rejects. */
  constructor(send: (body: Readable) => Promise<void>) {
    super();
    // Whoever reads the body hears of its failure; after that nobody listens.
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
