import type { ImportJob } from '../../src/shared/contracts/import-job.ts';
import type { SignedIn } from './server.ts';

export interface FormFields {
  readonly professionalId?: string;
  readonly dryRun?: 'true' | 'false';
  readonly onConflict?: 'skip' | 'update' | 'create';
  readonly mapping?: string;
  readonly encoding?: string;
  readonly areaCode?: string;
}

const ended = new Set(['done', 'failed', 'interrupted', 'undone']);

/** Waits until an import has ended, by polling as the web app does. */
export async function waitForImport(person: Pick<SignedIn, 'api'>, id: string): Promise<ImportJob> {
  for (;;) {
    const { body } = await person.api('GET /imports/{id}', { params: { id } });
    if (ended.has(body.status)) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Uploads a file and waits until its import has ended. */
export async function importFile(
  person: Pick<SignedIn, 'api'>,
  content: string | Uint8Array<ArrayBuffer>,
  fields: FormFields = {},
): Promise<ImportJob> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  form.set('file', new Blob([content]), 'pacientes.csv');
  const { body } = await person.api('POST /imports', { body: form });
  return waitForImport(person, body.id);
}

/** Undoes an import and waits until that is done. */
export async function undoImport(person: Pick<SignedIn, 'api'>, id: string): Promise<ImportJob> {
  await person.api('POST /imports/{id}/undo', { params: { id } });
  return waitForImport(person, id);
}
