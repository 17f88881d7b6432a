import type { Hours } from '../../../shared/contracts/agenda/availability.ts';

/** The hours of a professional for whom none were set: Monday to Friday from 8 to 18. */
export const usualHours: Hours['weekly'] = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }));
