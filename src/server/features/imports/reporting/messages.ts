import { fieldErrorCatalogue, type Locale } from '../../../../shared/errors.ts';
import { appointmentTexts } from './appointment-messages.ts';
import type { FileProblemCode } from '../reading/records/records.ts';
import type { RowProblemCode } from '../reading/rows/rows.ts';

type Text = Readonly<Record<Locale, string>>;
type OwnRowCode = Exclude<RowProblemCode, keyof typeof fieldErrorCatalogue> | 'too_long' | 'required';

/** Why a row was rejected, for codes for which a form's message does not fit. */
const rowTexts: Readonly<Record<OwnRowCode, Text>> = {
  required: { 'pt-BR': 'Falta o nome.', en: 'The name is missing.' },
  too_long: { 'pt-BR': 'O texto é longo demais para este campo.', en: 'The text is too long for this field.' },
  missing_cells: {
    'pt-BR': 'A linha tem menos colunas que o cabeçalho.',
    en: 'The row has fewer columns than the header.',
  },
  surplus_cells: {
    'pt-BR': 'A linha tem mais colunas que o cabeçalho.',
    en: 'The row has more columns than the header.',
  },
  unclosed_quote: {
    'pt-BR': 'As aspas abertas nesta linha não se fecham.',
    en: 'The quotes that open in this row never close.',
  },
  stray_quote: {
    'pt-BR': 'Há aspas no meio de um texto; dobre-as ("") ou tire-as.',
    en: 'There are quotes within a text; double them ("") or take them out.',
  },
  rounded_number: {
    'pt-BR': 'A planilha arredondou este número (como 5,29E+10) e perdeu dígitos. Escreva-o inteiro.',
    en: 'The spreadsheet rounded this number (as in 5.29E+10) and lost digits. Write it in full.',
  },
  ambiguous_date: {
    'pt-BR': 'Não dá para saber o que é dia e o que é mês. Escreva a data como 31/12/1980.',
    en: 'It is unclear which is the day and which the month. Write the date as 31/12/1980.',
  },
  not_a_client: {
    'pt-BR': 'Esta linha parece um total ou um rodapé da lista, não um cliente.',
    en: 'This row looks like a total or a footer of the list, not like a client.',
  },
  invalid_record: { 'pt-BR': 'Este registro não pôde ser lido.', en: 'This record could not be read.' },
  unfinished_card: {
    'pt-BR': 'Este cartão não tem começo (BEGIN:VCARD) ou fim (END:VCARD). Exporte o contato de novo.',
    en: 'This card has no beginning (BEGIN:VCARD) or no end (END:VCARD). Export the contact again.',
  },
  card_too_long: {
    'pt-BR': 'Este cartão é longo demais. Encurte as anotações do contato e exporte-o de novo.',
    en: 'This card is too long. Shorten the notes of the contact and export it again.',
  },
  too_many_phones: {
    'pt-BR': 'Há mais telefones do que o cadastro guarda. Deixe os principais e passe os outros para as anotações.',
    en: 'There are more phones than a client has room for. Leave the main ones and move the others to the notes.',
  },
  too_many_tags: {
    'pt-BR': 'Com estas, o cliente passaria de 20 etiquetas. Tire algumas.',
    en: 'With these, the client would have more than 20 tags. Take some out.',
  },
  same_document: {
    'pt-BR': 'Você disse que é outra pessoa, mas o documento é o mesmo. Corrija o documento no arquivo.',
    en: 'You said that this is another person, but the document is the same. Correct the document in the file.',
  },
  conflicting_name: {
    'pt-BR': 'O telefone ou o e-mail já é de alguém com outro nome.',
    en: 'The phone or e-mail belongs to someone with another name.',
  },
  conflicting_document: {
    'pt-BR': 'O telefone ou o e-mail já é de alguém com outro documento.',
    en: 'The phone or e-mail belongs to someone with another document.',
  },
  conflicting_birth_date: {
    'pt-BR': 'O telefone ou o e-mail já é de alguém com outra data de nascimento.',
    en: 'The phone or e-mail belongs to someone with another date of birth.',
  },
  document_of_another: {
    'pt-BR': 'O documento já é de alguém com outro nome ou outra data de nascimento. Confira de quem ele é.',
    en: 'The document belongs to someone with another name or date of birth. Check whose it is.',
  },
  missing_name: {
    'pt-BR': 'Sem o nome não dá para saber de quem é o documento ou a data de nascimento. Preencha o nome.',
    en: 'Without the name nobody can tell whose the document or date of birth is. Fill in the name.',
  },
  several_matches: {
    'pt-BR':
      'Mais de um cadastro pode ser desta pessoa. Preencha o CPF ou a data de nascimento, ou mude o cadastro certo.',
    en: 'More than one client may be this person. Fill in the CPF or the date of birth, or change the right client.',
  },
  same_name_only: {
    'pt-BR':
      'Alguém com o mesmo nome tem outros dados, e falta o que os distinga. Preencha telefone, CPF ou nascimento, ou diga que é outra pessoa.',
    en: 'Somebody of the same name has other data, and nothing tells them apart. Fill in phone, CPF or date of birth, or say that this is another person.',
  },
  phone_of_another: {
    'pt-BR': 'O telefone novo deste cliente já é de outro cadastro.',
    en: 'The new phone of this client belongs to another client.',
  },
  client_of_another: {
    'pt-BR': 'Este documento ou telefone já está em uso na clínica. Peça ajuda a quem administra a clínica.',
    en: 'This document or phone is already in use at the clinic. Ask an administrator of the clinic for help.',
  },
  ...appointmentTexts,
  more_problems: {
    'pt-BR': 'E mais problemas nesta linha.',
    en: 'And more problems in this row.',
  },
};

