// The limits that the host sets for a clinic, for the features that add what is limited.

export { isOverClientLimit, requireRoomForClient, requireRoomForPerson } from './limits.ts';
