import type { Locale } from '../errors.ts';

/** A text in both languages. */
type Words = Readonly<Record<Locale, string>>;

/** An error's HTTP status and its text in both languages. */
export type ErrorText = Words & { readonly status: number };

/** One line of a catalogue of problems: HTTP status, Portuguese, English. */
export const text = (status: number, pt: string, en: string): ErrorText => ({ status, 'pt-BR': pt, en });

/**
 * More specific texts of a code, by the reason that an error gives. `{n}` stands for its count, `{wait}` for the time to wait.
 * Texts may be changed at any time; programs see only the code.
 */
export type Reasons = Readonly<Record<string, Words>>;
