import { foldText } from '../../../shared/fold-text.ts';

/** What stands in a message for what differs; Portuguese in all languages of the page, as it is typed. */
export const placeholders = ['nome', 'clinica', 'profissional'] as const;
export type Placeholder = (typeof placeholders)[number];

/** Puts values in place of `{nome}`, `{clínica}` and the like, however they are spelt. Other braces stay as they are. */
export const fillTemplate = (text: string, values: Readonly<Record<Placeholder, string>>): string =>
  text.replace(/\{\s*(\p{L}{1,20})\s*\}/gu, (written, word: string) => {
    const known = placeholders.find((placeholder) => placeholder === foldText(word));
    return known === undefined ? written : values[known];
  });
