import type { ClientRecords } from '../../feature.ts';
import { presentSeriesAlone } from './presenter.ts';
import { listGapsOf, selectSeriesOf } from './queries.ts';
import { anonymizeSeries, giveSeries, giveSeriesBack } from './records-queries.ts';

/** What becomes of the series of clients; their appointments are the agenda's. */
export const seriesRecords: ClientRecords = {
  merge: (tx, { clinicId }, merge) => giveSeries(tx, clinicId, merge),
  unmerge: (tx, { clinicId }, merge) => giveSeriesBack(tx, clinicId, merge),
  anonymize: (tx, { clinicId }, clientIds) => anonymizeSeries(tx, clinicId, clientIds),
  copies: {
    async *series(db, actor, clientId) {
      const [rows, gaps] = await db.read(actor, (tx) =>
        Promise.all([selectSeriesOf(tx, clientId), listGapsOf(tx, clientId)]),
      );
      for (const row of rows)
        yield presentSeriesAlone(
          row,
          gaps.filter((gap) => gap.series_id === row.id),
        );
    },
  },
};
