import type { DataRequest, DataRequestCopy, DataRequestKind } from '../../../shared/contracts/data-requests.ts';
import type { ProofRow, RequestRow } from './queries.ts';

const personOf = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

export const presentRequest = (row: RequestRow, proof: readonly ProofRow[]): DataRequest => ({
  id: row.id,
  clientId: row.client_id,
  clientName: row.full_name,
  kind: row.kind as DataRequestKind,
  identifiedBy: row.identified_by,
  dueAt: row.due_at.toISOString(),
  overdue: row.overdue,
  answer: row.answer,
  answeredAt: row.answered_at?.toISOString() ?? null,
  answeredBy: personOf(row.answered_by, row.answered_by_name),
  createdBy: personOf(row.created_by, row.created_by_name),
  createdAt: row.created_at.toISOString(),
  proof: proof
    .filter(({ data_request_id }) => data_request_id === row.id)
    .map(({ kind, id, at, downloaded_at, person_id, person_name }) => ({
      kind,
      id,
      at: at.toISOString(),
      by: personOf(person_id, person_name),
      downloadedAt: downloaded_at?.toISOString() ?? null,
    })),
});

export const presentCopy = (row: RequestRow): DataRequestCopy => ({
  kind: row.kind as DataRequestKind,
  createdAt: row.created_at.toISOString(),
  dueAt: row.due_at.toISOString(),
  answer: row.answer,
  answeredAt: row.answered_at?.toISOString() ?? null,
});
