import { normalizeCharacters } from '../../../../shared/plain-spelling.ts';

/** What a field holds while someone types: its text and where the caret stands in it. */
export interface Typed {
  readonly text: string;
  readonly caret: number;
}

/** Adds punctuation to what was typed so far. Text that does not fit the mask is returned unchanged. */
export type Mask = (text: string) => string;

const letterOrDigit = /[\p{L}\p{N}]/u;

/** Puts characters in the places of `#` in a pattern. A separator appears once a character follows it, or when it was typed. */
function fillPattern(typed: string, characters: string, pattern: string): string {
  let filled = '';
  let at = 0;
  for (const place of pattern) {
    if (at >= characters.length) break;
    if (place === '#') {
      filled += characters.charAt(at);
      at += 1;
    } else filled += place;
  }
  const separators = /^[^#]*/.exec(pattern.slice(filled.length))?.[0] ?? '';
  const isTyped = typed.startsWith(filled) && separators.startsWith(typed.slice(filled.length));
  return isTyped ? typed : filled;
}

/** A Brazilian phone, `(11) 3456-7890` or `(11) 98765-4321`. Longer numbers and those with a country code get no punctuation. */
export const maskPhone: Mask = (text) => {
  if (/[^\d\s().-]/.test(text)) return text;
  const digits = text.replace(/\D/g, '');
  if (digits.startsWith('0')) return text;
  if (digits.length > 11) return digits;
  const mobile = digits.length > 10 || digits.charAt(2) === '9';
  return digits.length <= 2 && !text.startsWith('(')
    ? digits
    : fillPattern(text, digits, mobile ? '(##) #####-####' : '(##) ####-####');
};

/** A CPF, `529.982.247-25`; with a letter or more than 11 characters a CNPJ, `12.ABC.345/01DE-35`. */
export const maskDocument: Mask = (text) => {
  if (/[^\dA-Za-z\s./-]/.test(text)) return text;
  const characters = text.replace(/[^\dA-Za-z]/g, '').toUpperCase();
  if (characters.length > 14) return text;
  const isCpf = characters.length <= 11 && /^\d*$/.test(characters);
  return fillPattern(text, characters, isCpf ? '###.###.###-##' : '##.###.###/####-##');
};

/** A CEP, `01310-100`. */
export const maskPostalCode: Mask = (text) => {
  const digits = text.replace(/\D/g, '');
  return /[^\d\s.-]/.test(text) || digits.length > 8 ? text : fillPattern(text, digits, '#####-###');
};

/** A date, `05/03/1981`. Text with slashes of its own (`5/3/1981`) stays as it is. */
export const maskDate: Mask = (text) => {
  const digits = text.replace(/\D/g, '');
  // Pasted with the year first.
  if (/^\d{4}\//.test(text)) return text;
  const [, year = '', month = '', day = ''] = /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  if (Number(digits.slice(2, 4)) > 12 && Number(month) <= 12 && day !== '') return `${day}/${month}/${year}`;
  const setByHand = /^\d?\/|^\d\d\/\d?\/|[^\d/]|\/\//.test(text);
  return setByHand || digits.length > 8 ? text : fillPattern(text, digits, '##/##/####');
};

/**
 * Applies a mask and keeps the caret behind the same letter or digit, so that it does not jump when somebody corrects the
 * middle of a number.
 */
export function applyMask(mask: Mask, typed: Typed): Typed {
  const text = mask(normalizeCharacters(typed.text));
  if (text === typed.text) return typed;
  if (typed.caret >= typed.text.length) return { text, caret: text.length };
  let before = 0;
  for (const character of typed.text.slice(0, typed.caret)) if (letterOrDigit.test(character)) before += 1;
  let caret = 0;
  while (before > 0 && caret < text.length) {
    if (letterOrDigit.test(text.charAt(caret))) before -= 1;
    caret += 1;
  }
  return { text, caret };
}
