import { z } from 'zod';
import { multilineText, name, singleLineText } from '../../text.ts';
import { cursor, defineRoutes, idParams, limit, pageOf, timestamp, uuid } from '../route.ts';
import { instant, localTime, minutes, repeatable, windowEdge } from './times.ts';

/** `scheduled → confirmed → arrived → inProgress → done`, or `noShow`, or `canceled`. */
export const appointmentStatus = z.enum([
  'scheduled',
  'confirmed',
  'arrived',
  'inProgress',
  'done',
  'noShow',
  'canceled',
]);
export type AppointmentStatus = z.output<typeof appointmentStatus>;

const askedBy = z.enum(['client', 'clinic']);
const reason = name(300);
const overlap = z.object({ reason: z.string() });

const slot = z.object({ startAt: timestamp, endAt: timestamp });

/** What happened to an appointment. `from` and `to` are values of the field; times are UTC. */
export const appointmentChange = z.object({
  version: z.number().int(),
  at: timestamp,
  by: z
    .object({ id: uuid, name: z.string() })
    .nullable()
    .describe('null: the client, by the link of a message, or a rule'),
  action: z.enum([
    'create',
    'update',
    'move',
    'transition',
    'shift',
    'series',
    'handOver',
    'import',
    'merge',
    'delete',
    'answer',
  ]),
  changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
});
export type AppointmentChange = z.output<typeof appointmentChange>;

