import type { ClientField, ClientGroup } from './client-fields.ts';
import type { Locale } from './errors.ts';

/** A field or a group of fields that people see by a name; imported columns are called as they were in their file. */
export type LabelledField = Exclude<ClientField, 'extra'> | ClientGroup;

type Label = Readonly<Record<Locale, string>>;

const label = (pt: string, en: string): Label => ({ 'pt-BR': pt, en });

/** What people call a client's fields, in the order in which they read them. */
export const clientLabels: Readonly<Record<LabelledField, Label>> = {
  firstName: label('Nome', 'First name'),
  lastName: label('Sobrenome', 'Last name'),
  socialName: label('Nome social', 'Social name'),
  document: label('CPF', 'CPF'),
  rg: label('RG', 'RG'),
  dateOfBirth: label('Data de nascimento', 'Date of birth'),
  phone: label('Telefone', 'Phone'),
  secondaryPhone: label('Outro número', 'Other number'),
  email: label('E-mail', 'E-mail'),
  sex: label('Sexo', 'Sex'),
  maritalStatus: label('Estado civil', 'Marital status'),
  nationality: label('Nacionalidade', 'Nationality'),
  profession: label('Profissão', 'Profession'),
  guardian: label('Responsável', 'Guardian'),
  'guardian.name': label('Nome do responsável', 'Guardian’s name'),
  'guardian.phone': label('Contato do responsável', 'Guardian’s contact'),
  'guardian.document': label('Documento do responsável', 'Guardian’s document'),
  address: label('Endereço', 'Address'),
  'address.street': label('Rua', 'Street'),
  'address.number': label('Número', 'Number'),
  'address.complement': label('Complemento', 'Address line 2'),
  'address.neighborhood': label('Bairro', 'Neighbourhood'),
  'address.city': label('Cidade', 'City'),
  'address.state': label('Estado', 'State'),
  'address.postalCode': label('CEP', 'CEP'),
  healthInsurance: label('Convênio', 'Health insurance'),
  'healthInsurance.plan': label('Convênio', 'Health insurance'),
  'healthInsurance.number': label('Carteirinha', 'Member number'),
  referral: label('Como conheceu a clínica', 'How they found the clinic'),
  tags: label('Etiquetas', 'Tags'),
  notes: label('Observações do cadastro', 'Registration notes'),
  professionalId: label('Profissional', 'Professional'),
};

/** Fields and groups in the order in which people read them. */
export const readingOrder = Object.keys(clientLabels) as LabelledField[];
