import type { Transaction } from '../../db/transaction.ts';
import { recordSystemEvent } from '../audit/service.ts';
import type { ImportRow } from './queries.ts';

/** Writes down what an import did, in the transaction that does it. The operator's command is nobody of the clinic. */
export const recordImportEvent = (
  tx: Transaction,
  { id, clinic_id: clinicId, source, created_by: createdBy, session_id: sessionId }: ImportRow,
  action: 'clients_imported' | 'import_undone',
): Promise<unknown> =>
  recordSystemEvent(
    tx,
    {
      clinicId,
      actorId: source === 'web' ? createdBy : null,
      sessionId,
      caller: { requestId: `import ${id}`, address: '127.0.0.1', locale: 'pt-BR' },
    },
    { action, recordType: 'import', recordId: id },
  );
