// Writing very many appointments at once, for imports.

export { AppointmentImport, type ImportedAppointment, type ImportedOutcome } from './bulk/appointment-import.ts';
export { takeImportedBack } from './bulk/take-back.ts';
