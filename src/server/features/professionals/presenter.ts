import { type Role, type Settings, settings } from '../../../shared/contracts/auth.ts';
import type { Professional } from '../../../shared/contracts/professionals.ts';
import { treats } from '../../../shared/permissions.ts';
import { presentProfile } from '../auth/api.ts';
import type { SelfRow } from './me-queries.ts';
import type { ColleagueRow } from './queries.ts';

interface Reader {
  readonly professionalId: string;
  readonly isAdministrator: boolean;
}

/** A colleague. Only administrators learn why somebody was deactivated, and of others the number of their document. */
export const presentColleague = (row: ColleagueRow, { professionalId, isAdministrator }: Reader): Professional => ({
  id: row.id,
  email: row.email,
  firstName: row.first_name,
  lastName: row.last_name,
  role: row.role as Role,
  clinicalAccess: hasClinicalAccess(row),
  ...presentProfile(row),
  ...(isAdministrator || row.id === professionalId ? {} : { document: null }),
  active: row.deactivated_at === null,
  invited: row.invited,
  deactivatedAt: row.deactivated_at?.toISOString() ?? null,
  deactivationReason: isAdministrator ? row.deactivation_reason : null,
});

/** Whether somebody reads and writes what was written in treatment. */
export const hasClinicalAccess = (row: Pick<ColleagueRow, 'role' | 'clinical_denied'>): boolean =>
  treats(row.role as Role) && !row.clinical_denied;

const defaultSettings: Settings = {
  theme: 'system',
  accent: 'teal',
  textSize: 'medium',
  language: 'pt-BR',
  singleKeyShortcuts: true,
};

/** The stored preferences, with defaults for missing ones and without those that only a later release knows. */
export const presentSettings = (row: SelfRow): Settings =>
  settings.strip().parse({ ...defaultSettings, ...(row.settings as Partial<Settings>) });
