// Packages of sessions, for features that book appointments.

export { reserveSessionAgain, reserveSessionOf, reserveSessions } from './service.ts';
