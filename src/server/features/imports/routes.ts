import type { Database } from '../../db/transaction.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import { presentImport } from './presenter.ts';
import { exportRejected, getImport, listRecentImports, repeatImport, requestUndo, startUpload } from './service.ts';
import { writeTemplate } from './template.ts';

export function registerImportRoutes(route: RouteBinder, { db }: { readonly db: Database }): void {
  route('POST /imports', async ({ actor, body, file, idempotencyKey, locale }) => {
    const { details, replayed } = await startUpload(db, actor, body, file, idempotencyKey);
    const job = presentImport(details, locale);
    return { body: job, headers: writeCreatedHeaders(`/imports/${job.id}`, replayed) };
  });
  route('GET /imports', async ({ actor, query }) => {
    const list = { name: ['imports'], items: await listRecentImports(db, actor), placeOf: placeById };
    return { body: paginateShortList(list, query) };
  });
  route('GET /imports/template.csv', ({ actor }) =>
    Promise.resolve({
      stream: writeTemplate(actor, 'csv'),
      headers: { 'content-disposition': 'attachment; filename="modelo-clientes.csv"' },
    }),
  );
  route('GET /imports/template.xlsx', ({ actor }) =>
    Promise.resolve({
      stream: writeTemplate(actor, 'xlsx'),
      headers: { 'content-disposition': 'attachment; filename="modelo-clientes.xlsx"' },
    }),
  );
  route('GET /imports/{id}', async ({ actor, params, locale }) => ({
    body: presentImport(await getImport(db, actor, params.id), locale),
  }));
  route('GET /imports/{id}/rejected.csv', async ({ actor, params, locale }) => ({
    stream: await exportRejected(db, actor, params.id, locale),
    headers: { 'content-disposition': 'attachment; filename="linhas-recusadas.csv"' },
  }));
  route('POST /imports/{id}/repeat', async ({ actor, params, body, idempotencyKey, locale }) => {
    const { details, replayed } = await repeatImport(db, actor, { id: params.id, choices: body }, idempotencyKey);
    const job = presentImport(details, locale);
    return { body: job, headers: writeCreatedHeaders(`/imports/${job.id}`, replayed) };
  });
  route('POST /imports/{id}/undo', async ({ actor, params, locale }) => ({
    body: presentImport(await requestUndo(db, actor, params.id), locale),
  }));
}
