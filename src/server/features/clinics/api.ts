// Clinics, for the command line and other features.

export { chooseScope, type ClinicError, createClinic, createSuperuser, hasNoClinic, openClinic } from './service.ts';
export { findClinicSettings } from './settings.ts';
