import { text } from './text.ts';

/** Registering clients. */
export const clientErrors = {
  duplicate_phone: text(
    409,
    'Este telefone já é de outro cadastro da clínica.',
    'Another client of the clinic already has this phone.',
  ),
  duplicate_document: text(
    409,
    'Este CPF ou CNPJ já é de outro cadastro da clínica.',
    'Another client of the clinic already has this document.',
  ),
  not_undoable: text(
    409,
    'Esta mudança já foi desfeita ou passou do prazo de uma hora.',
    'This change has been undone already, or its hour is over.',
  ),
} as const;
