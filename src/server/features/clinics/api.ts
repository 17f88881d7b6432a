// What the command line and other features do with clinics.

export { chooseScope, type ClinicError, createClinic, createSuperuser, hasNoClinic, openClinic } from './service.ts';
