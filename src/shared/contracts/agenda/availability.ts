import { z } from 'zod';
import { name, singleLineText } from '../../text.ts';
import { defineRoutes, idParams, pageOf, shortListQuery, timestamp, uuid } from '../route.ts';
import { instant, localTime, minutes, plainDate, repeatable, timeOfDay, windowEdge } from './times.ts';

const tag = 'availability';
const access = 'session';

const span = z.object({ startAt: timestamp, endAt: timestamp });

const window = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'ends_before_start' });

/** Weekly opening hours, and other hours on single dates; no windows: closed that day. */
export const hours = z.strictObject({
  weekly: z
    .array(
      z
        .strictObject({
          weekday: z.number().int().min(1).max(7).describe('ISO 8601: 1 is Monday'),
          from: timeOfDay,
          to: timeOfDay,
        })
        .refine(({ from, to }) => from < to, { path: ['to'], message: 'ends_before_start' }),
    )
    .max(70),
  exceptions: z.array(z.strictObject({ date: plainDate, windows: z.array(window).max(10) })).max(400),
});
export type Hours = z.output<typeof hours>;

export const availabilityQuery = z
  .strictObject({
    from: windowEdge,
    to: windowEdge.describe('at most 62 days after from; a day includes that day'),
    professionalId: repeatable(uuid).optional().describe('without it, all whose agenda the person may see'),
    visitType: singleLineText(40).optional(),
    durationMinutes: z.coerce.number().pipe(minutes).optional(),
    moving: uuid.optional().describe('an appointment whose own time counts as free'),
  })
  .refine(({ visitType, durationMinutes }) => visitType === undefined || durationMinutes === undefined, {
    path: ['durationMinutes'],
    message: 'one_duration',
  });
export type AvailabilityQuery = z.output<typeof availabilityQuery>;

export const availability = z.object({
  items: z.array(
    z.object({
      professionalId: uuid,
      slots: z.array(span).describe("starts on the clinic's grid that fit whole into what is free"),
      free: z.array(span).describe('open and not busy'),
      open: z.array(span).describe('opening hours less holidays and absences'),
    }),
  ),
});
export type Availability = z.output<typeof availability>;

export const timeOff = z.object({
  id: uuid,
  professionalId: uuid.nullable().describe('null: the whole clinic'),
  startAt: timestamp,
  endAt: timestamp,
  localStart: z.string(),
  localEnd: z.string(),
  reason: z.string().nullable(),
});
export const timeOffInput = z
  .strictObject({
    professionalId: uuid
      .nullable()
      .optional()
      .describe('null: the whole clinic; without it, oneself or the whole clinic'),
    startAt: instant.optional(),
    localStart: localTime.optional(),
    endAt: instant.optional(),
    localEnd: localTime.optional(),
    reason: name(200).nullable().optional(),
  })
  .refine(({ startAt, localStart }) => (startAt === undefined) !== (localStart === undefined), {
    path: ['startAt'],
    message: 'one_start',
  })
  .refine(({ endAt, localEnd }) => (endAt === undefined) !== (localEnd === undefined), {
    path: ['endAt'],
    message: 'one_end',
  });
export type TimeOff = z.output<typeof timeOff>;
export type TimeOffInput = z.output<typeof timeOffInput>;

const holidayKind = z.enum(['national', 'state', 'optional', 'municipal']);
export const holiday = z.object({
  id: z.string(),
  date: z.string(),
  name: z.string(),
  kind: holidayKind,
  closed: z.boolean(),
});
export const holidayInput = z.strictObject({
  date: plainDate,
  name: name(100),
  kind: z.enum(['municipal', 'state']).default('municipal'),
  closed: z.boolean().default(true),
});
export type Holiday = z.output<typeof holiday>;
export type HolidayInput = z.output<typeof holidayInput>;

const visitTypeColor = z.enum(['teal', 'indigo', 'rose', 'amber', 'green', 'slate']);
const visitTypeShape = {
  name: name(60),
  minutes,
  bufferMinutes: z.number().int().min(0).max(240).describe('kept free after it when times are offered; never refuses'),
  color: visitTypeColor,
};
const version = z.number().int().describe('the number in its ETag');
export const visitType = z.object({ id: uuid, version, key: z.string(), ...visitTypeShape, active: z.boolean() });
export const visitTypeInput = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'invalid_key'),
  ...visitTypeShape,
  bufferMinutes: visitTypeShape.bufferMinutes.default(0),
  color: visitTypeColor.default('teal'),
});
export const visitTypePatch = z.strictObject({ ...visitTypeShape, active: z.boolean() }).partial();
export type VisitType = z.output<typeof visitType>;
export type VisitTypeInput = z.output<typeof visitTypeInput>;
export type VisitTypePatch = z.output<typeof visitTypePatch>;

