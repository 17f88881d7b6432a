import { z } from 'zod';
import { appointment } from './agenda/appointments.ts';
import { reminderPreference } from './agenda/reminders.ts';
import { series } from './agenda/series.ts';
import { sessionPackage } from './agenda/session-packages.ts';
import { plainDate } from './agenda/times.ts';
import { wish } from './agenda/waiting-list.ts';
import { dataRequestCopy } from './data-requests.ts';
import { consentCopy } from './consents.ts';
import { profile } from './profile.ts';
import { relativeCopy } from './relatives.ts';
import { state } from '../address.ts';
import { multilineText, singleLineText } from '../text.ts';
import { cardShape, clinicalShape, inputShape, listedParts, listedShape } from './client-schemas.ts';
import { cursor, limit, timestamp, uuid } from './route.ts';

const bodyShape = {
  ...inputShape,
  /** Says that the phone is shared on purpose, as in a family. */
  allowSharedPhone: z.boolean().optional(),
};
const emptying = 'Null empties a field, and so does a text in which nothing can be seen; `firstName` cannot be empty.';
export const clientInput = z.strictObject({ ...bodyShape, firstName: bodyShape.firstName.unwrap() }).describe(emptying);
export const clientPatch = z.strictObject(bodyShape).describe(emptying);
export type ClientInput = z.output<typeof clientInput>;
export type ClientPatch = z.output<typeof clientPatch>;

const identity = {
  id: uuid,
  ...listedShape,
  createdAt: timestamp,
  updatedAt: timestamp,
  archivedAt: timestamp.nullable(),
};

/** What a list shows of a client: registration data alone. */
export const clientSummary = z.object({ ...identity, ...listedParts });
export type ClientSummary = z.output<typeof clientSummary>;

/** The whole card. Reception's answer lacks the clinical fields. */
export const client = z.object({
  ...identity,
  ...cardShape,
  sharedPhone: z.boolean(),
  mergedInto: uuid.nullable().describe('the record that stands for this archived one'),
  anonymous: z.boolean().describe('nothing says any more who it was; the record cannot be changed or restored'),
  ...clinicalShape,
});
export type Client = z.output<typeof client>;

const filters = {
  q: multilineText(200)
    .optional()
    .describe('name, e-mail, phone, document, birth date, city or tag; accents and case do not matter'),
  professionalId: uuid.optional(),
  city: singleLineText(100).optional(),
  state: state.optional(),
  tag: singleLineText(40).optional(),
  birthMonth: z.coerce.number().int().min(1).max(12).optional(),
  importId: uuid.optional().describe('only those whom this import created or changed'),
  status: z.enum(['active', 'archived']).default('active'),
};
export const clientFilters = z.strictObject(filters);
export const clientOrder = z.enum(['name', '-name', 'match', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt']);
export type ClientOrder = z.output<typeof clientOrder>;
const clientSort = clientOrder
  .optional()
  .describe(
    'those with `-` go down; without it a list is by name, a search by `match`: who matches it best first, each kind by name',
  );
export const clientListQuery = z.strictObject({ ...filters, sort: clientSort, limit, cursor: cursor.optional() });
/** An export may have active and archived clients in one file. */
export const exportFilters = clientFilters.extend({
  status: z.enum(['active', 'archived', 'all']).default('active').describe('`all`: active ones first'),
});
export type ExportFilters = z.output<typeof exportFilters>;
export type ClientFilters = z.output<typeof clientFilters>;
export type ClientListQuery = z.output<typeof clientListQuery>;

/** Values that occur among the active clients whom the person may see, the most frequent first. */
export const clientFilterValues = z.object({
  cities: z.array(z.string()).max(200).describe('each in the spelling that most use'),
  states: z.array(z.string()).max(200),
  tags: z.array(z.string()).max(200),
});
export type ClientFilterValues = z.output<typeof clientFilterValues>;

export const birthdayQuery = z.strictObject({
  from: plainDate.describe('the first day'),
  days: z.coerce.number().int().min(1).max(31).default(7),
});
export type BirthdayQuery = z.output<typeof birthdayQuery>;
export const birthday = z.object({ date: plainDate.describe('in the year that was asked for'), client: clientSummary });
export type Birthday = z.output<typeof birthday>;

/** One record merged into another. */
export const clientMerge = z.object({
  id: uuid,
  winnerId: uuid.describe('the record that stayed'),
  loserId: uuid.describe('the record that was archived'),
  mergedAt: timestamp,
  undoUntil: timestamp.describe('until when it can be taken back'),
  undoneAt: timestamp.nullable(),
});
export type ClientMerge = z.output<typeof clientMerge>;

export const clientChange = z.object({
  version: z.number().int(),
  at: timestamp,
  /** The record the change belongs to; differs from the requested one after a merge. */
  clientId: uuid,
  by: z.object({ id: uuid, name: z.string() }),
  action: z.enum([
    'create',
    'update',
    'archive',
    'restore',
    'import',
    'import_undone',
    'anonymize',
    'merge',
    'unmerge',
  ]),
  changes: z
    .array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() }))
    .describe('of `extra` only the columns that changed'),
  merge: clientMerge.optional(),
});
export type ClientChange = z.output<typeof clientChange>;

/** A data subject's copy of their data (LGPD art. 18, II and V). */
export const clientDataExport = z.object({
  generatedAt: timestamp,
  clinic: z.object({ id: uuid, name: z.string() }),
  professional: z
    .object({ name: z.string(), council: profile.council, specialty: profile.specialty })
    .describe('whose client the person is'),
  client,
  merged: z.array(client).describe('records of the same person that were merged into this one'),
  history: z.array(clientChange),
  appointments: z.array(appointment).describe('past and coming ones, each with its history'),
  series: z.array(series.omit({ appointments: true })),
  sessionPackages: z.array(sessionPackage),
  waitingList: z.array(wish),
  relatives: z
    .array(relativeCopy)
    .describe('who of the clinic’s clients is family; names of those whom the person may see'),
  dataRequests: z.array(dataRequestCopy).describe('what the person asked about their data'),
  consents: z.array(consentCopy).describe('what was agreed to, refused and withdrawn, with the words of each text'),
  reminders: z.array(reminderPreference).describe('what was chosen; nothing when nobody has chosen'),
});
