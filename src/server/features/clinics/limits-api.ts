// The limits that the host sets for a clinic, for the features that add what is limited.

export { findRoomForClients, isOverClientLimit, refuseFull, requireRoomForPerson } from './limits.ts';
