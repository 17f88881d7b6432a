/**
 * The one table of a client's fields. Contract, columns, answers, history, merging, imports, exports, anonymising, form and
 * card are made from it (docs/architecture.md, “Adding a field to the client”).
 */

/**
 * What a field holds. `name`: one line with a visible character, required; `line`: one line; `text`: several lines; `columns`:
 * imported columns that have no field; `professional`: the professional to whom the client belongs.
 */
export type FieldKind =
  | 'name'
  | 'line'
  | 'text'
  | 'email'
  | 'phone'
  | 'document'
  | 'date'
  | 'postalCode'
  | 'state'
  | 'tags'
  | 'columns'
  | 'professional';

/** Kinds whose fields each have a limit of their own; the others have one by their format. */
type BoundedKind = 'name' | 'line' | 'text' | 'tags';

/** The kind, and the limit in characters; for tags, of each tag. */
type Content =
  | { readonly kind: BoundedKind; readonly limit: number }
  | { readonly kind: Exclude<FieldKind, BoundedKind>; readonly limit?: undefined };

export type FieldDefinition = Content & {
  /** The column of the table `clients`. */
  readonly column: string;
  /** Lists show it, not only the card. */
  readonly listed?: true;
  /** Holds what was said or found in treatment: reception neither sees nor writes it. */
  readonly clinical?: true;
  /**
   * What a merge does. `joined`: both texts may be kept, one after the other; `united`: the entries of both are kept. Without
   * it, the whole value comes from one of the records.
   */
  readonly merged?: 'joined' | 'united';
  /** What anonymising does. `replaced`: app.anonymize_client writes another value. Without it, the field is emptied. */
  readonly anonymized?: 'kept' | 'replaced';
  /** Exports of the client list leave it out. */
  readonly exported?: false;
  /** A column of an imported file cannot be mapped to it. */
  readonly imported?: false;
};

/**
 * In the order of the contract and of exported files. A field of a group has the group before the dot: the parts of a group
 * are one object of the contract, and a merge takes them from one record as a whole.
 */
export const clientFields = {
  firstName: { column: 'first_name', kind: 'name', limit: 150, listed: true, anonymized: 'replaced' },
  lastName: { column: 'last_name', kind: 'line', limit: 150, listed: true },
  socialName: { column: 'social_name', kind: 'line', limit: 150, listed: true },
  email: { column: 'email', kind: 'email', listed: true },
  phone: { column: 'phone', kind: 'phone', listed: true },
  secondaryPhone: { column: 'secondary_phone', kind: 'phone', listed: true },
  document: { column: 'document', kind: 'document', listed: true },
  rg: { column: 'rg', kind: 'line', limit: 30 },
  dateOfBirth: { column: 'date_of_birth', kind: 'date', listed: true, anonymized: 'replaced' },
  sex: { column: 'sex', kind: 'line', limit: 40 },
  maritalStatus: { column: 'marital_status', kind: 'line', limit: 40 },
  nationality: { column: 'nationality', kind: 'line', limit: 60 },
  profession: { column: 'profession', kind: 'line', limit: 100 },
  'address.postalCode': { column: 'postal_code', kind: 'postalCode' },
  'address.street': { column: 'street', kind: 'line', limit: 200 },
  'address.number': { column: 'street_number', kind: 'line', limit: 20 },
  'address.complement': { column: 'complement', kind: 'line', limit: 100 },
  'address.neighborhood': { column: 'neighborhood', kind: 'line', limit: 100 },
  'address.city': { column: 'city', kind: 'line', limit: 100, listed: true, anonymized: 'kept' },
  'address.state': { column: 'state', kind: 'state', listed: true, anonymized: 'kept' },
  'guardian.name': { column: 'guardian_name', kind: 'line', limit: 200, listed: true },
  'guardian.phone': { column: 'guardian_phone', kind: 'phone', listed: true },
  'guardian.document': { column: 'guardian_document', kind: 'document' },
  'healthInsurance.plan': { column: 'insurance_plan', kind: 'line', limit: 100 },
  'healthInsurance.number': { column: 'insurance_number', kind: 'line', limit: 50 },
  referral: { column: 'referral', kind: 'line', limit: 100 },
  tags: { column: 'tags', kind: 'tags', limit: 40, listed: true, merged: 'united' },
  notes: { column: 'notes', kind: 'text', limit: 20_000, clinical: true, merged: 'joined' },
  extra: { column: 'extra', kind: 'columns', clinical: true, merged: 'united', imported: false },
  professionalId: {
    column: 'professional_id',
    kind: 'professional',
    listed: true,
    anonymized: 'kept',
    exported: false,
    imported: false,
  },
} as const satisfies Readonly<Record<string, FieldDefinition>>;

type Table = typeof clientFields;

