import { useEffect, useState } from 'react';
import { toLocalTime } from '../../../shared/zoned-time.ts';

/** The wall time of the clinic, which moves on with the clock. */
export function useNow(timeZone: string): string {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const update = (): void => {
      setNow(new Date());
    };
    const timer = setInterval(update, 20_000);
    // A device that slept shows the present time at once.
    document.addEventListener('visibilitychange', update);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', update);
    };
  }, []);
  return toLocalTime(now, timeZone);
}
