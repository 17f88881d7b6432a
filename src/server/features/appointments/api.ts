// Appointments, for series, reminders, links of messages and the demo clinic.

export { type Author, systemAuthor } from './author.ts';
export { bookAppointments, type NewAppointment } from './booking.ts';
export { type AppointmentMove, moveAppointments } from './moving.ts';
export { addClientAnswer, cancelAppointments, changeStatus, type StatusChange } from './status.ts';
export { type AppointmentRow, findAppointment, listAppointmentsOfSeries } from './finding.ts';
export { seedAppointments, type SeededAppointment } from './seed.ts';
export { presentAppointmentSummary } from './presenter.ts';
export { type Clash, TimeTaken } from './clashes.ts';
export { runAgainAfterRace } from './races.ts';