/** An appointment as lists show it. */
export const appointmentSummary = z.object({
  id: uuid,
  version: z.number().int().describe('the number in its ETag'),
  clientId: uuid,
  clientName: z.string(),
  clientPhone: z.string().nullable(),
  professionalId: uuid,
  roomId: uuid.nullable(),
  visitType: z.string().describe('key of a visit type'),
  title: z.string().nullable(),
  startAt: timestamp,
  endAt: timestamp,
  localStart: z.string().describe("the clinic's wall time, 2026-12-01T14:30"),
  localEnd: z.string(),
  timeZone: z.string(),
  location: z.string().nullable(),
  notes: z.string().nullable().optional().describe('clinical: missing for reception, and in lists'),
  status: appointmentStatus,
  pending: z.boolean().describe('past, and nobody said what became of it'),
  overlap: overlap.nullable().describe('booked into a busy time (encaixe)'),
  cancellation: z
    .object({ reason: z.string().nullable(), askedBy: askedBy.nullable() })
    .nullable()
    .describe('of a canceled appointment'),
  clientAnswer: z
    .enum(['confirm', 'cancel', 'reschedule'])
    .nullable()
    .describe('what the client asked for by the link'),
  seriesId: uuid.nullable(),
  originalStart: timestamp.nullable().describe('when the series had it'),
  makeupOf: uuid.nullable(),
  owesMakeup: z.boolean().describe('a makeup is owed and not booked'),
  packageId: uuid.nullable().describe('the package of sessions it belongs to, whether or not it takes a place there'),
  session: z
    .object({ packageId: uuid, number: z.number().int(), total: z.number().int() })
    .nullable()
    .describe('its place in a package of sessions: 6 of 10'),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type AppointmentSummary = z.output<typeof appointmentSummary>;

const clientGlance = z.object({ dateOfBirth: z.string().nullable(), tags: z.array(z.string()) });

/** One appointment with what happened to it, oldest first. */
export const appointment = appointmentSummary.extend({
  client: clientGlance.optional().describe('what to know of the client; missing for those who may not see the client'),
  history: z.array(appointmentChange),
});
export type Appointment = z.output<typeof appointment>;

const details = {
  roomId: uuid.nullable().optional(),
  visitType: singleLineText(40).optional(),
  title: singleLineText(120).nullable().optional(),
  location: singleLineText(200).nullable().optional(),
  notes: multilineText(5_000).nullable().optional(),
  makeupOf: uuid.nullable().optional(),
  packageId: uuid.nullable().optional(),
};
const time = {
  startAt: instant.optional(),
  localStart: localTime.optional(),
  endAt: instant.optional(),
  durationMinutes: minutes.optional().describe("without it and endAt, the visit type's"),
};
const consent = {
  overlap: z.strictObject({ reason }).optional().describe('books into a busy time (encaixe)'),
  allowClientOverlap: z.boolean().optional().describe('the client may be elsewhere at that time'),
};

interface Times {
  readonly startAt?: unknown;
  readonly localStart?: unknown;
  readonly endAt?: unknown;
  readonly durationMinutes?: unknown;
}
const hasOneStart = ({ startAt, localStart }: Times): boolean => (startAt === undefined) !== (localStart === undefined);
const hasNoTwoStarts = ({ startAt, localStart }: Times): boolean => startAt === undefined || localStart === undefined;
const hasNoTwoEnds = ({ endAt, durationMinutes }: Times): boolean =>
  endAt === undefined || durationMinutes === undefined;
const startIssue = { path: ['startAt'], message: 'one_start' };
const endIssue = { path: ['endAt'], message: 'one_end' };

export const appointmentInput = z
  .strictObject({ clientId: uuid, professionalId: uuid, ...details, ...time, ...consent })
  .refine(hasOneStart, startIssue)
  .refine(hasNoTwoEnds, endIssue);
export const appointmentPatch = z
  .strictObject({ clientId: uuid.optional(), professionalId: uuid.optional(), ...details, ...time, ...consent })
  .refine(hasNoTwoStarts, startIssue)
  .refine(hasNoTwoEnds, endIssue);
export type AppointmentInput = z.output<typeof appointmentInput>;
export type AppointmentPatch = z.output<typeof appointmentPatch>;

export const transition = z.strictObject({
  to: appointmentStatus,
  from: appointmentStatus
    .optional()
    .describe(
      'the state that is taken back: needed to go from an open one to an earlier one; refused if it is no longer so',
    ),
  reason: reason.nullable().optional(),
  askedBy: askedBy.optional(),
  owesMakeup: z.boolean().optional().describe('of a cancellation or an absence: a makeup is owed'),
  overlap: consent.overlap,
});
export type Transition = z.output<typeof transition>;

export const shiftInput = z.strictObject({
  professionalId: uuid,
  from: z.union([instant, localTime]).describe('appointments of that day that start then or later move'),
  minutes: z
    .number()
    .int()
    .min(-720)
    .max(720)
    .refine((value) => value !== 0, 'no_minutes'),
});
export type ShiftInput = z.output<typeof shiftInput>;

const message = z.object({ appointmentId: uuid, text: z.string(), whatsappUrl: z.string().nullable() });

export const appointmentListQuery = z.strictObject({
  from: windowEdge.optional(),
  to: windowEdge.optional().describe('before this; a day includes that day'),
  professionalId: repeatable(uuid).optional(),
  clientId: uuid.optional(),
  roomId: uuid.optional(),
  status: repeatable(appointmentStatus).optional(),
  pending: z.stringbool().optional().describe('only those past and unresolved'),
  limit,
  cursor: cursor.optional(),
});
export type AppointmentListQuery = z.output<typeof appointmentListQuery>;

/** Details of 409 `appointment_conflict` and `client_conflict`. */
export const appointmentConflict = z.object({
  conflicts: z.array(
    z.object({
      id: uuid.optional(),
      startAt: timestamp,
      endAt: timestamp,
      professionalId: uuid,
      roomId: uuid.nullable().optional(),
      clientName: z.string().optional().describe('for those who may see it'),
    }),
  ),
  nearest: z.array(slot).max(3),
});
export type AppointmentConflict = z.output<typeof appointmentConflict>;

const tag = 'appointments';
const access = 'session';
const conflictErrors = ['appointment_conflict', 'client_conflict', 'overlap_forbidden', 'not_bookable'] as const;
const bookingErrors = [...conflictErrors, 'package_used_up'] as const;

export const appointmentRoutes = defineRoutes({
  'GET /appointments': {
    summary: 'Appointments by time, ordered by start',
    tag,
    access,
    query: appointmentListQuery,
    status: 200,
    response: pageOf(appointmentSummary),
    errors: ['invalid_request'],
  },
  'POST /appointments': {
    summary: 'Book an appointment',
    tag,
    access,
    body: appointmentInput,
    idempotent: true,
    status: 201,
    response: appointment,
    errors: ['not_found', 'invalid_request', 'forbidden', 'idempotency_key_reused', ...bookingErrors],
  },
  'GET /appointments/{id}': {
    summary: 'One appointment',
    tag,
    access,
    params: idParams,
    status: 200,
    response: appointment,
    errors: ['not_found'],
  },
  'PATCH /appointments/{id}': {
    summary: 'Change or move an appointment',
    tag,
    access,
    params: idParams,
    body: appointmentPatch,
    ifMatch: true,
    status: 200,
    response: appointment,
    errors: [
      'not_found',
      'invalid_request',
      'forbidden',
      'stale',
      'precondition_required',
      'invalid_transition',
      ...bookingErrors,
    ],
  },
  'DELETE /appointments/{id}': {
    summary: 'Take back an appointment that was entered by mistake',
    tag,
    access,
    params: idParams,
    ifMatch: true,
    status: 204,
    errors: ['not_found', 'forbidden', 'stale', 'precondition_required'],
  },
  'POST /appointments/{id}/transitions': {
    summary: 'Confirm, arrive, start, finish, miss or cancel; or take a state back on its day',
    tag,
    access,
    params: idParams,
    body: transition,
    status: 200,
    response: appointment,
    errors: ['not_found', 'invalid_request', 'forbidden', 'invalid_transition', ...bookingErrors],
  },
  'POST /appointments/shift': {
    summary: 'Move the rest of a professional’s day, whole or not at all',
    tag,
    access,
    body: shiftInput,
    status: 200,
    response: z.object({
      items: z.array(appointmentSummary),
      messages: z.array(message).describe('prepared for those affected'),
    }),
    errors: ['not_found', 'invalid_request', 'forbidden', ...conflictErrors],
  },
  'GET /appointments/{id}/history': {
    summary: 'What happened to an appointment: who, when, what; newest first',
    tag,
    access,
    params: idParams,
    query: z.strictObject({ limit, cursor: cursor.optional() }),
    status: 200,
    response: pageOf(appointmentChange),
    errors: ['not_found', 'invalid_request'],
  },
});
