import type { Transaction } from '../../../db/transaction.ts';
import type { JobCaller } from '../../../jobs/queue.ts';
import { recordSystemEvent } from '../../audit/api.ts';
import type { StoredImport } from '../stored/import-queries.ts';

/**
 * Records an import in the audit trail, in its own transaction. `asked` is the request it came from. The operator has no actor.
 */
export const recordImportEvent = (
  tx: Transaction,
  { id, clinic_id: clinicId, source, created_by: createdBy, session_id: sessionId }: StoredImport,
  action: 'clients_imported' | 'appointments_imported' | 'import_undone',
  asked: JobCaller | undefined,
): Promise<unknown> =>
  recordSystemEvent(
    tx,
    {
      clinicId,
      actorId: source === 'web' ? createdBy : null,
      sessionId,
      caller: { requestId: `import ${id}`, address: '127.0.0.1', ...asked },
    },
    { action, recordType: 'import', recordId: id },
  );
