import pg from 'pg';
import type { BenchClinic } from './fill-clinic.ts';
import { type Comparison, medianMilliseconds } from './measure.ts';

/** The same search by the application role: through the owner's function, or on the table under its policy. */
export async function compareSearches(url: string, clinic: BenchClinic): Promise<Comparison[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select app.enter($1, $2)', [clinic.sessionId, 'professional']);
    const results: Comparison[] = [];
    for (const words of ['joao muno', 'ximenes leao', '10000123', 'qwertyz']) {
      const ours = await medianMilliseconds(() =>
        client.query(
          `select * from app.search_clients($1, false, '{"status": "active", "sort": "name"}', null, null, 51)`,
          [words],
        ),
      );
      const patterns = words.split(' ').map((word) => `%${word}%`);
      const other = await medianMilliseconds(() =>
        client.query(
          'select id from clients where archived_at is null and search_text like all ($1) order by full_name, id limit 51',
          [patterns],
        ),
      );
      results.push({
        name: `search “${words}”: function | under the policy`,
        ours: ours.toFixed(1),
        other: other.toFixed(1),
        unit: 'ms',
        ratio: other / ours,
      });
    }
    return results;
  } finally {
    await client.end();
  }
}
