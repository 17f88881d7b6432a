import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { DataKind, IncidentReport } from '../../../shared/contracts/incidents.ts';

export const kindWords: Readonly<Record<DataKind, MessageDescriptor>> = {
  registration: msg`cadastro`,
  contact: msg`contato`,
  clinical: msg`saúde`,
  agenda: msg`agenda`,
  documents: msg`documentos`,
  other: msg`outros`,
};

/** What had many clients at once. */
export const massWords: Readonly<Record<string, MessageDescriptor>> = {
  clients_exported: msg`Lista de clientes exportada`,
  clients_imported: msg`Clientes importados`,
  appointments_imported: msg`Consultas importadas`,
  import_undone: msg`Importação desfeita`,
  import_rejects_exported: msg`Linhas recusadas de uma importação baixadas`,
  calendar_feed_made: msg`Agenda ligada a outro calendário`,
};

export const scopeWords = {
  clinic: msg`de toda a clínica`,
  own: msg`de um profissional`,
  chosen: msg`escolhidos um a um`,
} as const;

type ReportText = Exclude<keyof IncidentReport, 'clients'>;

/** What the ANPD asks for in words, in its order. */
export const reportFields: Readonly<Record<ReportText, MessageDescriptor>> = {
  nature: msg`O que aconteceu com os dados`,
  categories: msg`Categorias de dados afetados`,
  vulnerable: msg`Crianças, adolescentes e idosos afetados`,
  measures: msg`Medidas técnicas e de segurança, antes e depois`,
  risks: msg`Riscos e possíveis efeitos para as pessoas`,
  delay: msg`Motivo da demora, se houve`,
  taken: msg`O que foi ou será feito para reverter ou reduzir os efeitos`,
  cause: msg`Causa principal, se conhecida`,
  decision: msg`Por que comunicar, ou não, a ANPD e as pessoas`,
};
