import type { DeviceSession, Me } from '../../../shared/contracts/auth.ts';
import { presentProfile } from './profile.ts';
import type { ProfessionalRow } from './queries.ts';
import type { SessionRow } from './session-queries.ts';

export const presentMe = (row: Omit<ProfessionalRow, 'version' | 'is_suspended' | 'lacks_entry'>): Me => ({
  id: row.id,
  email: row.email,
  firstName: row.first_name,
  lastName: row.last_name,
  ...row.standing,
  ...presentProfile(row),
  clinic: { id: row.clinic_id, name: row.clinic_name, timeZone: row.clinic_time_zone },
});

/** Leaves out the device key, which is the device's secret. */
export const presentEndedSession = (row: SessionRow): Omit<DeviceSession, 'current'> => ({
  id: row.id,
  deviceName: row.device_name,
  deviceKind: row.device_kind as DeviceSession['deviceKind'],
  createdAt: row.created_at.toISOString(),
  lastSeenAt: row.last_seen_at.toISOString(),
});

export const presentSession = (row: SessionRow, currentId: string): DeviceSession => ({
  ...presentEndedSession(row),
  current: row.id === currentId,
});
