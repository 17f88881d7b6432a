// What people ask about their data, for the features that do it.

export { assertRequestOf } from './service.ts';
