import { type Role, type Settings, settings } from '../../../shared/contracts/auth.ts';
import type { Professional } from '../../../shared/contracts/professionals.ts';
import type { SelfRow } from './me-queries.ts';
import type { ColleagueRow } from './queries.ts';

/** A colleague. Only administrators learn why somebody was deactivated. */
export const presentColleague = (row: ColleagueRow, administrator: boolean): Professional => ({
  id: row.id,
  email: row.email,
  firstName: row.first_name,
  lastName: row.last_name,
  role: row.role as Role,
  active: row.deactivated_at === null,
  invited: row.invited,
  deactivatedAt: row.deactivated_at?.toISOString() ?? null,
  deactivationReason: administrator ? row.deactivation_reason : null,
});

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
