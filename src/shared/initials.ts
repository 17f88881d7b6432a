/** Words of a name that are no name themselves. */
const particles = new Set(['de', 'da', 'do', 'das', 'dos', 'e']);

/** The initials of a name, first and last: “Maria da Silva” → “M. S.” */
export function toInitials(name: string): string {
  const words = name.split(/\s+/).filter((word) => !particles.has(word.toLowerCase()));
  const letters = words.flatMap((word) => /\p{L}/u.exec(word)?.[0].toUpperCase() ?? []);
  const shown = letters.length > 2 ? [letters[0], letters.at(-1)] : letters;
  return shown.length === 0 ? '–' : shown.map((letter) => `${letter ?? ''}.`).join(' ');
}
