/** Open dialogs, the topmost last. Everything below that one is inert: no focus, no clicks, not read aloud. */
const layers: HTMLElement[] = [];

function updateInert(): void {
  const page = document.getElementById('root');
  if (page !== null) page.inert = layers.length > 0;
  for (const [index, layer] of layers.entries()) layer.inert = index < layers.length - 1;
  lockScroll(layers.length > 0);
}

/** Keeps the page below a dialog from scrolling, and from moving sideways when its scroll bar disappears. */
function lockScroll(isHeld: boolean): void {
  const { style, clientWidth } = document.documentElement;
  if (isHeld && style.overflow !== 'hidden') style.paddingRight = `${innerWidth - clientWidth}px`;
  if (!isHeld) style.paddingRight = '';
  style.overflow = isHeld ? 'hidden' : '';
}

export const isTopLayer = (layer: HTMLElement | null): boolean => layer !== null && layers.at(-1) === layer;

/** The topmost dialog, if one is open. */
export const findTopLayer = (): HTMLElement | undefined => layers.at(-1);

/** Puts a layer on top. @returns a function that removes it */
export function raiseLayer(layer: HTMLElement): () => void {
  layers.push(layer);
  updateInert();
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    updateInert();
  };
}
