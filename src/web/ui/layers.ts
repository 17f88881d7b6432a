interface Layer {
  readonly element: HTMLElement;
  /** Whether it stands over the page; other layers stand beside it. */
  readonly isModal: boolean;
}

/** Open dialogs, the topmost last. Everything below the topmost modal one is inert: no focus, no clicks, not read aloud. */
const layers: Layer[] = [];

function updateInert(): void {
  const page = document.getElementById('root');
  const modal = layers.findLastIndex(({ isModal }) => isModal);
  if (page !== null) page.inert = modal >= 0;
  for (const [index, { element }] of layers.entries()) element.inert = index < modal;
  lockScroll(modal >= 0);
}

/** Keeps the page below a dialog from scrolling, and from moving sideways when its scroll bar disappears. */
function lockScroll(isHeld: boolean): void {
  const { style, clientWidth } = document.documentElement;
  if (isHeld && style.overflow !== 'hidden') style.paddingRight = `${innerWidth - clientWidth}px`;
  if (!isHeld) style.paddingRight = '';
  style.overflow = isHeld ? 'hidden' : '';
}

export const isTopLayer = (layer: HTMLElement | null): boolean => layer !== null && layers.at(-1)?.element === layer;

/** The topmost dialog, if one is open. */
export const findTopLayer = (): HTMLElement | undefined => layers.at(-1)?.element;

/** Puts a layer on top. @returns a function that removes it */
export function raiseLayer(element: HTMLElement, isModal: boolean): () => void {
  const layer = { element, isModal };
  layers.push(layer);
  updateInert();
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    updateInert();
  };
}
