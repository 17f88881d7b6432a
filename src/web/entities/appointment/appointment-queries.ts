import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { Appointment, AppointmentSummary } from '../../../shared/contracts/agenda/appointments.ts';
import type { Availability } from '../../../shared/contracts/agenda/availability.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { byCursor, pageFrom } from '../../lib/paging.ts';

/** Keys of the query cache. Everything of the agenda begins with `all`. */
export const agendaKeys = {
  all: ['agenda'],
  windows: ['agenda', 'window'],
  lists: ['agenda', 'list'],
  availability: ['agenda', 'availability'],
  ofClients: ['agenda', 'client'],
  one: ['agenda', 'one'],
} as const;

/** Whose appointments of which days: `from` and `to` are days of the clinic, both included. */
export interface AgendaWindow {
  readonly from: string;
  readonly to: string;
  /** Everybody whose agenda the person may see, if left out. */
  readonly professionalId?: string | undefined;
}

/** What the agenda shows of some days, and since when it has been known. */
export interface WindowAppointments {
  readonly items: readonly AppointmentSummary[];
  /** Milliseconds of the epoch at which a copy was stored; undefined for an answer of the server. */
  readonly storedAt: number | undefined;
}

const pageSize = 200;

/** All appointments of some days, by start. */
export const windowQuery = ({ from, to, professionalId }: AgendaWindow, ask = api) =>
  queryOptions({
    queryKey: [...agendaKeys.windows, from, to, professionalId ?? 'all'],
    queryFn: async ({ signal }): Promise<WindowAppointments> => {
      const items: AppointmentSummary[] = [];
      let storedAt: number | undefined;
      let cursor: string | undefined;
      do {
        const query = { from, to, professionalId, limit: pageSize, ...(cursor !== undefined && { cursor }) };
        const { body, headers } = await ask('GET /appointments', { query, signal });
        const stored = Number(headers.get('x-seen-at') ?? 0);
        if (stored > 0) storedAt = Math.min(stored, storedAt ?? stored);
        items.push(...body.items);
        cursor = body.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return { items, storedAt };
    },
  });

/** The same, page by page, for lists that may be long. */
export const appointmentListQuery = ({ from, to, professionalId }: AgendaWindow) =>
  infiniteQueryOptions({
    queryKey: [...agendaKeys.lists, from, to, professionalId ?? 'all'],
    queryFn: async ({ pageParam, signal }): Promise<ResponseOf<'GET /appointments'>> => {
      const query = { from, to, professionalId, limit: 100, ...pageFrom(pageParam) };
      return (await api('GET /appointments', { query, signal })).body;
    },
    ...byCursor,
  });

export interface AvailabilityRequest extends AgendaWindow {
  readonly visitType?: string | undefined;
  readonly durationMinutes?: number | undefined;
  /** An appointment whose own time counts as free. */
  readonly moving?: string | undefined;
}

/** Free times of some days. */
export const availabilityQuery = (request: AvailabilityRequest, ask = api) =>
  queryOptions({
    queryKey: [...agendaKeys.availability, request],
    queryFn: async ({ signal }): Promise<Availability['items']> =>
      (await ask('GET /availability', { query: { ...request }, signal })).body.items,
  });

/** One appointment with its history. */
export const appointmentQuery = (id: string) =>
  queryOptions({
    queryKey: [...agendaKeys.one, id],
    queryFn: async ({ signal }): Promise<Appointment> =>
      (await api('GET /appointments/{id}', { params: { id }, signal })).body,
    staleTime: 0,
  });

/** A client's appointments, oldest first, from a day on. */
export const clientAppointmentsQuery = (clientId: string) =>
  infiniteQueryOptions({
    queryKey: [...agendaKeys.ofClients, clientId],
    queryFn: async ({ pageParam, signal }): Promise<ResponseOf<'GET /appointments'>> => {
      const query = { clientId, limit: 200, ...pageFrom(pageParam) };
      return (await api('GET /appointments', { query, signal })).body;
    },
    ...byCursor,
    staleTime: 0,
  });

const ahead = ['scheduled', 'confirmed', 'arrived', 'inProgress'] as const;

/** A client's next appointment, from a day of the clinic on; empty without one. */
export const nextVisitQuery = (clientId: string, from: string) =>
  queryOptions({
    queryKey: [...agendaKeys.ofClients, clientId, 'next', from],
    queryFn: async ({ signal }): Promise<readonly AppointmentSummary[]> => {
      const query = { clientId, from, status: [...ahead], limit: 1 };
      return (await api('GET /appointments', { query, signal })).body.items;
    },
    staleTime: 0,
  });

/** Reads everything of the agenda again that is on the page. */
export const refreshAgenda = (): Promise<void> => queryClient.invalidateQueries({ queryKey: agendaKeys.all });
