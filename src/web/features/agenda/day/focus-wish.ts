/** Milliseconds after which a wish is forgotten: by then the person is elsewhere. */
const patience = 5_000;

let wish: { readonly id: string; readonly until: number } | undefined;

/** Asks that an appointment gets the focus once the grid shows it, if what had the focus is gone by then. */
export function wishFocus(id: string): void {
  wish = { id, until: Date.now() + patience };
}

/** Gives the focus as wished, when the appointment is there and nothing else has the focus. */
export function grantFocusWish(board: HTMLElement): void {
  if (wish === undefined || document.activeElement !== document.body) return;
  const button = board.querySelector<HTMLElement>(`[data-appointment="${wish.id}"]`);
  if (button !== null && Date.now() < wish.until) button.focus({ preventScroll: true });
  if (button !== null || Date.now() >= wish.until) wish = undefined;
}
