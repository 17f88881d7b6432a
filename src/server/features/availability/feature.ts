import type { Feature } from '../../feature.ts';
import { registerAvailabilityRoutes } from './routes.ts';
import { completeVisitTypes } from './visit-types.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    /** The record is the professional whose hours they are. */
    hours_changed: 'professional';
    time_off_added: 'time_off';
    time_off_removed: 'time_off';
    holiday_added: 'holiday';
    holiday_removed: 'holiday';
    visit_type_added: 'visit_type';
    visit_type_changed: 'visit_type';
    room_added: 'room';
    room_changed: 'room';
  }
}

/** When the clinic and its people are at work, and the free times that follow from it. */
export const availability: Feature = {
  name: 'availability',
  tables: ['visit_types', 'rooms', 'working_hours', 'hours_exceptions', 'time_off', 'holidays'],
  routes: registerAvailabilityRoutes,
  afterRestore: completeVisitTypes,
  announces: [
    'hours_changed',
    'time_off_added',
    'time_off_removed',
    'holiday_added',
    'holiday_removed',
    'visit_type_added',
    'visit_type_changed',
    'room_added',
    'room_changed',
  ],
};
