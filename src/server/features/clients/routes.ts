import { Readable } from 'node:stream';
import { writeCreatedHeaders } from '../../http/created.ts';
import type { RouteBinder } from '../../http/route.ts';
import { listBirthdays } from './birthdays.ts';
import { exportClients, exportNamedClients } from './export.ts';
import { getHandOver, takeBackClients } from './hand-over.ts';
import { getHistory } from './history.ts';
import { listClientPage, listFilterValues } from './listing.ts';
import { exportClientData } from './privacy.ts';
import { changeSeveral, undoSeveral } from './several/several.ts';
import { exportContact } from './vcard.ts';
import {
  archiveClient,
  changeClient,
  type ClientDependencies,
  createClient,
  getClient,
  restoreClient,
} from './service.ts';

export function registerClientRoutes(route: RouteBinder, deps: ClientDependencies): void {
  const { db } = deps;
  route('GET /clients', async ({ actor, query }) => ({ json: await listClientPage(db, actor, query) }));

  route('POST /clients', async ({ actor, body, idempotencyKey }) => {
    const { replayed, ...created } = await createClient(db, actor, body, idempotencyKey);
    return { ...created, headers: writeCreatedHeaders(`/clients/${created.body.id}`, replayed) };
  });

  route('GET /clients/filters', async ({ actor }) => ({ body: await listFilterValues(db, actor) }));

  route('GET /clients/birthdays', async ({ actor, query }) => ({ json: await listBirthdays(db, actor, query) }));

  route('GET /clients/export.csv', async ({ actor, query: { dialect, ...filters } }) => ({
    stream: await exportClients(db, actor, filters, dialect),
    headers: { 'content-disposition': 'attachment; filename="clientes.csv"' },
  }));
  route('GET /clients/export.xlsx', async ({ actor, query }) => ({
    stream: await exportClients(db, actor, query, 'xlsx'),
    headers: { 'content-disposition': 'attachment; filename="clientes.xlsx"' },
  }));

  route('POST /clients/export.csv', async ({ actor, body }) => ({
    stream: await exportNamedClients(db, actor, body.ids, body.dialect),
    headers: { 'content-disposition': 'attachment; filename="clientes.csv"' },
  }));
  route('POST /clients/export.xlsx', async ({ actor, body }) => ({
    stream: await exportNamedClients(db, actor, body.ids, 'xlsx'),
    headers: { 'content-disposition': 'attachment; filename="clientes.xlsx"' },
  }));

  route('POST /clients/several', async ({ actor, body }) => ({
    body: await changeSeveral(deps, actor, body.ids, body.change),
  }));
  route('POST /clients/several/{id}/undo', async ({ actor, params }) => ({
    body: await undoSeveral(db, actor, params.id),
  }));

  route('GET /clients/{id}', ({ actor, params }) => getClient(db, actor, params.id));
  route('PATCH /clients/{id}', ({ actor, params, matches, body }) => changeClient(db, actor, params.id, matches, body));

  route('DELETE /clients/{id}', async ({ actor, params, matches }) => {
    await archiveClient(deps, actor, params.id, matches);
    return {};
  });

  route('GET /professionals/{id}/hand-over', async ({ actor, params }) => ({
    body: await getHandOver(db, actor, params.id),
  }));
  route('POST /professionals/{id}/hand-over/take-back', async ({ actor, params }) => ({
    body: await takeBackClients(db, actor, params.id),
  }));

  route('POST /clients/{id}/restore', ({ actor, params }) => restoreClient(db, actor, params.id));
  route('GET /clients/{id}/data-export', async ({ actor, params }) => ({
    stream: await exportClientData(deps, actor, params.id),
    headers: { 'content-disposition': 'attachment; filename="dados-do-cliente.json"' },
  }));
  route('GET /clients/{id}/vcard', async ({ actor, params }) => {
    const { text, disposition } = await exportContact(db, actor, params.id);
    return { stream: Readable.from([text]), headers: { 'content-disposition': disposition } };
  });
  route('GET /clients/{id}/history', async ({ actor, params, query }) => ({
    body: await getHistory(db, actor, params.id, query),
  }));
}