/** A field by its name in the contract, with the group before the dot where it has one. */
export type ClientField = keyof Table;
export type ClientColumn = Table[ClientField]['column'];
/** The fields whose definition has this trait. */
export type FieldsWith<Trait> = { [Field in ClientField]: Table[Field] extends Trait ? Field : never }[ClientField];

type GroupOf<Field> = Field extends `${infer Group}.${string}` ? Group : never;
/** `address`, `guardian`, `healthInsurance`. */
export type ClientGroup = GroupOf<ClientField>;
/** Fields that are in no group. */
export type PlainField = Exclude<ClientField, `${string}.${string}`>;

export type ImportField = Exclude<ClientField, FieldsWith<{ imported: false }>>;
/** Fields that are one text, as files, forms and cards have them. */
export type TextField = Exclude<ImportField, FieldsWith<{ kind: 'tags' }>>;
/** What a merge takes from one record or the other: fields and whole groups. */
export type MergeField = Exclude<PlainField, FieldsWith<{ merged: 'united' }>> | ClientGroup;

/** Every field, in the table's order. */
export const fieldNames = Object.keys(clientFields) as ClientField[];

/** Whether a name is that of a field, and not of an imported column. */
export const isFieldName = (name: string): name is ClientField => Object.hasOwn(clientFields, name);

/** The column that holds each field. */
export const fieldColumns = Object.fromEntries(fieldNames.map((field) => [field, clientFields[field].column])) as {
  readonly [Field in ClientField]: Table[Field]['column'];
};

/** A field's line of the table, with the properties that only some fields have. */
export const definitionOf = (field: ClientField): FieldDefinition => clientFields[field];

type FieldPath = readonly [outer: PlainField | ClientGroup, inner?: string];

/** Split once, because presenters need it for every field of every row. */
const fieldPaths = Object.fromEntries(fieldNames.map((field) => [field, field.split('.')])) as unknown as Readonly<
  Record<ClientField, FieldPath>
>;

/** The group and the part of a field: `address` and `city`; a plain field has no part. */
export const splitField = (field: ClientField): FieldPath => fieldPaths[field];

/** Whether a field holds what was said or found in treatment. */
export const isClinical = (field: ClientField): field is FieldsWith<{ clinical: true }> =>
  definitionOf(field).clinical === true;

/** Whether lists show a field. */
export const isListed = (field: ClientField): field is FieldsWith<{ listed: true }> =>
  definitionOf(field).listed === true;

/** Fields that lists show. */
export const listedFields = fieldNames.filter(isListed);

/** A field's name in the list's answers, where groups are flat: `city` for `address.city`, `guardianPhone` for the guardian's. */
export const listedName = (field: ClientField): string => {
  const [outer, part] = splitField(field);
  if (part === undefined) return outer;
  return outer === 'address' ? part : `${outer}${part.charAt(0).toUpperCase()}${part.slice(1)}`;
};

/** Fields that a column of a file can be mapped to. */
export const importFields = fieldNames.filter((field): field is ImportField => definitionOf(field).imported !== false);

/** Fields that are one text. */
export const textFields = importFields.filter((field): field is TextField => definitionOf(field).kind !== 'tags');

/** Plain fields and groups, which are the keys of a request body, in the table's order. */
export const outerFields = [...new Set(fieldNames.map((field) => splitField(field)[0]))];

/** Whether a key of a body is a group of fields. */
export const isGroup = (outer: PlainField | ClientGroup): outer is ClientGroup => !Object.hasOwn(clientFields, outer);

/** How a merge treats a field; groups are taken as a whole. */
export const mergeRuleOf = (outer: PlainField | ClientGroup): FieldDefinition['merged'] =>
  isGroup(outer) ? undefined : definitionOf(outer).merged;

/** What a merge takes from one record or the other, in the table's order. */
export const mergeFields = outerFields.filter((outer): outer is MergeField => mergeRuleOf(outer) !== 'united');

/** Whether a merge takes this field or group as a whole from one of the records. */
export const isMergeField = (name: ClientField | ClientGroup): name is MergeField =>
  mergeFields.some((field) => field === name);

/** How many tags a client can have. */
export const mostTags = 20;

/**
 * Other headers that files use for a field, without accents and case (`foldText`), separated by spaces. Sources: the export of
 * the earlier Django system, Brazilian practice software, Google and Outlook contacts.
 */
export const fieldSpellings: Readonly<Partial<Record<ImportField, string>>> = {
  firstName: 'first_name given_name primeiro_nome prenome nome_proprio firstname',
  lastName: 'last_name family_name surname sobrenome ultimo_nome apelido_de_familia lastname',
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
  referral:
    'referral referral_source como_conheceu como_conheceu_a_clinica como_nos_conheceu como_soube indicacao indicado_por indicada_por',
  tags: 'tags etiquetas marcadores labels grupos grupo categorias categoria tag group_membership',
  notes:
    'notes note observacoes observacao obs anotacoes comments comentarios observacoes_gerais notas remarks observations',
};
