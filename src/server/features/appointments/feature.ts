import type { Feature } from '../../feature.ts';
import { handOverAppointments } from './hand-over.ts';
import { appointmentRecords, appointmentTables } from './records.ts';
import { registerAppointmentRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    appointment_created: 'appointment';
    appointment_updated: 'appointment';
    appointment_moved: 'appointment';
    appointment_status_changed: 'appointment';
    appointment_removed: 'appointment';
    appointment_answered: 'appointment';
    appointment_read: 'appointment';
    appointment_history_read: 'appointment';
  }
}

/** Who comes when, to whom, and what became of it. */
export const appointments: Feature = {
  name: 'appointments',
  tables: ['appointments', 'appointment_versions'],
  routes: registerAppointmentRoutes,
  handOver: handOverAppointments,
  clientRecords: appointmentRecords,
  clientTables: appointmentTables,
  exposes: {
    appointment_created: ['agenda', 'contact'],
    appointment_updated: ['agenda', 'clinical'],
    appointment_moved: ['agenda'],
    appointment_status_changed: ['agenda'],
    appointment_removed: ['agenda'],
    appointment_answered: ['agenda'],
    appointment_read: ['agenda', 'registration', 'contact', 'clinical'],
    appointment_history_read: ['agenda', 'clinical'],
  },
  ofClients: { appointment: 'appointments' },
  announces: [
    'appointment_created',
    'appointment_updated',
    'appointment_moved',
    'appointment_status_changed',
    'appointment_removed',
    'appointment_answered',
  ],
};
