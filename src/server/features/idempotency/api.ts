// How a creation is made once, however often it is asked for.

export { claimCreation, earlierRecord } from './service.ts';
