import type { Locale } from '../errors.ts';

/** Words in both languages. */
type Words = Readonly<Record<Locale, string>>;

/** An error's HTTP status, and its words. */
export type ErrorText = Words & { readonly status: number };

export const text = (status: number, pt: string, en: string): ErrorText => ({ status, 'pt-BR': pt, en });

/**
 * Finer words for a code, by the reason that an error gives. `{n}` stands for its count, `{wait}` for how long to wait. Texts
 * may be improved freely; programs see the code alone.
 */
export type Reasons = Readonly<Record<string, Words>>;
