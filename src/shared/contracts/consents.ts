import { z } from 'zod';
import { longText, name } from '../text.ts';
import { plainDate, repeatable } from './agenda/times.ts';
import { defineRoutes, idParams, pageOf, shortListQuery, timestamp, uuid } from './route.ts';

export const consentPurposes = ['treatment', 'images', 'messages', 'other'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];
export const consentMeans = ['paper', 'verbal', 'screen'] as const;
export type ConsentMeans = (typeof consentMeans)[number];
export const guardianRelations = ['mother', 'father', 'tutor', 'curator', 'other'] as const;
export type GuardianRelation = (typeof guardianRelations)[number];

const purpose = z.enum(consentPurposes).describe('what the person agrees to; `other` has one text for each title');

export const consentTextInput = z.strictObject({
  purpose,
  title: name(120),
  body: longText(20_000).describe('lines that begin with `# ` are headings, with `- ` items of a list'),
  asked: z.boolean().default(true).describe('whether cards say that it is missing'),
});
export type ConsentTextInput = z.output<typeof consentTextInput>;

export const consentText = z.object({
  id: uuid,
  purpose,
  title: z.string(),
  version: z.number().int(),
  body: z.string(),
  asked: z.boolean(),
  isLatest: z.boolean(),
  createdAt: timestamp,
});
export type ConsentText = z.output<typeof consentText>;

/** Who answers: the person, or whoever is responsible for them. */
const giver = {
  by: z.enum(['client', 'guardian']),
  guardian: z
    .strictObject({ name: name(200), relation: z.enum(guardianRelations) })
    .optional()
    .describe(
      'with `by: "guardian"`; needed for whoever was under 18 that day (LGPD art. 14, Código Civil arts. 3 to 5)',
    ),
  means: z.enum(consentMeans).describe('how it was said: signed on paper, spoken, on a screen'),
};

/** A guardian is named exactly if a guardian answers. */
const namesGuardian = ({ by, guardian }: { by: string; guardian?: unknown }): boolean =>
  (by === 'guardian') === (guardian !== undefined);
const guardianFault = { path: ['guardian'], message: 'guardian_required' };

export const consentInput = z
  .strictObject({
    textId: uuid.describe('the version that the person saw'),
    decision: z.enum(['given', 'refused']),
    ...giver,
    givenOn: plainDate.optional().describe('the day of the clinic; today without it'),
  })
  .refine(namesGuardian, guardianFault);
export type ConsentInput = z.output<typeof consentInput>;

export const withdrawalInput = z
  .strictObject({ ...giver, withdrawnOn: plainDate.optional().describe('the day of the clinic; today without it') })
  .refine(namesGuardian, guardianFault);
export type WithdrawalInput = z.output<typeof withdrawalInput>;

const given = {
  by: z.enum(['client', 'guardian']),
  guardian: z.object({ name: z.string().nullable(), relation: z.enum(guardianRelations) }).nullable(),
  means: z.enum(consentMeans),
  recordedAt: timestamp,
  recordedBy: z.object({ id: uuid, name: z.string() }),
};

export const consent = z.object({
  id: uuid,
  textId: uuid,
  purpose,
  title: z.string(),
  version: z.number().int(),
  decision: z.enum(['given', 'refused']),
  givenOn: z.string().describe('YYYY-MM-DD'),
  ...given,
  withdrawal: z.object({ withdrawnOn: z.string().describe('YYYY-MM-DD'), ...given }).nullable(),
});
export type Consent = z.output<typeof consent>;

/** A consent in a person's copy of their data, with the words that they agreed to. */
export const consentCopy = consent.extend({ body: z.string() });
export type ConsentCopy = z.output<typeof consentCopy>;

/** Where a client stands with one text of the clinic. */
export const consentStanding = z.object({
  textId: uuid.describe('the latest version'),
  purpose,
  title: z.string(),
  state: z.enum(['missing', 'given', 'refused', 'withdrawn']),
  consentId: uuid.nullable().describe('the answer that counts'),
});
export type ConsentStanding = z.output<typeof consentStanding>;

const tag = 'consents';
const access = 'session';

export const consentRoutes = defineRoutes({
  'GET /consent-texts': {
    summary: 'The texts that clients are asked to agree to, in all their versions, the newest first',
    tag,
    access,
    query: shortListQuery,
    status: 200,
    response: pageOf(consentText),
    errors: ['invalid_request', 'forbidden'],
  },
  'POST /consent-texts': {
    summary: 'Write a text, or the next version of one; earlier versions stay as they are',
    tag,
    access,
    body: consentTextInput,
    idempotent: true,
    status: 201,
    response: consentText,
    errors: ['invalid_request', 'forbidden', 'list_full', 'idempotency_key_reused'],
  },
  'GET /clients/{id}/consents': {
    summary: 'What a client or their guardian answered, the latest first, and where they stand with each text',
    tag,
    access,
    params: idParams,
    query: shortListQuery,
    status: 200,
    response: pageOf(consent).extend({ standing: z.array(consentStanding) }),
    errors: ['not_found', 'invalid_request'],
  },
  'POST /clients/{id}/consents': {
    summary: 'Record an answer. It is never changed: another one follows it, or it is withdrawn',
    tag,
    access,
    params: idParams,
    body: consentInput,
    idempotent: true,
    status: 201,
    response: consent,
    errors: ['not_found', 'invalid_request', 'forbidden', 'client_archived', 'list_full', 'idempotency_key_reused'],
  },
  'GET /message-refusals': {
    summary: 'Those of some clients who want no messages: they refused, or took their consent back',
    tag,
    access,
    query: z.strictObject({ clientId: repeatable(uuid) }),
    status: 200,
    response: z.object({ items: z.array(z.object({ clientId: uuid })) }),
    errors: ['invalid_request'],
  },
  'POST /consents/{id}/withdraw': {
    summary: 'Record that a consent was withdrawn (LGPD art. 8 § 5)',
    tag,
    access,
    params: idParams,
    body: withdrawalInput,
    status: 200,
    response: consent,
    errors: ['not_found', 'invalid_request', 'forbidden', 'consent_not_given', 'already_anonymized'],
  },
});
