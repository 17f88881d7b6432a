// Clinics, for the command line and other features.

export { chooseScope, createClinic, createSuperuser, hasNoClinic, openClinic } from './service.ts';
