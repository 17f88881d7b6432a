import type { HandOver } from '../../feature.ts';
import { transferSeries } from './queries.ts';

/** Gives the series of a person who leaves to a colleague, so that their next dates are booked there. */
export const handOverSeries: HandOver = async (tx, { clinicId }, { from, to }) => {
  if (to !== null) await transferSeries(tx, clinicId, from, to);
  return {};
};
