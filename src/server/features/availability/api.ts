// Opening hours and free times, for other features.

export { addStandardVisitTypes, findVisitType, type VisitTypeFacts } from './visit-types.ts';
export { classifyTimes, type SlotRequest, type Span, type TimeQuestion, type TimeState } from './time-states.ts';
export { saveHours } from './hours.ts';
export { holidaysOf } from './holidays.ts';
export { findNearestSlots } from './nearest.ts';
