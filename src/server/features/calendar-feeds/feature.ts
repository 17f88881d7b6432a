import type { Feature } from '../../feature.ts';
import { deleteAllFeeds } from './queries.ts';
import { registerCalendar, registerCalendarFeedRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    calendar_feed_made: 'calendar_feed';
    calendar_feed_revoked: 'calendar_feed';
  }
}

/** A professional's agenda in other calendar programs, by a secret address. */
export const calendarFeeds: Feature = {
  name: 'calendar-feeds',
  tables: ['calendar_feeds'],
  routes: registerCalendarFeedRoutes,
  outerRoutes: registerCalendar,
  exposes: { calendar_feed_made: ['agenda'] },
  afterRestore: deleteAllFeeds,
  staysBehind: ['calendar_feeds'],
};
