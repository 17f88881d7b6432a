import { text } from './text.ts';

/** Clients who are family. */
export const relativeErrors = {
  already_related: text(
    409,
    'Estes dois cadastros já estão ligados assim. Atualize a ficha para ver.',
    'These two clients are linked in this way already. Reload to see it.',
  ),
} as const;
