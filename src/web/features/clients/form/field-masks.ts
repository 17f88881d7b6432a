import { seenText } from '../../../../shared/plain-spelling.ts';

/** What a field holds while someone types: its text and where the caret stands in it. */
export interface Typed {
  readonly text: string;
  readonly caret: number;
}

/** Punctuates what was typed so far. Text that it does not understand comes back exactly as it was. */
export type Mask = (text: string) => string;

const significant = /[\p{L}\p{N}]/u;

/** Lays characters into a pattern of `#`. A separator appears once a character follows it, or when it was typed. */
function lay(typed: string, characters: string, pattern: string): string {
  let laid = '';
  let at = 0;
  for (const place of pattern) {
    if (at >= characters.length) break;
    if (place === '#') {
      laid += characters.charAt(at);
      at += 1;
    } else laid += place;
  }
  const separators = /^[^#]*/.exec(pattern.slice(laid.length))?.[0] ?? '';
  const isTyped = typed.startsWith(laid) && separators.startsWith(typed.slice(laid.length));
  return isTyped ? typed : laid;
}

/** A Brazilian phone, `(11) 3456-7890` or `(11) 98765-4321`. A country code or anything longer is left without. */
export const maskPhone: Mask = (text) => {
  if (/[^\d\s().-]/.test(text)) return text;
  const digits = text.replace(/\D/g, '');
  if (digits.startsWith('0')) return text;
  if (digits.length > 11) return digits;
  const mobile = digits.length > 10 || digits.charAt(2) === '9';
  return digits.length <= 2 && !text.startsWith('(')
    ? digits
    : lay(text, digits, mobile ? '(##) #####-####' : '(##) ####-####');
};

/** A CPF, `529.982.247-25`, and from the twelfth character or the first letter on a CNPJ, `12.ABC.345/01DE-35`. */
export const maskDocument: Mask = (text) => {
  if (/[^\dA-Za-z\s./-]/.test(text)) return text;
  const characters = text.replace(/[^\dA-Za-z]/g, '').toUpperCase();
  if (characters.length > 14) return text;
  const isCpf = characters.length <= 11 && /^\d*$/.test(characters);
  return lay(text, characters, isCpf ? '###.###.###-##' : '##.###.###/####-##');
};

/** A CEP, `01310-100`. */
export const maskPostalCode: Mask = (text) => {
  const digits = text.replace(/\D/g, '');
  return /[^\d\s.-]/.test(text) || digits.length > 8 ? text : lay(text, digits, '#####-###');
};

/** A date, `05/03/1981`. Slashes that the typist sets by hand (`5/3/1981`) are kept. */
export const maskDate: Mask = (text) => {
  const digits = text.replace(/\D/g, '');
  const setByHand = /^\d?\/|^\d\d\/\d?\/|[^\d/]|\/\//.test(text);
  return setByHand || digits.length > 8 ? text : lay(text, digits, '##/##/####');
};

/**
 * Applies a mask and keeps the caret after the same letter or digit it stood after, so that a correction in the
 * middle of a number goes where the typist looks.
 */
export function typeThrough(mask: Mask, typed: Typed): Typed {
  const text = mask(seenText(typed.text));
  if (text === typed.text) return typed;
  if (typed.caret >= typed.text.length) return { text, caret: text.length };
  let before = 0;
  for (const character of typed.text.slice(0, typed.caret)) if (significant.test(character)) before += 1;
  let caret = 0;
  while (before > 0 && caret < text.length) {
    if (significant.test(text.charAt(caret))) before -= 1;
    caret += 1;
  }
  return { text, caret };
}
