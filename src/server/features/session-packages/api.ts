// Packages of sessions, for features that book appointments.

export { reserveSessions } from './service.ts';
