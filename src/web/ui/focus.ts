import { findTopLayer } from './layers.ts';

/** What can take the focus where nothing nearer can: the dialog on top, or the heading of the page, or its content. */
function findResort(): HTMLElement | null | undefined {
  const layer = findTopLayer();
  if (layer !== undefined) return layer.querySelector<HTMLElement>('.dialog');
  return document.querySelector<HTMLElement>('.page-title') ?? document.getElementById('main');
}

/** Focuses an element, or what is nearest to it when it has gone, so that nobody starts at the top of the page again. */
export function giveFocusBack(target: Element | null | undefined): void {
  const isThere = target instanceof HTMLElement && target.isConnected && target !== document.body;
  if (isThere) target.focus({ preventScroll: true });
  // A button that is disabled, hidden or below a dialog does not take it.
  if (!isThere || document.activeElement !== target) findResort()?.focus({ preventScroll: true });
}

/** Gives the focus a place again when what had it was taken off the page, or disabled; otherwise leaves it where it is. */
export function catchLostFocus(nearest?: Element | null): void {
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) giveFocusBack(nearest);
}
