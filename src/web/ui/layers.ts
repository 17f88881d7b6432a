/** Dialogs that are open, the topmost last. Whatever lies below is inert: no focus, no pointer, not read aloud. */
const layers: HTMLElement[] = [];

function apply(): void {
  const page = document.getElementById('root');
  if (page !== null) page.inert = layers.length > 0;
  for (const [index, layer] of layers.entries()) layer.inert = index < layers.length - 1;
  holdPage(layers.length > 0);
}

/** Keeps the page from scrolling below a dialog, and from jumping when its scroll bar goes. */
function holdPage(isHeld: boolean): void {
  const { style, clientWidth } = document.documentElement;
  if (isHeld && style.overflow !== 'hidden') style.paddingRight = `${innerWidth - clientWidth}px`;
  if (!isHeld) style.paddingRight = '';
  style.overflow = isHeld ? 'hidden' : '';
}

export const isTopLayer = (layer: HTMLElement | null): boolean => layer !== null && layers.at(-1) === layer;

/** Puts a layer on top and returns what takes it away again. */
export function raiseLayer(layer: HTMLElement): () => void {
  layers.push(layer);
  apply();
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    apply();
  };
}
