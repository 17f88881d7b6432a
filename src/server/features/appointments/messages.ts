import { composeWhatsappUrl } from '../../../shared/whatsapp.ts';
import type { AppointmentRow } from './queries.ts';

export interface ShiftMessage {
  readonly appointmentId: string;
  readonly text: string;
  readonly whatsappUrl: string | null;
}

/** A message in Portuguese that tells a client the new time of an appointment that was moved within its day. */
export function writeShiftMessage(clinicName: string, row: AppointmentRow, oldLocalStart: string): ShiftMessage {
  const [date = '', time = ''] = row.local_start.split('T');
  const [, month = '', day = ''] = date.split('-');
  const text =
    `Olá, ${row.client_first_name}! Seu horário de ${day}/${month} na ${clinicName} passou ` +
    `de ${oldLocalStart.slice(11)} para ${time}. Se não puder, responda esta mensagem. Obrigado pela compreensão.`;
  return { appointmentId: row.id, text, whatsappUrl: composeWhatsappUrl(row.client_phone, text) };
}
