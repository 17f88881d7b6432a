import { useEffect, useState } from 'react';
import { toWallTime } from '../../lib/wall-time.ts';

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
  return toWallTime(now, timeZone);
}
