/** What the card shows once it stands; the build puts it in one file (scripts/vite/parts.ts). */
export { CardAppointments, NextVisit } from './card-appointments.tsx';
export { Consents } from './consents.tsx';
export { Relatives } from './relatives.tsx';
