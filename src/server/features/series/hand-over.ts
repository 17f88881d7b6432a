import type { HandOver } from '../../feature.ts';
import type { Transaction } from '../../db/transaction.ts';
import { takeSeriesBack, transferSeries } from './queries.ts';

/** Gives the series of a person who leaves to a colleague, so that their next dates are booked there. */
export const handOverSeries: HandOver = async (tx, { clinicId }, { from, to }) => {
  if (to !== null) await transferSeries(tx, clinicId, from, to);
  return {};
};

/** Gives series back to who had them, from those whom they were handed over to. */
export async function returnSeries(
  tx: Transaction,
  clinicId: string,
  { ids, from, to }: { readonly ids: readonly string[]; readonly from: readonly string[]; readonly to: string },
): Promise<void> {
  if (ids.length > 0) await takeSeriesBack(tx, clinicId, { ids, from, to });
}
