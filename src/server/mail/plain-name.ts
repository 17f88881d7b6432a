const longest = 60;

/** Characters that IDNA and readers take for a dot. */
const dots = /[\u3002\uff0e\uff61\u2024\ufe52]/g;

/** Titles and initials that people write without a following space: “Dra.Ana”, “J.P.Silva”. */
const abbreviation = /^(?:\p{L}|dra?|sra?|srta|profa?|enfa?|sta?|sto|av|cia|dep|jr|filho|me|ltda)$/iu;

/** Whether a mail program might turn the text into a link, or a reader take it for a phone number or address. */
function looksLikeContact(text: string): boolean {
  if (/:\/\/|@|\bwww\b|\b(?:https?|ftp|mailto|tel|sms|javascript|data)\s*:/iu.test(text)) return true;
  // A phone number, or what could be taken for a code.
  if (text.replace(/\P{N}/gu, '').length > 5) return true;
  return [...text.matchAll(/(?<![\p{L}\p{N}-])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu)].some(([host]) => {
    const labels = host.split('.');
    return !labels.slice(0, -1).every((label) => abbreviation.test(label));
  });
}

/**
 * Makes a person's or clinic's name safe for a mail: one line of at most 60 letters, digits and plain punctuation, with nothing
 * that could become a link. People choose their names themselves, so one that is empty or looks like an address or a phone
 * number is replaced by `fallback`.
 */
export function toPlainName(name: string, fallback: string): string {
  const bounded = name
    .slice(0, 500)
    .normalize('NFKC')
    .replace(dots, '.')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '');
  const line = bounded.replace(/[\p{Z}\p{C}]+/gu, ' ').trim();
  if (looksLikeContact(line)) return fallback;
  const plain = line
    .replace(/[^\p{L}\p{M}\p{N} .,'’&()+/–-]/gu, ' ')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    // A space after every dot within a word, so that no program makes a link of it.
    .replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, '. ')
    .replace(/\/+/g, '/')
    .replace(/ +/g, ' ')
    .trim();
  if (!/\p{L}/u.test(plain)) return fallback;
  const letters = Array.from(plain);
  return letters.length <= longest ? plain : `${letters.slice(0, longest).join('').trim()}…`;
}
