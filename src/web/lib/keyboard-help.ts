/** Asks for the list of shortcuts, which the palette's host shows. */
export const keyboardHelpEvent = 'acolhe:keyboard-help';

export function openKeyboardHelp(): void {
  dispatchEvent(new Event(keyboardHelpEvent));
}
