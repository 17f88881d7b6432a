// Clinics, for the command line and other features.

export { ClinicError } from './clinic-error.ts';
export {
  type ClinicFigures,
  deleteClinic,
  deletionDelay,
  limitClinic,
  listClinicFigures,
  measureClinic,
  noteClinicExport,
  planDeletion,
  receiveClinic,
  renameClinic,
  resumeClinic,
  suspendClinic,
  takeBackDeletion,
} from './desk.ts';
export { closeHostEntries, entryHours, openHostEntry } from './entries.ts';
export { listDeskEvents } from './desk-events.ts';
export { chooseClinicId, chooseScope, createClinic, createSuperuser, hasNoClinic, openClinic } from './service.ts';
export { findClinicSettings } from './settings.ts';
