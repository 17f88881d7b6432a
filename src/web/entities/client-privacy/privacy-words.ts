import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { RetentionPart } from '../../../shared/contracts/anonymizing.ts';

export const partNames: Readonly<Record<RetentionPart, MessageDescriptor>> = {
  clinical: msg`Registros de atendimento`,
  money: msg`Combinados de pagamento`,
  registration: msg`Cadastro`,
};

/** What people call what the database keeps in its tables. */
export const tableNames: Readonly<Record<string, MessageDescriptor>> = {
  clients: msg`Cadastro`,
  client_versions: msg`Histórico do cadastro`,
  client_links: msg`Família`,
  client_merges: msg`Uniões de cadastros`,
  client_hand_overs: msg`Trocas de profissional`,
  client_bulk_changes: msg`Mudanças em vários clientes`,
  duplicate_dismissals: msg`Pares marcados como pessoas diferentes`,
  appointments: msg`Atendimentos e horários`,
  appointment_versions: msg`Histórico dos horários`,
  appointment_reminders: msg`Lembretes enviados`,
  confirmation_links: msg`Links de confirmação`,
  reminder_preferences: msg`Escolha de lembretes`,
  series: msg`Horários que se repetem`,
  series_gaps: msg`Datas sem horário`,
  session_packages: msg`Pacotes de sessões`,
  waiting_wishes: msg`Lista de espera`,
  consents: msg`Consentimentos`,
  consent_withdrawals: msg`Consentimentos retirados`,
  covering_clients: msg`Coberturas`,
  emergency_accesses: msg`Acessos de emergência`,
  client_anonymizations: msg`Registro do que foi feito`,
  data_requests: msg`Pedidos da LGPD`,
  client_copies: msg`Cópias entregues`,
  client_copy_parts: msg`Cópias à espera`,
  imports: msg`Importações`,
  import_files: msg`Arquivos importados`,
  import_rejects: msg`Linhas recusadas de importações`,
  audit_events: msg`Auditoria, só com códigos`,
  backups: msg`Cópias de segurança anteriores`,
};
