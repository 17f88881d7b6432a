import { queryOptions } from '@tanstack/react-query';
import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import type { Series, SeriesDate, SeriesPatch } from '../../../../shared/contracts/agenda/series.ts';
import { agendaKeys, refreshAgenda } from '../../../entities/appointment/appointment-queries.ts';
import { ApiError, api } from '../../../lib/api.ts';
import { ifMatch } from '../../../lib/if-match.ts';
import { readDates } from './series-choices.ts';

export type Scope = SeriesPatch['scope'];
/** Which appointments besides the named one. */
export type WideScope = Exclude<Scope, 'one'>;
export type SeriesChange = Omit<SeriesPatch, 'scope' | 'appointmentId'>;

/** An appointment that belongs to a series. */
export interface InSeries extends AppointmentSummary {
  readonly seriesId: string;
}

export const isInSeries = (appointment: AppointmentSummary): appointment is InSeries => appointment.seriesId !== null;

export const seriesQuery = (id: string) =>
  queryOptions({
    queryKey: [...agendaKeys.one, 'series', id],
    queryFn: async ({ signal }): Promise<Series> => (await api('GET /series/{id}', { params: { id }, signal })).body,
    staleTime: 0,
  });

const placeOf = ({ originalStart, startAt }: AppointmentSummary): string => originalStart ?? startAt;

/** How many appointments a change is about, the named one too: those to come. */
export function countMeant({ appointments }: Series, named: AppointmentSummary, scope: WideScope, now: string): number {
  return appointments.filter(
    (each) =>
      (each.status === 'scheduled' || each.status === 'confirmed') &&
      each.startAt > now &&
      (scope === 'all' || placeOf(each) >= placeOf(named)),
  ).length;
}

/** The dates of a refused series; undefined for any other failure. */
export const readSeriesConflict = (error: unknown): readonly SeriesDate[] | undefined =>
  error instanceof ApiError && error.problem.code === 'series_conflict' ? readDates(error.problem) : undefined;

/** Changes or cancels the named appointment and the others that the scope takes in; all of them or none. */
export async function patchSeries({ id, version }: Pick<Series, 'id' | 'version'>, body: SeriesPatch): Promise<Series> {
  try {
    return (await api('PATCH /series/{id}', { params: { id }, body, headers: ifMatch(version) })).body;
  } finally {
    void refreshAgenda();
  }
}
