import type { ClientRecords, Feature } from '../../feature.ts';
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

export const seriesTables: NonNullable<Feature['clientTables']> = {
  series: {
    columns: ['client_id'],
    holds: 'By which rule appointments repeat',
    merge: 'given',
    undo: 'given back',
    copy: 'series',
    anonymize: { emptied: ['title'], replaced: ['ended_on', 'version', 'updated_at'] },
    part: 'registration',
    history: 'trail; each appointment has its own',
    backup: 'whole',
  },
  series_gaps: {
    columns: ['series_id'],
    of: 'series',
    holds: 'Dates of a series without an appointment, and why',
    merge: 'follows',
    undo: 'follows',
    copy: 'series',
    anonymize: 'kept',
    part: 'registration',
    history: 'trail',
    backup: 'whole',
  },
};
