import { text } from './text.ts';

/** Clients who are family. */
export const relativeErrors = {
  already_related: text(
    409,
    'Estes dois cadastros já estão ligados assim. Atualize a ficha para ver.',
    'These two clients are linked in this way already. Reload to see it.',
  ),
  too_many_relatives: text(
    409,
    'Um dos dois cadastros já tem o máximo de familiares. Desfaça uma ligação antes de incluir outra.',
    'One of the two clients has as many relatives as there may be. Take a link away before adding another.',
  ),
} as const;
