import type { Database } from '../../db/transaction.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import type { RouteBinder } from '../../http/route.ts';
import { getHistory, listAppointmentPage } from './listing.ts';
import { changeAppointment, changeState, createAppointment, getAppointment, removeAppointment } from './service.ts';
import { shiftAppointments } from './shifting.ts';
import { listVisits } from './visits.ts';

export function registerAppointmentRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /appointments', async ({ actor, query }) => ({ body: await listAppointmentPage(db, actor, query) }));
  route('POST /appointments', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...created } = await createAppointment(db, actor, body, idempotencyKey);
    return { ...created, headers: writeCreatedHeaders(`/appointments/${created.body.id}`, replayed) };
  });
  route('POST /appointments/shift', async ({ actor, body }) => ({ body: await shiftAppointments(db, actor, body) }));
  route('GET /appointments/{id}', ({ actor, params }) => getAppointment(db, actor, params.id));
  route('PATCH /appointments/{id}', ({ actor, params, matches, body }) =>
    changeAppointment(db, actor, params.id, matches, body),
  );
  route('DELETE /appointments/{id}', async ({ actor, params, matches }) => {
    await removeAppointment(db, actor, params.id, matches);
    return {};
  });
  route('POST /appointments/{id}/transitions', ({ actor, params, body }) => changeState(db, actor, params.id, body));
  route('GET /appointments/{id}/history', async ({ actor, params, query }) => ({
    body: await getHistory(db, actor, params.id, query),
  }));
  route('GET /visits', async ({ actor, query }) => ({
    body: { items: await listVisits(db, actor, [...new Set(query.clientId)]) },
  }));
}
