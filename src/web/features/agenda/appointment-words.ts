import { t } from '@lingui/core/macro';
import type { AppointmentStatus, AppointmentSummary } from '../../../shared/contracts/agenda/appointments.ts';
import { describePending, describeStatus } from '../../entities/appointment/state-words.ts';
import { currentLanguage } from '../../lib/i18n.ts';
import { clockOf } from '../../lib/wall-time.ts';

/** The words of the states in lower case, by language: hundreds of cards use them, and browsers take long for each. */
const lowered = new Map<string, string>();

function lowerStatus(status: AppointmentStatus): string {
  const key = `${currentLanguage()} ${status}`;
  const words = lowered.get(key) ?? describeStatus(status).toLocaleLowerCase(currentLanguage());
  lowered.set(key, words);
  return words;
}

/** The state, and whether it is past and unresolved: “agendado, a concluir”. */
export function describeState({ status, pending }: Pick<AppointmentSummary, 'status' | 'pending'>): string {
  const state = lowerStatus(status);
  return pending ? `${state}, ${describePending()}` : state;
}

/** The name of an appointment's button: “14:30 Maria Souza, Consulta, confirmado”. */
export function nameAppointment(appointment: AppointmentSummary, typeName: string): string {
  const { localStart, clientName } = appointment;
  return `${clockOf(localStart)} ${clientName}, ${typeName}, ${describeState(appointment)}`;
}

/** A length as people say it: “45 min”, “1 h”, “1 h 30”. */
export function describeLength(minutes: number): string {
  if (minutes < 60) return t`${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = String(minutes % 60).padStart(2, '0');
  return minutes % 60 === 0 ? t`${hours} h` : t`${hours} h ${rest}`;
}
