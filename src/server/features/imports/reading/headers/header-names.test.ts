import { describe, expect, it } from 'vitest';
import { meaningOf } from './header-names.ts';

describe('the meaning of a header', () => {
  it.each([
    ['fullName', 'Nome completo', 'NOME', 'Paciente', 'Nome do Cliente', 'Nome (obrigatório)'],
    ['phone', 'Celular', 'WhatsApp', 'Celular / WhatsApp', 'Telefone (com DDD)', 'Nº Celular', 'Tel.', 'Telefones'],
    ['secondaryPhone', 'Fone Res.', 'Tel. Comercial', 'Telefone2', 'Telefone fixo'],
    ['document', 'CPF/CNPJ', 'C.P.F.', 'Nº do CPF', 'CPF Nº', 'CNPJ/CPF', 'CPF do Paciente'],
    ['rg', 'R.G.', 'RG/IE', 'N.º RG'],
    ['dateOfBirth', 'Dt. Nascimento', 'DtNasc', 'Data de nascimento (dd/mm/aaaa)', 'Data Nasc.', 'birth_date'],
    ['email', 'E-mail', 'E-Mail do cliente', 'Email 1'],
    ['address.street', 'Endereço', 'End.', 'Endereço completo'],
    ['address.number', 'Nº', 'N°', 'Nro.', 'Num.', 'Nº Endereço'],
    ['address.postalCode', 'C.E.P.', 'CEP'],
    ['address.state', 'UF', 'Estado (UF)', 'Estado (residencial)', 'Address 1 - Region'],
    ['address.city', 'Home City', 'Cidade do endereço residencial'],
    ['middleName', 'Middle Name', 'Additional Name', 'Segundo nome'],
    ['healthInsurance.plan', 'Convenio1', 'Convênio'],
    ['healthInsurance.number', 'Nº Carteirinha', 'Número da carteira', 'Nº do convênio'],
    ['guardian.document', 'CPF do Responsável', 'CPF Resp.'],
    ['notes', 'Observações', 'Obs.:', 'Observação'],
  ] as const)('is %s for %s and the like', (meaning, ...headers) => {
    expect(headers.map((header) => [header, meaningOf(header)])).toEqual(headers.map((header) => [header, meaning]));
  });

  it.each([
    'Prontuário',
    'Data de cadastro',
    'Nome do pai',
    'Nome da mãe',
    'Apelido',
    'Contato 1',
    'E-mail do responsável',
    'Cidade/UF',
    '',
  ])('is left to a person for %s', (header) => {
    expect(meaningOf(header)).toBeUndefined();
  });
});
