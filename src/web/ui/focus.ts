import { findTopLayer } from './layers.ts';

/** What takes the focus where nothing nearer can: the dialog on top, the heading of the page, or its content. */
function findResort(): HTMLElement | null {
  const layer = findTopLayer();
  if (layer !== undefined) return layer.querySelector<HTMLElement>('.dialog');
  return document.querySelector<HTMLElement>('h1') ?? document.querySelector<HTMLElement>('main');
}

/** @returns whether the element has the focus now; one that is disabled, hidden or below a dialog does not take it */
function focus(target: HTMLElement | null | undefined): boolean {
  if (!target) return false;
  if (target.tabIndex < 0 && !target.hasAttribute('tabindex')) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  return document.activeElement === target;
}

/** Focuses an element, or what is nearest to it when it has gone, so that nobody starts at the top of the page again. */
export function giveFocusBack(target: Element | null): void {
  const isThere = target instanceof HTMLElement && target.isConnected && target !== document.body;
  if (!isThere || !focus(target)) focus(findResort());
}

const hasFocus = (): boolean => document.activeElement !== null && document.activeElement !== document.body;

/** The element that was focused last, and what it is in, from the inside out; empty after a tap on nothing. */
let lastPath: readonly Element[] = [];

function note({ target }: FocusEvent): void {
  const path: Element[] = [];
  for (let at = target instanceof Element ? target : null; at !== null; at = at.parentElement) path.push(at);
  lastPath = path;
}

/** Fields are left out: a phone would open its keyboard. */
const focusable = 'a[href], button:not([disabled]), [role=button], [tabindex]:not(.dialog):not(main):not(h1)';
/** Beyond these a button has nothing to do with the one that went. */
const frames = '.dialog, .page, main, body, #root';

/** Focuses what now stands where the focus was, or the dialog or page around it. */
function findPlaceAgain(): void {
  if (hasFocus() || lastPath.length === 0) return;
  const [target] = lastPath;
  const isDisabled = target?.matches(':disabled') === true;
  if (target?.isConnected === true && !isDisabled && target.closest('[hidden], [inert]') === null) return;
  for (const around of lastPath.slice(1)) {
    if (!around.isConnected) continue;
    if (around.matches(frames)) break;
    const inside = [...around.querySelectorAll<HTMLElement>(focusable)];
    if (inside.some((each) => each !== target && focus(each))) return;
  }
  focus(findResort());
}

/**
 * Keeps the focus on the page: when the focused element is taken away, hidden or disabled, as a button is after its work, what
 * stands nearest takes it. Otherwise people at a keyboard or screen reader would start again at the top.
 */
export function keepFocus(): void {
  let isDue = false;
  const check = (): void => {
    if (isDue || hasFocus()) return;
    isDue = true;
    // Browsers take the focus from disabled and hidden elements with the next frame.
    requestAnimationFrame(() => {
      setTimeout(() => {
        isDue = false;
        findPlaceAgain();
      });
    });
  };
  document.addEventListener('focusin', note);
  document.addEventListener('pointerup', () => {
    if (!hasFocus() && lastPath[0]?.isConnected === true) lastPath = [];
  });
  const changes = { childList: true, subtree: true, attributeFilter: ['disabled', 'hidden', 'inert'] };
  new MutationObserver(check).observe(document.body, changes);
}
