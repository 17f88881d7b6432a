import type { Role } from '../../../shared/contracts/auth.ts';
import type { Professional } from '../../../shared/contracts/professionals.ts';
import type { ColleagueRow } from './queries.ts';

/** A colleague; why somebody lost access is told to administrators alone. */
export const presentColleague = (row: ColleagueRow, administrator: boolean): Professional => ({
  id: row.id,
  email: row.email,
  firstName: row.first_name,
  lastName: row.last_name,
  role: row.role as Role,
  active: row.deactivated_at === null,
  deactivatedAt: row.deactivated_at?.toISOString() ?? null,
  deactivationReason: administrator ? row.deactivation_reason : null,
});
