import type { Database } from '../../db/transaction.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import { getAvailability } from './availability.ts';
import { addHoliday, listHolidays, removeHoliday } from './holiday-list.ts';
import { getHours, setHours } from './hours.ts';
import { addRoom, changeRoom, listRooms } from './rooms.ts';
import { addAbsence, listAbsences, removeAbsence } from './time-off.ts';
import { addVisitType, changeVisitType, listVisitTypes } from './visit-types.ts';

export function registerAvailabilityRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('GET /availability', async ({ actor, query }) => ({ json: await getAvailability(db, actor, query) }));
  route('GET /professionals/{id}/hours', async ({ actor, params }) => ({ body: await getHours(db, actor, params.id) }));
  route('PUT /professionals/{id}/hours', async ({ actor, params, body }) => ({
    body: await setHours(db, actor, params.id, body),
  }));

  route('GET /time-off', async ({ actor, query: { limit, cursor, ...filters } }) => {
    const items = await listAbsences(db, actor, filters);
    const name = ['time-off', ...Object.values(filters)].map(String);
    return { body: paginateShortList({ name, items, placeOf: placeById }, { limit, cursor }) };
  });
  route('POST /time-off', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...added } = await addAbsence(db, actor, body, idempotencyKey);
    return { ...added, headers: writeCreatedHeaders(`/time-off/${added.body.id}`, replayed) };
  });
  route('DELETE /time-off/{id}', async ({ actor, params }) => {
    await removeAbsence(db, actor, params.id);
    return {};
  });

  route('GET /holidays', async ({ actor, query }) => ({ body: { items: await listHolidays(db, actor, query.year) } }));
  route('POST /holidays', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...added } = await addHoliday(db, actor, body, idempotencyKey);
    return { ...added, headers: writeCreatedHeaders(`/holidays/${added.body.id}`, replayed) };
  });
  route('DELETE /holidays/{id}', async ({ actor, params }) => {
    await removeHoliday(db, actor, params.id);
    return {};
  });

  route('GET /visit-types', async ({ actor, query }) => {
    const items = await listVisitTypes(db, actor);
    return { body: paginateShortList({ name: ['visit-types'], items, placeOf: placeById }, query) };
  });
  route('POST /visit-types', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...added } = await addVisitType(db, actor, body, idempotencyKey);
    return { ...added, headers: writeCreatedHeaders(`/visit-types/${added.body.id}`, replayed) };
  });
  route('PATCH /visit-types/{id}', ({ actor, params, matches, body }) =>
    changeVisitType(db, actor, params.id, matches, body),
  );

  route('GET /rooms', async ({ actor, query }) => {
    const items = await listRooms(db, actor);
    return { body: paginateShortList({ name: ['rooms'], items, placeOf: placeById }, query) };
  });
  route('POST /rooms', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...added } = await addRoom(db, actor, body, idempotencyKey);
    return { ...added, headers: writeCreatedHeaders(`/rooms/${added.body.id}`, replayed) };
  });
  route('PATCH /rooms/{id}', ({ actor, params, matches, body }) => changeRoom(db, actor, params.id, matches, body));
}
