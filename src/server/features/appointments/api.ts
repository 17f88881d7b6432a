// Appointments, for series, reminders, links of messages and the demo clinic.

export { systemAuthor } from './author.ts';
export { bookAppointments } from './booking.ts';
export { countAppointmentsOf, returnAppointments } from './hand-over.ts';
export { moveAppointments } from './moving.ts';
export { addClientAnswer, cancelAppointments } from './status.ts';
export { type AppointmentRow, listAppointmentsOfSeries } from './finding.ts';
export { seedAppointments, type SeededAppointment } from './seed.ts';
export { presentAppointmentSummary } from './presenter.ts';
export { TimeTaken } from './clashes.ts';
export { runAgainAfterRace } from './races.ts';
