import { expect, test, vi } from 'vitest';

test('an upload cancelled before it starts is not sent', async () => {
  // Modules of the web app listen to the window while they load.
  vi.stubGlobal('addEventListener', vi.fn());
  const send = vi.fn();
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      send = send;
    },
  );
  const { createProgressFetch } = await import('./progress-fetch.ts');
  const progressFetch = createProgressFetch(() => undefined);
  await expect(progressFetch('http://localhost/', { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(send).not.toHaveBeenCalled();
});
