import { Readable } from 'node:stream';
import { type ImportField, importFields } from '../../../shared/client-fields.ts';
import { clientLabels, readingOrder } from '../../../shared/client-labels.ts';
import type { Actor } from '../../http/actor.ts';
import { writeCsvLine } from '../../http/csv.ts';
import { writeWorkbook } from '../../http/workbook.ts';
import { assertMayImport } from './access/policy.ts';

/** A client who does not exist, as a spreadsheet has them: enough to show how things are written. The CPF is valid, and nobody's. */
const example: Partial<Record<ImportField, string>> = {
  firstName: 'Maria',
  lastName: 'Exemplo da Silva',
  email: 'maria@exemplo.com.br',
  phone: '(11) 98765-4321',
  secondaryPhone: '(11) 3456-7890',
  document: '529.982.247-25',
  dateOfBirth: '31/12/1985',
  'address.postalCode': '01310-100',
  'address.street': 'Avenida Paulista',
  'address.number': '1000',
  'address.complement': 'Apto. 12',
  'address.neighborhood': 'Bela Vista',
  'address.city': 'São Paulo',
  'address.state': 'SP',
  tags: 'preferencial, indicação',
};

/** Labels that an import would read as something else, or two fields share. */
const headings: Partial<Record<ImportField, string>> = {
  document: 'CPF ou CNPJ',
  secondaryPhone: 'Telefone 2',
  'guardian.phone': 'Telefone do responsável',
  notes: 'Observações',
};

const isImported = (name: string): name is ImportField => (importFields as readonly string[]).includes(name);

/** The heading of every field that an import knows, and a line as an example. */
function makeLines(): readonly (readonly string[])[] {
  const fields = readingOrder.filter(isImported);
  return [
    fields.map((field) => headings[field] ?? clientLabels[field]['pt-BR']),
    fields.map((field) => example[field] ?? ''),
  ];
}

/** An empty list to fill in, as a Brazilian Excel opens it. Throws forbidden. */
export function writeTemplate(actor: Actor, format: 'csv' | 'xlsx'): Readable {
  assertMayImport(actor);
  const lines = makeLines();
  if (format === 'xlsx') return writeWorkbook(Readable.from([lines]));
  return Readable.from([`\ufeff${lines.map((cells) => writeCsvLine(cells, ';')).join('')}`]);
}
