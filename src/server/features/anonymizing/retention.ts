import type { Clinic } from '../../../shared/contracts/agenda/clinic.ts';
import type { Retention } from '../../../shared/contracts/anonymizing.ts';
import type { Transaction } from '../../db/transaction.ts';
import { type DomainError, conflict } from '../../domain-error.ts';
import type { Contributions, KeptEntries } from '../../feature.ts';
import { clinicalYears, retentionLaws } from './laws.ts';
import type { Subject } from './report.ts';

type Settings = Pick<Clinic, 'keepsClinical' | 'moneyYears'>;

/** Reads the clocks by which what is kept about clients has to be kept. */
export async function readClocks(
  tx: Transaction,
  { clientRecords }: Pick<Contributions, 'clientRecords'>,
  { clinicId, clientIds }: Subject,
  settings: Settings,
): Promise<Retention[]> {
  const kept = await Promise.all(clientRecords.flatMap(({ countKept }) => countKept?.(tx, clinicId, clientIds) ?? []));
  return [
    windClock('clinical', kept, settings.keepsClinical === 'forever' ? null : clinicalYears),
    windClock('money', kept, settings.moneyYears),
    // Who somebody is need not be kept for its own sake: it goes with the last of the others.
    {
      ...{ part: 'registration', entries: 1, lastEntryAt: null, keepUntil: null, forGood: false, over: true },
      law: retentionLaws.registration,
    },
  ];
}

/** `years` is null where the clinic keeps it for good. */
function windClock(part: KeptEntries['part'], kept: readonly KeptEntries[], years: number | null): Retention {
  const own = kept.filter((entry) => entry.part === part);
  const entries = own.reduce((sum, entry) => sum + entry.entries, 0);
  const times = own.flatMap(({ latest }) => latest?.getTime() ?? []);
  const law = retentionLaws[part];
  const nothing = { keepUntil: null, forGood: false, over: true };
  if (times.length === 0) return { part, entries, lastEntryAt: null, ...nothing, law };
  const latest = new Date(Math.max(...times));
  const lastEntryAt = latest.toISOString();
  if (years === null) return { part, entries, lastEntryAt, keepUntil: null, forGood: true, over: false, law };
  const until = new Date(latest);
  until.setUTCFullYear(until.getUTCFullYear() + years);
  const keepUntil = until.toISOString().slice(0, 10);
  return { part, entries, lastEntryAt, keepUntil, forGood: false, over: until <= new Date(), law };
}

/** The day on which the last clock is over; null when nothing has to be kept, or for good. */
export const lastDay = (clocks: readonly Retention[]): string | null =>
  clocks
    .filter(({ over }) => !over)
    .flatMap(({ keepUntil }) => keepUntil ?? [])
    .toSorted()
    .at(-1) ?? null;

/** Why the clocks forbid it: kept_for_good, or retention_period with `keepUntil`; undefined when they allow it. */
export function findRefusal(clocks: readonly Retention[]): DomainError | undefined {
  if (clocks.some(({ forGood }) => forGood)) return conflict('kept_for_good');
  if (clocks.every(({ over }) => over)) return undefined;
  return conflict('retention_period', { keepUntil: lastDay(clocks) });
}
