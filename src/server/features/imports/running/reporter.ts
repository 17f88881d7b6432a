import type { Decisions } from '../matching/decisions.ts';
import type { OpenedRows, RowSource } from '../sources/row-source.ts';
import type { ImportDependencies } from './dependencies.ts';
import { ImportStopped } from './failure.ts';
import type { Journal } from './journal.ts';

const millisecondsBetweenReports = 300;

/** Stores rejected rows and reports the progress a few times per second. Throws ImportStopped. */
export function createReporter(
  { onProgress, signal }: ImportDependencies,
  journal: Journal,
  { source, opened }: { readonly source: RowSource; readonly opened: OpenedRows },
) {
  let reportedAt = 0;
  return async ({ counts, rejects }: Pick<Decisions, 'counts' | 'rejects'>): Promise<void> => {
    if (signal?.aborted === true) throw new ImportStopped();
    const isDue = Date.now() - reportedAt > millisecondsBetweenReports;
    const share = Math.min(source.progress(), 0.99);
    if (isDue) onProgress?.({ counts, share });
    if (!isDue && rejects.length === 0) return;
    await journal.note(rejects, isDue ? { counts, share, head: opened.head() } : undefined);
    if (isDue) reportedAt = Date.now();
  };
}
