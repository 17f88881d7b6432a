import { composeWhatsappUrl } from '../../../shared/whatsapp.ts';
import type { AppointmentRow } from './queries.ts';

export interface ShiftMessage {
  readonly appointmentId: string;
  readonly text: string;
  readonly whatsappUrl: string | null;
}

/**
 * A message in Portuguese that tells a client the new time of an appointment that was moved within its day. The day has its year if
 * that is not the one of `today`, the clinic's `YYYY-MM-DD`.
 */
export function writeShiftMessage(
  clinic: { readonly name: string; readonly today: string },
  row: AppointmentRow,
  oldLocalStart: string,
): ShiftMessage {
  const [date = '', time = ''] = row.local_start.split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  const when = clinic.today.startsWith(`${year}-`) ? `${day}/${month}` : `${day}/${month}/${year}`;
  const text =
    `Olá, ${row.client_first_name}! Seu horário de ${when} na ${clinic.name} passou ` +
    `de ${oldLocalStart.slice(11)} para ${time}. Se não puder, responda esta mensagem. Obrigado pela compreensão.`;
  return { appointmentId: row.id, text, whatsappUrl: composeWhatsappUrl(row.client_phone, text) };
}
