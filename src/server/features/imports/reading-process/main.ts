import { FileProblem } from '../reading/records/records.ts';
import type { ImportRow, RejectedRow } from '../reading/rows/rows.ts';
import type { ByteSource } from '../reading/records/source.ts';
import { openTable } from '../reading/table.ts';
import { asItWas } from '../reporting/refused-list.ts';
import { TableRows } from '../sources/table-rows.ts';
import type { FromReader, SentProblem, ToReader } from './messages.ts';

const rowsAtOnce = 500;
/** Characters of cells in one message. */
const weightAtOnce = 256 * 1024;
/** The most batches that are sent ahead of the receiver. */
const batchesAhead = 4;
const secondsBetweenSigns = 1;

type Open = Extract<ToReader, { readonly kind: 'open' }>;

const send = (message: FromReader): void => {
  process.send?.(message);
};

/** The messages of the main process while one file is read. */
class Inbox {
  readonly #waiting = new Map<string, (message: ToReader) => void>();
  #room = batchesAhead;
  #readings = 0;

  take(message: ToReader): void {
    if (message.kind === 'take') this.#room += 1;
    const key = message.kind === 'bytes' ? `bytes ${String(message.reading)}` : message.kind;
    const resolve = this.#waiting.get(key);
    this.#waiting.delete(key);
    resolve?.(message);
  }

  receive(key: string): Promise<ToReader> {
    return new Promise((resolve) => {
      this.#waiting.set(key, resolve);
    });
  }

  /** Waits until another batch may be sent. */
  async room(): Promise<void> {
    while (this.#room === 0) await this.receive('take');
    this.#room -= 1;
  }

  /** A source whose bytes the main process reads. The next bytes are requested while the current ones are processed. */
  source(size: number): ByteSource {
    const ask = async (reading: number): Promise<Uint8Array | undefined> => {
      const answer = this.receive(`bytes ${String(reading)}`);
      send({ kind: 'want_bytes', reading });
      const message = await answer;
      return message.kind === 'bytes' ? message.bytes : undefined;
    };
    const next = (): number => (this.#readings += 1);
    return {
      size,
      async *read() {
        const reading = next();
        let coming = ask(reading);
        try {
          for (;;) {
            const bytes = await coming;
            if (bytes === undefined) return;
            coming = ask(reading);
            yield bytes;
          }
        } finally {
          send({ kind: 'stop_reading', reading });
        }
      },
    };
  }
}

const weightOf = ({ cells }: ImportRow | RejectedRow): number =>
  cells.reduce((total, cell) => total + cell.length, cells.length);

async function sendRows(inbox: Inbox, opened: TableRows): Promise<void> {
  let rows: (ImportRow | RejectedRow)[] = [];
  let weight = 0;
  let known: string | undefined;
  const changedHead = (): string | undefined => {
    const head = JSON.stringify(opened.head());
    if (head === known) return undefined;
    known = head;
    return head;
  };
  const flush = async (): Promise<void> => {
    await inbox.room();
    send({ kind: 'rows', rows: JSON.stringify(rows), head: changedHead() });
    rows = [];
    weight = 0;
  };
  for await (const batch of opened.rows())
    for (const row of batch) {
      rows.push(row);
      weight += weightOf(row);
      if (rows.length >= rowsAtOnce || weight >= weightAtOnce) await flush();
    }
  if (rows.length > 0) await flush();
  send({ kind: 'end', head: changedHead() });
}

const sent = ({ code, line, column, details }: FileProblem): SentProblem => ({ code, line, column, details });

async function readFile(inbox: Inbox, { bytes, options }: Open): Promise<void> {
  const opened = new TableRows(asItWas(await openTable(inbox.source(bytes), options)), options);
  const asked = inbox.receive('map');
  send({ kind: 'opened', header: opened.header, isNamed: opened.isNamed });
  const message = await asked;
  if (message.kind !== 'map') throw new Error(`columns were asked for, ${message.kind} came`);
  const mapped = await opened.map(message.choice);
  if ('problem' in mapped) {
    send({ kind: 'unmapped', problem: sent(mapped.problem), head: JSON.stringify(mapped.head) });
    return;
  }
  send({ kind: 'mapped', ...mapped });
  await sendRows(inbox, opened);
}

async function answer(inbox: Inbox, open: Open): Promise<void> {
  const before = process.cpuUsage();
  const signs = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    send({ kind: 'alive', cpuSeconds: (user + system) / 1e6 });
  }, secondsBetweenSigns * 1000);
  try {
    await readFile(inbox, open);
  } catch (error) {
    if (error instanceof FileProblem) send({ kind: 'failed', problem: sent(error) });
    else send({ kind: 'broken', stack: error instanceof Error ? String(error.stack) : String(error) });
  } finally {
    clearInterval(signs);
  }
}

let inbox = new Inbox();
process.on('message', (message: ToReader) => {
  if (message.kind !== 'open') {
    inbox.take(message);
    return;
  }
  inbox = new Inbox();
  void answer(inbox, message);
});
// A terminal or systemd signals all processes of a group, but this one has to live until its parent disconnects.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
// The main process has ended.
process.on('disconnect', () => {
  process.exit();
});
