import type { AppointmentStatus } from './contracts/agenda/appointments.ts';
import type { Locale } from './errors.ts';

/** What an appointment's states are called. */
export const statusLabels: Readonly<Record<AppointmentStatus, Readonly<Record<Locale, string>>>> = {
  scheduled: { 'pt-BR': 'Agendado', en: 'Scheduled' },
  confirmed: { 'pt-BR': 'Confirmado', en: 'Confirmed' },
  arrived: { 'pt-BR': 'Chegou', en: 'Arrived' },
  inProgress: { 'pt-BR': 'Em atendimento', en: 'In progress' },
  done: { 'pt-BR': 'Concluído', en: 'Done' },
  noShow: { 'pt-BR': 'Faltou', en: 'No-show' },
  canceled: { 'pt-BR': 'Cancelado', en: 'Canceled' },
};
