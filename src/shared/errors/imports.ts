import { text } from './text.ts';

/** Imports of files. */
export const importErrors = {
  import_file_gone: text(
    409,
    'O arquivo desta importação não está mais guardado. Envie o arquivo de novo.',
    'The file of this import is no longer kept. Send it again.',
  ),
  import_not_undoable: text(
    409,
    'Esta importação não pode ser desfeita: não terminou, já foi desfeita ou passou de 30 dias.',
    'This import cannot be undone: it has not finished, was undone already or is over 30 days old.',
  ),
  too_many_imports: text(
    429,
    'A clínica tem importações demais ao mesmo tempo. Espere que terminem e tente de novo.',
    'The clinic has too many imports at once. Wait until they are done and try again.',
  ),
} as const;
