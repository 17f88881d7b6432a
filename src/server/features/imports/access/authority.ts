import type { endReasons, Role } from '../../../../shared/contracts/auth.ts';
import type { Transaction } from '../../../db/transaction.ts';
import { isActiveProfessional } from '../../professionals/api.ts';
import { findRequester, type Requester } from './authority-queries.ts';
import { mayImport, mayTarget } from './policy.ts';
import type { StoredImport } from '../stored/import-queries.ts';

/**
 * The requester of a job has lost the right to it, the target professional is gone, or the clinic would have more clients than the
 * host allows. Nothing is written.
 */
export class NotAllowed extends Error {
  readonly code: 'no_longer_allowed' | 'professional_gone' | 'client_limit_reached';

  constructor(code: NotAllowed['code']) {
    super(code);
    this.name = 'NotAllowed';
    this.code = code;
  }
}

/** Reasons for which jobs that a session queued are not done, because the session may be stolen. Signing out is not one. */
const distrusted: ReadonlySet<string> = new Set([
  'ended_by_owner',
  'ended_by_administrator',
  'token_reuse',
  'deactivated',
  'clinic_suspended',
  'entry_over',
] satisfies (typeof endReasons)[number][]);

/** The current role of a job's requester, who has clinical access and with whose role the job runs. Throws NotAllowed. */
export async function currentRole(tx: Transaction, requester: Requester): Promise<Role> {
  const found = await findRequester(tx, requester);
  const role = found?.role as Role | undefined;
  if (found === undefined || role === undefined || found.deactivated_at !== null)
    throw new NotAllowed('no_longer_allowed');
  if (!mayImport({ role, clinicalAccess: !found.clinical_denied })) throw new NotAllowed('no_longer_allowed');
  if (found.end_reason !== null && distrusted.has(found.end_reason)) throw new NotAllowed('no_longer_allowed');
  return role;
}

/** The role with which an import runs; undefined for the operator's commands. Throws NotAllowed. */
export async function importingRole(tx: Transaction, row: StoredImport): Promise<Role | undefined> {
  if (row.source !== 'web') return undefined;
  const { clinic_id: clinicId, created_by: professionalId, session_id: sessionId, professional_id: targetId } = row;
  const role = await currentRole(tx, { clinicId, professionalId, sessionId });
  if (!mayTarget({ role, clinicalAccess: true, professionalId }, targetId)) throw new NotAllowed('no_longer_allowed');
  if (!(await isActiveProfessional(tx, targetId))) throw new NotAllowed('professional_gone');
  return role;
}
