import type { Feature } from '../../feature.ts';
import { extendSeries } from './keeping.ts';
import { handOverSeries } from './hand-over.ts';
import { seriesRecords, seriesTables } from './records.ts';
import { registerSeriesRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    series_created: 'series';
    series_changed: 'series';
    series_ended: 'series';
  }
}

/** Appointments that repeat. */
export const series: Feature = {
  name: 'series',
  tables: ['series', 'series_gaps'],
  routes: registerSeriesRoutes,
  periodicTasks: ({ db, log }) => [
    {
      everySeconds: 60,
      run: () => extendSeries({ db, log }),
      failure: { event: 'series_not_extended', message: 'open series wait for their next dates' },
    },
  ],
  handOver: handOverSeries,
  clientRecords: seriesRecords,
  clientTables: seriesTables,
  exposes: { series_created: ['agenda'], series_changed: ['agenda'], series_ended: ['agenda'] },
  ofClients: { series: 'series' },
};
