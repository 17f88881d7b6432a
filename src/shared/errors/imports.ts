import { type Reasons, text } from './text.ts';

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

/** Reasons of the code too_many_imports: which quota of the clinic is used up. */
export const importReasons = {
  imports_in_line: {
    'pt-BR': 'A clínica já tem {n} importações na fila. Espere que terminem e tente de novo.',
    en: 'The clinic has {n} imports in line already. Wait until they are done and try again.',
  },
  uploads_of_a_day: {
    'pt-BR':
      'A clínica já enviou o que pode em um dia: {n} arquivos ou 2 GB. Junte as listas em menos arquivos ou envie o resto amanhã.',
    en: 'The clinic has sent what it may in one day: {n} files or 2 GB. Put the lists into fewer files, or send the rest tomorrow.',
  },
  kept_files: {
    'pt-BR':
      'Os arquivos já enviados pela clínica somam quase 1 GB. Importe os que foram só conferidos, ou envie este quando um deles fizer um dia e sair daqui.',
    en: 'The files that the clinic has sent add up to nearly 1 GB. Import those that were only checked, or send this one when one of them is a day old and no longer kept.',
  },
} as const satisfies Reasons;
