import type { Covering } from '../../../shared/contracts/coverings.ts';
import type { CoveringRow } from './queries.ts';

export const presentCovering = (row: CoveringRow): Covering => ({
  id: row.id,
  absent: { id: row.absent_id, name: row.absent_name },
  covering: { id: row.covering_id, name: row.covering_name },
  clientCount: row.client_count,
  clients: row.clients === null ? null : [...row.clients],
  from: row.from_at.toISOString(),
  to: row.until_at.toISOString(),
  reason: row.reason,
  state: row.state,
  createdBy: { id: row.created_by, name: row.created_by_name },
  createdAt: row.created_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  endedBy: row.ended_by === null ? null : { id: row.ended_by, name: row.ended_by_name ?? '' },
});
