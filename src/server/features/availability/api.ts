// Opening hours and free times, for other features.

export { addStandardVisitTypes, findVisitType } from './visit-types.ts';
export { classifyTimes, type Span } from './time-states.ts';
export { saveHours } from './hours.ts';
export { holidaysOf } from './holidays.ts';
export { findNearestSlots } from './nearest.ts';
