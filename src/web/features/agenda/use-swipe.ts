import { type PointerEvent, useRef } from 'react';

/** Pixels that a finger has to go sideways, and milliseconds that it may take. A slower one drags. */
const distance = 64;
const quick = 450;

/** Handlers that call `onSwipe` when a finger wipes sideways: 1 to the next, -1 to the one before. */
export function useSwipe(onSwipe: (direction: 1 | -1) => void) {
  const start = useRef<{ readonly x: number; readonly y: number; readonly at: number }>(undefined);
  return {
    onPointerDown: ({ pointerType, clientX, clientY, timeStamp }: PointerEvent) => {
      start.current = pointerType === 'touch' ? { x: clientX, y: clientY, at: timeStamp } : undefined;
    },
    onPointerUp: ({ clientX, clientY, timeStamp }: PointerEvent) => {
      const from = start.current;
      start.current = undefined;
      if (from === undefined || timeStamp - from.at > quick) return;
      const [across, down] = [clientX - from.x, clientY - from.y];
      if (Math.abs(across) < distance || Math.abs(across) < 2 * Math.abs(down)) return;
      onSwipe(across < 0 ? 1 : -1);
    },
    onPointerCancel: () => {
      start.current = undefined;
    },
  };
}
