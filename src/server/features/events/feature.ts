import type { Feature } from '../../feature.ts';
import { startPeriodicTask } from '../../jobs/periodic-task.ts';
import { ChangeFeed } from './feed.ts';
import { registerEventRoutes } from './routes.ts';

/** The change feed: tells other screens about changes as they happen (server-sent events). */
export const events: Feature = {
  name: 'events',
  tables: [],
  routes: (route, { db, log, metrics, confirm, beforeClose, contributions }) => {
    const feed = new ChangeFeed(db, contributions.announced);
    metrics.watchStreams(feed);
    const listening = startPeriodicTask(
      {
        everySeconds: 1,
        run: () => feed.poll(),
        failure: { event: 'change_feed_failed', message: 'changes could not be read; they follow later' },
      },
      (_error, { event, message }) => {
        log.warn({ event }, message);
      },
    );
    beforeClose(async () => {
      await listening.stop();
      feed.close();
    });
    registerEventRoutes(route, feed, confirm);
  },
};
