import { expectThat, type Report, Skipped } from './report.ts';

/** Reads from `/metrics` how many responses of 500 and above a server has sent since it started. */
async function countFaults(url: string, token: string): Promise<number> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  if (answer.status === 404) throw new Skipped(`${url} is kept to itself: name each server with --metrics-url`);
  expectThat(answer.status === 200, `${url} answers ${String(answer.status)}`);
  const counts = text.matchAll(/^acolhe_http_request_duration_seconds_count\{[^}]*status="5\d\d"[^}]*\} (\d+)/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Reads the servers' counters now, and returns the step that reads them again at the end and compares. */
export async function watchFaults(
  urls: readonly string[],
  token: string | undefined,
): Promise<(report: Report) => Promise<void>> {
  const read = async (): Promise<number> => {
    if (token === undefined || token === '')
      throw new Skipped('METRICS_TOKEN is not set here: the servers’ own count cannot be read');
    const counts = await Promise.all(urls.map((url) => countFaults(url, token)));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  const before = read();
  // A failure is reported by the step below, not as an unhandled rejection.
  await before.catch(() => undefined);
  return async (report) => {
    await report.step('no answer of 500 or above', async () => {
      const more = (await read()) - (await before);
      expectThat(more === 0, `${String(more)} meanwhile: look for request_failed in the log`);
      return ['the servers counted none meanwhile', undefined];
    });
  };
}
