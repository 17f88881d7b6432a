import { z } from 'zod';
import { document } from '../document.ts';
import { email } from '../email.ts';
import { phone } from '../phone.ts';
import { longText, name, singleLineText } from '../text.ts';
import { defineRoutes, pageOf, shortListQuery, timestamp, uuid } from './route.ts';

export const policyKinds = ['privacy', 'terms'] as const;
export type PolicyKind = (typeof policyKinds)[number];

const publicName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{2,39}$/, 'invalid_key')
  .nullable()
  .describe('of the public pages: `/privacidade/{publicName}`');

export const privacySettings = z.object({
  publicName: z.string().nullable(),
  publicPath: z.string().describe('where the public pages are: with the id of the clinic while it has no name'),
  controllerName: z.string().nullable(),
  controllerDocument: z.string().nullable(),
  controllerAddress: z.string().nullable(),
  officerName: z.string().nullable(),
  officerEmail: z.string().nullable(),
  officerPhone: z.string().nullable(),
  smallAgent: z.boolean(),
});
export type PrivacySettings = z.output<typeof privacySettings>;

export const privacySettingsPatch = z
  .strictObject({
    publicName,
    controllerName: name(200).nullable().describe('who decides about the data (LGPD art. 5 VI): a company or a person'),
    controllerDocument: document.nullable().describe('CNPJ or CPF'),
    controllerAddress: singleLineText(300).nullable(),
    officerName: name(200).nullable().describe('the data protection officer (encarregado, LGPD art. 41)'),
    officerEmail: email.nullable(),
    officerPhone: phone.nullable(),
    smallAgent: z
      .boolean()
      .describe('agente de tratamento de pequeno porte (Resolução CD/ANPD 2/2022): doubles the deadlines of incidents'),
  })
  .partial();
export type PrivacySettingsPatch = z.output<typeof privacySettingsPatch>;

export const policyInput = z.strictObject({
  kind: z.enum(policyKinds),
  body: longText(50_000).describe('lines that begin with `# ` are headings, with `- ` items of a list'),
});
export type PolicyInput = z.output<typeof policyInput>;

export const policy = z.object({
  id: uuid,
  kind: z.enum(policyKinds),
  version: z.number().int(),
  body: z.string(),
  publishedAt: timestamp,
  isLatest: z.boolean(),
});
export type Policy = z.output<typeof policy>;

const publicPolicy = z.object({ version: z.number().int(), body: z.string(), publishedAt: timestamp });

/** What anybody may read about a clinic. */
export const publicPolicies = z.object({
  clinicName: z.string(),
  timeZone: z.string(),
  path: z.string(),
  controller: z.object({
    name: z.string().nullable(),
    document: z.string().nullable(),
    address: z.string().nullable(),
  }),
  officer: z.object({ name: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() }),
  privacy: publicPolicy.nullable(),
  terms: publicPolicy.nullable(),
});
export type PublicPolicies = z.output<typeof publicPolicies>;

const tag = 'policies';
const access = 'session';

export const policyRoutes = defineRoutes({
  'GET /privacy-settings': {
    summary: 'Who answers for the data of the clinic, and whom people may ask',
    tag,
    access,
    status: 200,
    response: privacySettings,
    errors: ['forbidden'],
  },
  'PATCH /privacy-settings': {
    summary: 'Change that',
    tag,
    access,
    body: privacySettingsPatch,
    ifMatch: true,
    status: 200,
    response: privacySettings,
    errors: ['invalid_request', 'forbidden', 'public_name_taken', 'stale', 'precondition_required'],
  },
  'GET /policies': {
    summary: 'The privacy notice and the terms in all their versions, the newest first',
    tag,
    access,
    query: shortListQuery,
    status: 200,
    response: pageOf(policy),
    errors: ['invalid_request', 'forbidden'],
  },
  'POST /policies': {
    summary: 'Publish the next version of a notice or of terms',
    tag,
    access,
    body: policyInput,
    idempotent: true,
    status: 201,
    response: policy,
    errors: ['invalid_request', 'forbidden', 'list_full', 'idempotency_key_reused'],
  },
  'GET /public/policies': {
    summary: 'The published texts of the only clinic that has some; 404 where several clinics share the host',
    tag,
    access: 'public',
    status: 200,
    response: publicPolicies,
    errors: ['not_found', 'too_many_requests'],
  },
  'GET /public/policies/{clinic}': {
    summary: 'What a clinic has published: its notice and terms, who is responsible, whom to ask',
    tag,
    access: 'public',
    params: z.strictObject({ clinic: z.string().min(1).max(40).describe('its public name, or its id') }),
    status: 200,
    response: publicPolicies,
    errors: ['not_found', 'too_many_requests'],
  },
});
