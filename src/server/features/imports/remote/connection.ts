/** The connection failed or was lost. `lasting`: a retry would not help. */
export class ConnectionBroken extends Error {
  readonly lasting: boolean;

  constructor(message: string, lasting: boolean) {
    super(message);
    this.lasting = lasting;
  }
}

const lastingErrors = /^(ENOTFOUND|CERT_|ERR_TLS_|ERR_SSL_|EPROTO|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HPE_)/;

export function brokenBy(error: unknown, silence: Silence): ConnectionBroken {
  if (silence.signal.aborted)
    return new ConnectionBroken(`nothing came for ${String(Math.round(silence.milliseconds / 1000))} s`, false);
  const cause = (error as Error).cause as (NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }) | undefined;
  const reason = cause?.errors?.[0] ?? cause ?? (error as NodeJS.ErrnoException);
  return new ConnectionBroken(
    reason.message || (reason.code ?? 'no connection'),
    lastingErrors.test(reason.code ?? ''),
  );
}

export async function* chunksOf(response: Response, silence: Silence): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  try {
    for (;;) {
      const step = await reader.read().catch((error: unknown) => {
        throw brokenBy(error, silence);
      });
      if (step.done) return;
      silence.hear();
      yield step.value;
    }
  } finally {
    // The reader has stopped: cancel the rest.
    await reader.cancel().catch(() => undefined);
  }
}

/** Ends a request on which nothing has come for a while. */
export class Silence {
  readonly milliseconds: number;
  readonly #control = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
    this.#timer = setTimeout(() => {
      this.#control.abort();
    }, milliseconds);
  }

  get signal(): AbortSignal {
    return this.#control.signal;
  }

  hear(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
