import type { Logger } from 'pino';
import { type FoundPlace, postalPlace } from '../../../shared/contracts/postal-codes.ts';
import { Semaphore } from '../../db/semaphore.ts';

/** Milliseconds from the question to the end of the answer. The form waits for none of them. */
const timeLimit = 2_000;
/** An answer has a few hundred bytes. */
const mostBytes = 64 * 1024;
const mostKept = 10_000;
const keptFor = 24 * 60 * 60_000;

interface Kept {
  readonly place: FoundPlace | null;
  readonly until: number;
}

/**
 * Asks a service that answers as ViaCEP does (https://viacep.com.br): `{logradouro, bairro, localidade, uf}`, or `{erro}` for a CEP
 * that does not exist. Nothing but the CEP leaves the house. What it says is kept for a day in memory.
 */
export class PostalCodeService {
  readonly #url: string;
  readonly #log: Logger;
  readonly #kept = new Map<string, Kept>();
  readonly #running = new Map<string, Promise<FoundPlace | null>>();
  readonly #semaphore = new Semaphore({ places: 8, queue: 32, seconds: timeLimit / 1000 });
  #toldAt = -Infinity;

  constructor(url: string, log: Logger) {
    this.#url = url;
    this.#log = log;
  }

  /** The address of a CEP of 8 digits; null if there is none, or the service does not say in time. Throws nothing. */
  find(postalCode: string): Promise<FoundPlace | null> {
    const kept = this.#kept.get(postalCode);
    if (kept !== undefined && kept.until > performance.now()) return Promise.resolve(kept.place);
    const running = this.#running.get(postalCode) ?? this.#ask(postalCode);
    this.#running.set(postalCode, running);
    return running;
  }

  async #ask(postalCode: string): Promise<FoundPlace | null> {
    try {
      const place = await this.#semaphore.run(() => fetchPlace(this.#url.replaceAll('{cep}', postalCode)));
      this.#keep(postalCode, place);
      return place;
    } catch (error) {
      this.#tell(error);
      return null;
    } finally {
      this.#running.delete(postalCode);
    }
  }

  #keep(postalCode: string, place: FoundPlace | null): void {
    this.#kept.delete(postalCode);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= mostKept && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(postalCode, { place, until: performance.now() + keptFor });
  }

  /** At most once a minute, and without the CEP, which tells where somebody lives. */
  #tell(error: unknown): void {
    const now = performance.now();
    if (now - this.#toldAt < 60_000) return;
    this.#toldAt = now;
    const reason = error instanceof Error ? error.name : 'unknown';
    this.#log.warn({ event: 'postal_code_service_failed', reason }, 'the postal code service gave no answer');
  }
}

/** Throws when the answer is late, too long, or none that ViaCEP would give. */
async function fetchPlace(url: string): Promise<FoundPlace | null> {
  const answer = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeLimit),
  });
  if (answer.status === 404) {
    await answer.body?.cancel();
    return null;
  }
  const text = await readText(answer);
  if (!answer.ok) throw new Error('refused');
  return readPlace(JSON.parse(text));
}

async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new RangeError('too long');
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

function readPlace(said: unknown): FoundPlace | null {
  const { erro, uf, localidade, bairro, logradouro } = said as Record<string, unknown>;
  if (erro === true || erro === 'true') return null;
  const line = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);
  return postalPlace.parse({
    state: uf,
    city: line(localidade),
    neighborhood: line(bairro),
    street: line(logradouro),
  });
}