export const room = z.object({ id: uuid, version, name: z.string(), active: z.boolean() });
const roomInput = z.strictObject({ name: name(60) });
const roomPatch = z.strictObject({ name: name(60), active: z.boolean() }).partial();
export type Room = z.output<typeof room>;

const inTheWay = z.array(span.extend({ id: uuid })).describe('appointments of that time, to be moved or canceled');
const changeErrors = ['not_found', 'invalid_request', 'forbidden', 'stale', 'precondition_required'] as const;

export const availabilityRoutes = defineRoutes({
  'GET /availability': {
    summary: 'Free times',
    tag,
    access,
    query: availabilityQuery,
    status: 200,
    response: availability,
    errors: ['invalid_request', 'not_found'],
  },
  'GET /professionals/{id}/hours': {
    summary: 'When a professional is at work',
    tag,
    access,
    params: idParams,
    status: 200,
    response: hours,
    errors: ['not_found'],
  },
  'PUT /professionals/{id}/hours': {
    summary: 'Set when a professional is at work',
    tag,
    access,
    params: idParams,
    body: hours,
    status: 200,
    response: hours,
    errors: ['not_found', 'invalid_request', 'forbidden'],
  },
  'GET /time-off': {
    summary: 'Absences and closed times that are not over, or those of a window',
    tag,
    access,
    query: shortListQuery.extend({
      from: windowEdge.optional(),
      to: windowEdge.optional(),
      professionalId: uuid.optional(),
    }),
    status: 200,
    response: pageOf(timeOff),
    errors: ['invalid_request'],
  },
  'POST /time-off': {
    summary: 'Enter an absence',
    tag,
    access,
    body: timeOffInput,
    idempotent: true,
    status: 201,
    response: timeOff.extend({ inTheWay }),
    errors: ['not_found', 'invalid_request', 'forbidden', 'list_full', 'idempotency_key_reused'],
  },
  'DELETE /time-off/{id}': {
    summary: 'Take an absence back',
    tag,
    access,
    params: idParams,
    status: 204,
    errors: ['not_found', 'forbidden'],
  },
  'GET /holidays': {
    summary: 'Holidays of a year and whether the clinic is closed',
    tag,
    access,
    query: z.strictObject({ year: z.coerce.number().int().min(2000).max(2100) }),
    status: 200,
    response: z.object({ items: z.array(holiday) }),
    errors: ['invalid_request'],
  },
  'POST /holidays': {
    summary: 'Add a holiday by hand',
    tag,
    access,
    body: holidayInput,
    idempotent: true,
    status: 201,
    response: holiday,
    errors: ['invalid_request', 'forbidden', 'duplicate_holiday', 'idempotency_key_reused'],
  },
  'DELETE /holidays/{id}': {
    summary: 'Remove a holiday that was added by hand',
    tag,
    access,
    params: idParams,
    status: 204,
    errors: ['not_found', 'forbidden'],
  },
  'GET /visit-types': {
    summary: 'Kinds of visit with their durations',
    tag,
    access,
    query: shortListQuery,
    status: 200,
    response: pageOf(visitType),
    errors: ['invalid_request'],
  },
  'POST /visit-types': {
    summary: 'Add a kind of visit',
    tag,
    access,
    body: visitTypeInput,
    idempotent: true,
    status: 201,
    response: visitType,
    errors: ['invalid_request', 'forbidden', 'duplicate_visit_type', 'list_full', 'idempotency_key_reused'],
  },
  'PATCH /visit-types/{id}': {
    summary: 'Change a kind of visit',
    tag,
    access,
    params: idParams,
    body: visitTypePatch,
    ifMatch: true,
    status: 200,
    response: visitType,
    errors: changeErrors,
  },
  'GET /rooms': {
    summary: 'Rooms',
    tag,
    access,
    query: shortListQuery,
    status: 200,
    response: pageOf(room),
    errors: ['invalid_request'],
  },
  'POST /rooms': {
    summary: 'Add a room',
    tag,
    access,
    body: roomInput,
    idempotent: true,
    status: 201,
    response: room,
    errors: ['invalid_request', 'forbidden', 'duplicate_room', 'list_full', 'idempotency_key_reused'],
  },
  'PATCH /rooms/{id}': {
    summary: 'Change a room',
    tag,
    access,
    params: idParams,
    body: roomPatch,
    ifMatch: true,
    status: 200,
    response: room,
    errors: [...changeErrors, 'duplicate_room'],
  },
});
