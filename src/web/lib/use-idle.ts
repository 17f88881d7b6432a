import { useEffect, useState } from 'react';
import { whenIdle } from './when-idle.ts';

/** Whether the browser has had nothing better to do since `isReady`, so that what nobody waits for can start. */
export function useIdle(isReady = true): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    if (!isReady) return;
    void whenIdle().then(() => {
      setIdle(true);
    });
  }, [isReady]);
  return isIdle;
}
