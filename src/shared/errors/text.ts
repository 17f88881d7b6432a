import type { Locale } from '../errors.ts';

/** An error's HTTP status, and its words in both languages. */
export type ErrorText = Readonly<Record<Locale, string>> & { readonly status: number };

/** One line of a catalogue of problems: HTTP status, Portuguese, English. */
export const text = (status: number, pt: string, en: string): ErrorText => ({ status, 'pt-BR': pt, en });
