/** Columns of a list of clients with the next appointment of each. */
export const nextAppointmentColumns = ['nextAppointment.date', 'nextAppointment.time'] as const;

/** Columns of a list of appointments, besides those that say who the client is. */
export const appointmentColumns = [
  'appointment.date',
  'appointment.time',
  'appointment.end',
  'appointment.minutes',
  'appointment.professional',
  'appointment.visitType',
  'appointment.status',
  'appointment.room',
  'appointment.notes',
] as const;

export type NextAppointmentColumn = (typeof nextAppointmentColumns)[number];
export type AppointmentColumn = (typeof appointmentColumns)[number];

interface WithMeaning {
  readonly meaning: string;
}

/** Whether a file is a list of appointments. Any other one is a list of clients. */
export const areOfAppointments = (columns: readonly WithMeaning[]): boolean =>
  columns.some(({ meaning }) => meaning === 'appointment.date');

/** Whether a list of clients has the next appointment of each. */
export const haveNextAppointment = (columns: readonly WithMeaning[]): boolean =>
  columns.some(({ meaning }) => meaning === 'nextAppointment.date');
