import { seenText } from '../../../../../shared/plain-spelling.ts';
import { foldText } from '../../../../../shared/fold-text.ts';
import { type ColumnMeaning, importFields } from '../../../../../shared/contracts/imports.ts';

/** A header as it is compared: no accents, no case, words joined by `_`. */
export const foldHeader = (header: string): string =>
  foldText(seenText(header).replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2'))
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

// Words that exports abbreviate or inflect differently.
const forms: Readonly<Record<string, string>> = Object.fromEntries(
  'n:numero no:numero nr:numero nro:numero num:numero tel:telefone fone:telefone telefones:telefone cel:celular celulares:celular res:residencial dt:data nasc:nascimento end:endereco compl:complemento obs:observacoes observacao:observacoes est:estado resp:responsavel conv:convenio pac:paciente cli:cliente'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
const linking = new Set(['de', 'do', 'da', 'dos', 'das']);
/** Words in headers that add nothing: whose it is, where it is, how it is written. */
const asides = new Set(
  'paciente cliente completo completa obrigatorio obrigatoria opcional whatsapp com ddd dd mm aaaa yyyy residencial home'.split(
    ' ',
  ),
);

/** A folded header with its words in one form: `N.º do C.P.F.` and `num_cpf` are the same. */
const keyOf = (header: string): string =>
  foldHeader(header)
    .replaceAll('whats_app', 'whatsapp')
    .replace(/\b[a-z](?:_[a-z])+(?![a-z0-9])/g, (letters) => letters.replaceAll('_', ''))
    .replace(/([a-z])(\d)$/, '$1_$2')
    .split('_')
    .filter((word) => !linking.has(word))
    .map((word) => forms[word] ?? word)
    .join('_');

const withoutAsides = (key: string): string =>
  key
    .split('_')
    .filter((word) => !asides.has(word))
    .join('_');

// Names that clinics' exports use, folded. Sources: the earlier system's export, Brazilian practice software, Google and
// Outlook contacts.
const synonyms: Readonly<Record<Exclude<ColumnMeaning, 'extra'>, string>> = {
  firstName: 'first_name given_name primeiro_nome prenome nome_proprio firstname',
  lastName: 'last_name family_name surname sobrenome ultimo_nome apelido_de_familia lastname',
  middleName: 'middle_name additional_name segundo_nome nome_do_meio nomes_do_meio outros_nomes middlename',
  fullName:
    'name full_name nome nome_completo paciente nome_do_paciente nome_paciente cliente nome_do_cliente nome_cliente patient patient_name client client_name razao_social nome_razao_social contato',
  socialName: 'social_name nome_social preferred_name como_prefere_ser_chamado',
  email:
    'email e_mail mail e_mail_1_value email_address endereco_de_email correio_eletronico e_mail_do_paciente e_mail_address email_1 e_mail_principal email_principal e_mail_1',
  phone:
    'phone telefone celular phone_number mobile mobile_phone cell cell_phone telefone_celular fone tel whatsapp numero_de_telefone telefone_1 celular_1 phone_1_value telefone_principal fone_celular fone_1 tel_celular contato_telefone telefone_contato numero_celular ddd_telefone celular_telefone',
  secondaryPhone:
    'secondary_phone phone_2 telefone_2 celular_2 telefone_secundario telefone_fixo telefone_residencial fone_residencial home_phone telefone_comercial business_phone work_phone phone_2_value outro_telefone telefone_alternativo residencial fone_2 tel_residencial recado telefone_recado tel_fixo tel_com tel_comercial',
  document:
    'document cpf cnpj cpf_cnpj cpf_ou_cnpj documento cpf_do_paciente numero_do_cpf num_cpf tax_id cpf_paciente nr_cpf n_cpf cpf_cnpj_do_cliente cnpj_cpf cpf_numero',
  rg: 'rg identidade registro_geral carteira_de_identidade identity_card documento_de_identidade numero_rg n_rg rg_ie rg_numero',
  dateOfBirth:
    'date_of_birth birth_date birthdate birthday dob data_de_nascimento data_nascimento nascimento dt_nascimento dt_nasc data_nasc nasc aniversario data_de_nasc data_do_nascimento data_aniversario nascido_em dn d_nasc',
  sex: 'sex sexo gender genero sexo_biologico',
  maritalStatus: 'marital_status estado_civil civil_status',
  nationality: 'nationality nacionalidade',
  profession: 'profession profissao occupation ocupacao job_title cargo organization_title',
  'address.postalCode':
    'postal_code cep zip zip_code zipcode postcode codigo_postal address_postal_code endereco_cep cep_do_endereco address_1_postal_code',
  'address.street':
    'street address endereco logradouro rua street_address address_street endereco_rua address_line_1 endereco_logradouro rua_av rua_avenida avenida rua_do_endereco address_1_street',
  'address.number':
    'address_number number numero street_number numero_endereco numero_do_endereco n_endereco endereco_numero num house_number nr no',
  'address.complement':
    'complement complemento address_complement address_line_2 endereco_complemento complemento_do_endereco address_2 compl apartment',
  'address.neighborhood':
    'neighborhood bairro district address_neighborhood endereco_bairro bairro_do_endereco neighbourhood',
  'address.city':
    'city cidade municipio address_city endereco_cidade cidade_do_endereco localidade town address_1_city',
  'address.state':
    'state estado uf address_state endereco_estado estado_do_endereco endereco_uf uf_do_endereco sigla_uf province estado_uf uf_estado address_1_region',
  'guardian.name':
    'guardian guardian_name responsavel nome_do_responsavel nome_responsavel responsavel_legal responsible',
  'guardian.phone':
    'guardian_phone telefone_do_responsavel telefone_responsavel celular_do_responsavel celular_responsavel',
  'guardian.document': 'guardian_document cpf_do_responsavel cpf_responsavel documento_do_responsavel',
  'healthInsurance.plan':
    'health_insurance health_insurance_plan insurance insurance_plan convenio plano plano_de_saude nome_do_convenio operadora nome_convenio',
  'healthInsurance.number':
    'health_insurance_number insurance_number carteirinha numero_da_carteirinha numero_carteirinha matricula numero_do_convenio carteira_do_convenio matricula_convenio numero_carteira carteira_convenio',
  tags: 'tags etiquetas marcadores labels grupos grupo categorias categoria tag group_membership',
  notes:
    'notes note observacoes observacao obs anotacoes comments comentarios observacoes_gerais notas remarks observations',
  extraObject: 'extra',
  areaCode: 'area_code ddd ddd_1 ddd_2 ddd_3 codigo_de_area cod_area prefixo_ddd',
  sharedPhone: 'shared_phone allow_shared_phone telefone_compartilhado phone_shared',
  // Columns of our own list of what was rejected, and what means nothing outside the system that it comes from.
  ignore:
    'id pk uuid linha_do_arquivo motivo_da_recusa professional professional_id profissional_id created_at updated_at archived_at phone_1_label phone_2_label phone_3_label phone_4_label phone_1_type phone_2_type phone_3_type phone_4_type e_mail_1_label e_mail_2_label e_mail_3_label e_mail_1_type e_mail_2_type e_mail_3_type address_1_label address_1_type',
};

const meanings = new Map<string, ColumnMeaning>();
for (const [meaning, names] of Object.entries(synonyms))
  for (const name of names.split(' ')) meanings.set(keyOf(name), meaning as ColumnMeaning);
for (const field of importFields) meanings.set(keyOf(field), field);

/** Characters of the longest text that is taken for the name of a column. */
const longestName = 200;

/** What a column holds by its header; undefined for an unknown header. */
export function meaningOf(header: string): ColumnMeaning | undefined {
  if (header.length > longestName) return undefined;
  const key = keyOf(header);
  // The first of several: but `Contato 1` is hardly a name.
  const first = meanings.get(key.replace(/_1$/, ''));
  return meanings.get(key) ?? meanings.get(withoutAsides(key)) ?? (first === 'fullName' ? undefined : first);
}

/** Whether a column of phones says that they are mobile ones. */
export const isMobile = (header: string): boolean =>
  /(?:^|_)(?:celular|mobile|cell|whatsapp)(?:_|$)/.test(keyOf(header));
