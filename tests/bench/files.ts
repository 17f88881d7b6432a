import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { writeClientList } from './client-list.ts';
import { type Answers, summarize } from './load.ts';
import type { Product, SignedIn } from './product.ts';

export interface ImportFigures {
  /** Seconds of the command, its rows a second, and its memory at the highest, in MiB. */
  readonly seconds: number;
  readonly rowsPerSecond: number;
  readonly mebibytes: number;
  readonly generator: 'shared' | 'own';
  /** One reader of lists while the command ran. */
  readonly listMeanwhile: Answers;
}

interface FileRun {
  readonly product: Product;
  readonly person: SignedIn;
  readonly folder: string;
  readonly rows: number;
  readonly harness: string;
}

/** Imports a list of so many rows by the command line, while somebody reads pages of the same clinic. */
export async function measureImport({ product, person, folder, rows, harness }: FileRun): Promise<ImportFigures> {
  const file = join(folder, 'clients.csv');
  const generator = await writeClientList(file, rows, harness);
  const importing = product.importFile(file);
  const [{ seconds, mebibytes }, listMeanwhile] = await Promise.all([
    importing,
    watchLists(product, person, importing),
  ]);
  return { seconds, rowsPerSecond: rows / seconds, mebibytes, generator, listMeanwhile };
}

/** Requests a page every 50 ms until `until` settles. */
async function watchLists({ address }: Product, person: SignedIn, until: Promise<unknown>): Promise<Answers> {
  const ended = new AbortController();
  const over = until.finally(() => {
    ended.abort();
  });
  over.catch(() => undefined);
  const times: number[] = [];
  let failed = 0;
  const begun = performance.now();
  while (!ended.signal.aborted) {
    const start = performance.now();
    const answer = await fetch(`${address}/api/v1/clients?limit=50`, {
      headers: { authorization: `Bearer ${person.accessToken}` },
    });
    await answer.arrayBuffer();
    if (!answer.ok) failed += 1;
    times.push(performance.now() - start);
    await sleep(50);
  }
  return { ...summarize(times, (performance.now() - begun) / 1000), failed };
}

/** Waits until the background has added every imported client to the search index. @returns seconds */
export async function waitUntilSettled(product: Product): Promise<number> {
  const begun = performance.now();
  const waiting = async () =>
    (
      await product.query<{ waiting: boolean }>(
        'select exists (select from clients where not in_search_index) as waiting',
      )
    )[0]?.waiting;
  while ((await waiting()) === true) await sleep(500);
  return (performance.now() - begun) / 1000;
}

export interface ExportFigures {
  readonly seconds: number;
  readonly rowsPerSecond: number;
  readonly megabytes: number;
}

/** Downloads the whole list as CSV. */
export async function measureExport({ address }: Product, person: SignedIn, rows: number): Promise<ExportFigures> {
  const begun = performance.now();
  const answer = await fetch(`${address}/api/v1/clients/export.csv`, {
    headers: { authorization: `Bearer ${person.accessToken}` },
  });
  if (!answer.ok || answer.body === null) throw new Error(`the export answered ${String(answer.status)}`);
  let bytes = 0;
  for await (const chunk of answer.body) bytes += chunk.length;
  const seconds = (performance.now() - begun) / 1000;
  return { seconds, rowsPerSecond: rows / seconds, megabytes: bytes / 1e6 };
}
