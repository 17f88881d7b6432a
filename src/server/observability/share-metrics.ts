import { AggregatorRegistry } from 'prom-client';
import type { Link } from '../processes/link.ts';
import type { Metrics } from './metrics.ts';

/** Metrics whose text is that of all processes together: counts are added up, whichever process is asked. */
export function shareMetrics(metrics: Metrics, link: Pick<Link, 'offerMetrics' | 'gatherMetrics'>): Metrics {
  link.offerMetrics(async () => await metrics.registry.getMetricsAsJSON());
  return {
    ...metrics,
    print: async () => AggregatorRegistry.aggregate([...(await link.gatherMetrics())]).metrics(),
  };
}
