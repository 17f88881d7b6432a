// What the command line and other features do with clinics.

export { chooseScope, createClinic, createSuperuser, hasNoClinic, openClinic } from './service.ts';