const isOwn = (code: string): code is OwnRowCode => Object.hasOwn(rowTexts, code);
const isFieldCode = (code: string): code is keyof typeof fieldErrorCatalogue =>
  Object.hasOwn(fieldErrorCatalogue, code);

/** Why a row was rejected, in the reader's language. */
export const rowMessage = (code: string, locale: Locale): string =>
  isOwn(code) ? rowTexts[code][locale] : isFieldCode(code) ? fieldErrorCatalogue[code][locale] : code;

const shapeCodes = ['missing_cells', 'unclosed_quote', 'stray_quote'] as const;

/** Finds the code for the shape of a row in a message of any language; undefined if there is none. */
export const shapeCodeOf = (reason: string): (typeof shapeCodes)[number] | undefined =>
  shapeCodes.find((code) => Object.values(rowTexts[code]).some((text) => reason.includes(text)));

type FailureCode =
  | FileProblemCode
  | 'no_longer_allowed'
  | 'professional_gone'
  | 'client_limit_reached'
  | 'changed_meanwhile'
  | 'internal'
  | UndoFailureCode;

/** Why an import could not be undone. */
export type UndoFailureCode = 'no_longer_allowed' | 'changed_while_undone' | 'not_undone' | 'undo_interrupted';

/** Why nothing was imported or undone, and what to do. Details replace `{header}` and the like. */
const failureTexts: Readonly<Record<FailureCode, Text>> = {
  empty_file: { 'pt-BR': 'O arquivo está vazio.', en: 'The file is empty.' },
  unknown_format: {
    'pt-BR': 'Este arquivo não é CSV, XLSX nem vCard (.vcf). Exporte a lista como CSV e tente de novo.',
    en: 'This file is neither CSV, XLSX nor vCard (.vcf). Export the list as CSV and try again.',
  },
  old_workbook: {
    'pt-BR': 'Este é um arquivo antigo do Excel (.xls) ou tem senha. Salve-o como .xlsx sem senha.',
    en: 'This is an old Excel file (.xls) or has a password. Save it as .xlsx without a password.',
  },
  broken_workbook: {
    'pt-BR': 'A planilha está danificada. Abra-a no Excel, salve-a de novo e tente outra vez.',
    en: 'The workbook is damaged. Open it in Excel, save it again and try once more.',
  },
  encrypted_workbook: {
    'pt-BR': 'A planilha tem senha. Salve-a sem senha e tente de novo.',
    en: 'The workbook has a password. Save it without one and try again.',
  },
  broken_text: {
    'pt-BR': 'O texto do arquivo não é {encoding}. Escolha outra leitura ou salve-o como CSV UTF-8.',
    en: 'The text of the file is not {encoding}. Choose another reading or save it as CSV UTF-8.',
  },
  ambiguous_encoding: {
    'pt-BR': 'Os acentos deste arquivo podem ser lidos de mais de um jeito. Escolha a leitura certa.',
    en: 'The accents of this file can be read in more than one way. Choose the right reading.',
  },
  record_too_long: {
    'pt-BR': 'A linha {line} é longa demais: provavelmente há aspas que não se fecham.',
    en: 'Line {line} is too long: probably there are quotes that never close.',
  },
  too_many_columns: { 'pt-BR': 'O arquivo tem colunas demais.', en: 'The file has too many columns.' },
  file_too_large: {
    'pt-BR': 'O arquivo é grande demais. Divida-o em partes de até 512 MB.',
    en: 'The file is too large. Split it into parts of up to 512 MB.',
  },
  workbook_too_large: {
    'pt-BR': 'A planilha é grande demais. Salve-a como CSV e tente de novo.',
    en: 'The workbook is too large. Save it as CSV and try again.',
  },
  file_too_complex: {
    'pt-BR':
      'Ler este arquivo exige mais do que o servidor reserva para um. Divida-o ou salve-o como CSV e tente de novo.',
    en: 'Reading this file takes more than the server sets aside for one. Split it or save it as CSV and try again.',
  },
  no_known_column: {
    'pt-BR': 'Nenhuma coluna parece ser nome, telefone, e-mail ou documento. Diga o que cada coluna é.',
    en: 'No column seems to be a name, phone, e-mail or document. Say what each column is.',
  },
  no_header: {
    'pt-BR': 'O arquivo começa direto pelos clientes, sem os nomes das colunas. Diga o que cada coluna é.',
    en: 'The file begins with the clients at once, without names of columns. Say what each column is.',
  },
  duplicate_header: {
    'pt-BR': 'Há duas colunas chamadas “{header}”. Dê outro nome a uma delas.',
    en: 'Two columns are named “{header}”. Rename one of them.',
  },
  duplicate_mapping: {
    'pt-BR': 'Duas colunas foram marcadas como o mesmo campo ({meaning}). Escolha uma só.',
    en: 'Two columns were given the same field ({meaning}). Choose one of them.',
  },
  invalid_mapping: {
    'pt-BR': 'O arquivo não tem a coluna “{header}”, ou “{meaning}” não é um campo.',
    en: 'The file has no column “{header}”, or “{meaning}” is no field.',
  },
  client_limit_reached: {
    'pt-BR':
      'Com estes clientes, a clínica passaria do limite do seu contrato. Nada foi importado. Importe menos, ou fale com quem hospeda o sistema.',
    en: 'With these clients the clinic would exceed the number of its contract. Nothing was imported. Import fewer, or talk to whoever hosts the system.',
  },
  no_longer_allowed: {
    'pt-BR':
      'Quem pediu isto perdeu o acesso ou mudou de perfil antes do fim. Nada foi gravado: peça a um administrador.',
    en: 'Whoever asked for this lost access or got another role before its end. Nothing was written: ask an administrator.',
  },
  professional_gone: {
    'pt-BR': 'O profissional que receberia estes clientes não está mais ativo. Nada foi gravado: escolha outro.',
    en: 'The professional who would get these clients is no longer active. Nothing was written: choose another one.',
  },
  damaged_header: {
    'pt-BR': 'Os nomes das colunas vieram com letras perdidas (�). Escreva-os de novo e tente outra vez.',
    en: 'The names of the columns came with letters lost (�). Write them again and try once more.',
  },
  month_first: {
    'pt-BR': 'As datas parecem ter o mês antes do dia (linha {line}). Diga em que ordem estão.',
    en: 'The dates seem to have the month before the day (line {line}). Say in which order they are.',
  },
  mixed_dates: {
    'pt-BR': 'Há datas com o dia primeiro e datas com o mês primeiro (veja a linha {line}). Diga qual ordem vale.',
    en: 'Some dates have the day first and others the month (see line {line}). Say which order is right.',
  },
  too_many_appointments: {
    'pt-BR': 'O arquivo tem mais de {count} consultas. Divida-o em partes menores.',
    en: 'The file has more than {count} appointments. Split it into smaller parts.',
  },
  changed_meanwhile: {
    'pt-BR':
      'Cadastros que este arquivo altera mudaram enquanto ele era importado, três vezes seguidas. Nada foi gravado. Importe de novo daqui a alguns minutos ou divida o arquivo em partes menores.',
    en: 'Clients that this file changes were modified while it was imported, three times in a row. Nothing was written. Import it again in a few minutes, or split it into smaller parts.',
  },
  changed_while_undone: {
    'pt-BR':
      'Cadastros ou consultas desta importação mudaram enquanto ela era desfeita, três vezes seguidas. Nada foi desfeito. Tente de novo daqui a alguns minutos.',
    en: 'Clients or appointments of this import were changed while it was being undone, three times in a row. Nothing was undone. Try again in a few minutes.',
  },
  not_undone: {
    'pt-BR': 'Algo falhou do nosso lado ao desfazer esta importação. Nada foi desfeito. Tente de novo.',
    en: 'Something failed on our side while this import was being undone. Nothing was undone. Try again.',
  },
  undo_interrupted: {
    'pt-BR': 'O sistema parou enquanto desfazia esta importação. Nada foi desfeito. Tente de novo.',
    en: 'The system stopped while it was undoing this import. Nothing was undone. Try again.',
  },
  internal: {
    'pt-BR': 'Algo falhou do nosso lado e nada foi gravado. Tente de novo.',
    en: 'Something failed on our side and nothing was written. Try again.',
  },
};

const isFailureCode = (code: string): code is FailureCode => Object.hasOwn(failureTexts, code);

/** Why nothing was imported or undone, in the reader's language. */
export function failureMessage({ code, line, column, details }: FailureRow, locale: Locale): string {
  const values: Readonly<Record<string, unknown>> = { ...details, line, column };
  const text = failureTexts[isFailureCode(code) ? code : 'internal'][locale];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '?';
  });
}

/** The JSON in `imports.failure`. */
export interface FailureRow {
  readonly code: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A failure of the import as a whole, at no place in the file. */
export const ofWhole = (code: FailureCode): FailureRow => ({ code, line: null, column: null, details: {} });
