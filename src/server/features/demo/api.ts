// The demo clinic, for the server and the command line.

export { listDemoPeople, seedDemoClinic } from './service.ts';
