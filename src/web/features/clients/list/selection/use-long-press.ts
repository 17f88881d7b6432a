import { type MouseEvent, type PointerEvent, useRef } from 'react';

/** Milliseconds after which a press is long, as on Android and iOS. */
const longPress = 450;
/** Pixels that a finger may move meanwhile. */
const tolerance = 10;

interface Press {
  readonly x: number;
  readonly y: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Handlers that tell when a finger rests on something. The tap that ends such a press does nothing else. */
export function useLongPress(onLongPress: (target: Element) => void) {
  const press = useRef<Press>(undefined);
  const isTouch = useRef(false);
  const isSwallowed = useRef(false);
  const end = (): void => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  return {
    onPointerDown: (event: PointerEvent): void => {
      end();
      isTouch.current = event.pointerType === 'touch';
      isSwallowed.current = false;
      if (!isTouch.current || !event.isPrimary) return;
      const target = event.target as Element;
      const timer = setTimeout(() => {
        end();
        isSwallowed.current = true;
        onLongPress(target);
      }, longPress);
      press.current = { x: event.clientX, y: event.clientY, timer };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent): void => {
      const { x = clientX, y = clientY } = press.current ?? {};
      if (Math.hypot(clientX - x, clientY - y) > tolerance) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu: (event: MouseEvent): void => {
      if (isTouch.current) event.preventDefault();
    },
    /** Whether a click that comes now is a finger's. */
    isTap: (): boolean => isTouch.current,
    onClickCapture: (event: MouseEvent): void => {
      if (!isSwallowed.current) return;
      isSwallowed.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
