const longest = 60;

/** What IDNA and readers take for a dot. */
const dots = /[\u3002\uff0e\uff61\u2024\ufe52]/g;

/** Titles and initials that are written without a space behind: “Dra.Ana”, “J.P.Silva”. */
const abbreviation = /^(?:\p{L}|dra?|sra?|srta|profa?|enfa?|sta?|sto|av|cia|dep|jr|filho|me|ltda)$/iu;

/** Whether a mail program might make a link of it, or a reader call or write to it. */
function invites(text: string): boolean {
  if (/:\/\/|@|\bwww\b|\b(?:https?|ftp|mailto|tel|sms|javascript|data)\s*:/iu.test(text)) return true;
  // A phone number, or what could be taken for a code.
  if (text.replace(/\P{N}/gu, '').length > 5) return true;
  return [...text.matchAll(/(?<![\p{L}\p{N}-])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu)].some(([host]) => {
    const labels = host.split('.');
    return !labels.slice(0, -1).every((label) => abbreviation.test(label));
  });
}

/**
 * A person's or clinic's name as it may stand in a mail: one short line of letters, digits and plain punctuation, with
 * nothing that could become a link. People write their names themselves; one that looks like an address, a phone number or
 * nothing at all is replaced by `fallback`.
 */
export function plainName(name: string, fallback: string): string {
  const bounded = name
    .slice(0, 500)
    .normalize('NFKC')
    .replace(dots, '.')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '');
  const line = bounded.replace(/[\p{Z}\p{C}]+/gu, ' ').trim();
  if (invites(line)) return fallback;
  const plain = line
    .replace(/[^\p{L}\p{M}\p{N} .,'’&()+/–-]/gu, ' ')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    // A space behind every dot within a word: no program makes a link of what is left.
    .replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, '. ')
    .replace(/\/+/g, '/')
    .replace(/ +/g, ' ')
    .trim();
  if (!/\p{L}/u.test(plain)) return fallback;
  const letters = Array.from(plain);
  return letters.length <= longest ? plain : `${letters.slice(0, longest).join('').trim()}…`;
}
