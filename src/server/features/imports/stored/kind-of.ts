import { areOfAppointments } from '../../../../shared/appointment-columns.ts';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import type { StoredImport } from './import-queries.ts';

/** What an import's file lists; clients until its columns were read. */
export function kindOf({ header }: Pick<StoredImport, 'header'>): ImportJob['kind'] {
  const { columns } = (header ?? { columns: [] }) as unknown as { readonly columns: ImportJob['columns'] };
  return areOfAppointments(columns) ? 'appointments' : 'clients';
}
