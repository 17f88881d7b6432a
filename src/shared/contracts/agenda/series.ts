import { z } from 'zod';
import { singleLineText } from '../../text.ts';
import { defineRoutes, idParams, timestamp, uuid } from '../route.ts';
import { appointmentSummary } from './appointments.ts';
import { instant, localTime, minutes, plainDate } from './times.ts';

export const seriesRule = z
  .strictObject({
    every: z.number().int().min(1).max(12),
    unit: z.enum(['week', 'month']),
    on: z.enum(['day', 'nthWeekday']).optional().describe('of a month: its day, or the nth weekday; `day` without it'),
    count: z.number().int().min(1).max(260).optional(),
    until: plainDate.optional(),
  })
  .refine(({ count, until }) => count === undefined || until === undefined, {
    path: ['until'],
    message: 'one_series_end',
  })
  .refine(({ unit, on }) => unit === 'month' || on === undefined, { path: ['on'], message: 'only_months' });
export type SeriesRule = z.output<typeof seriesRule>;

const dateState = z.enum(['free', 'conflict', 'holiday', 'absent', 'closed', 'missing']);

export const seriesDate = z.object({
  date: z.string().describe('names the date in `choices`; of a missing one, a day of its month that comes close'),
  startAt: timestamp,
  state: dateState.describe('`missing`: the month has no such day'),
  nearest: timestamp
    .nullable()
    .optional()
    .describe('the nearest free start, of dates that are not free; null when none was found'),
});

/** A date of a series that has no appointment, and why. */
const seriesGap = z.object({
  date: z.string(),
  startAt: timestamp,
  state: z
    .enum([...dateState.options, 'skipped', 'notTreating', 'roomUnused'])
    .describe('`notTreating`: its professional’s role has no appointments; `roomUnused`: its room is out of use'),
});
export type SeriesGap = z.output<typeof seriesGap>;
export type SeriesDate = z.output<typeof seriesDate>;

export const seriesInput = z.strictObject({
  clientId: uuid,
  professionalId: uuid,
  roomId: uuid.nullable().optional(),
  visitType: singleLineText(40),
  title: singleLineText(120).nullable().optional(),
  localStart: localTime,
  durationMinutes: minutes.optional(),
  rule: seriesRule,
  choices: z
    .record(plainDate, z.union([z.literal('skip'), instant]))
    .optional()
    .describe('what to do with a date that is not free: leave it out, or book it at this time, its own one too'),
  packageId: uuid.nullable().optional(),
  dryRun: z.boolean().optional(),
});
export type SeriesInput = z.output<typeof seriesInput>;

export const series = z.object({
  id: uuid,
  version: z.number().int().describe('the number in its ETag'),
  clientId: uuid,
  professionalId: uuid,
  roomId: uuid.nullable(),
  visitType: z.string(),
  title: z.string().nullable(),
  packageId: uuid.nullable(),
  localStart: z.string(),
  timeZone: z.string(),
  durationMinutes: z.number().int(),
  rule: seriesRule,
  endedAt: z.string().nullable().describe('the date from which its rule gives no more appointments'),
  appointments: z.array(appointmentSummary),
  gaps: z
    .array(seriesGap)
    .describe('dates without an appointment; an open series notes those that could not be booked'),
});
export type Series = z.output<typeof series>;

export const seriesPatch = z.strictObject({
  scope: z.enum(['one', 'following', 'all']),
  appointmentId: uuid,
  localStart: localTime
    .optional()
    .describe('the new time of the named appointment; the others move by the same weekdays and times'),
  durationMinutes: minutes.optional(),
  professionalId: uuid.optional(),
  roomId: uuid.nullable().optional(),
  visitType: singleLineText(40).optional(),
  title: singleLineText(120).nullable().optional(),
  cancel: z
    .strictObject({ reason: singleLineText(300).optional(), askedBy: z.enum(['client', 'clinic']).optional() })
    .optional(),
  choices: seriesInput.shape.choices,
});
export type SeriesPatch = z.output<typeof seriesPatch>;

const tag = 'series';
const access = 'session';

export const seriesRoutes = defineRoutes({
  'POST /series': {
    summary: 'Book a series, all or nothing; `dryRun` answers 200 with each date and books nothing',
    tag,
    access,
    body: seriesInput,
    idempotent: true,
    status: 201,
    response: z.union([series, z.object({ dates: z.array(seriesDate) })]),
    errors: [
      'not_found',
      'invalid_request',
      'forbidden',
      'series_conflict',
      'not_bookable',
      'package_used_up',
      'idempotency_key_reused',
    ],
  },
  'GET /series/{id}': {
    summary: 'One series with its appointments',
    tag,
    access,
    params: idParams,
    status: 200,
    response: series,
    errors: ['not_found'],
  },
  'PATCH /series/{id}': {
    summary: 'Change one appointment, this and the following, or all coming ones',
    tag,
    access,
    params: idParams,
    body: seriesPatch,
    ifMatch: true,
    status: 200,
    response: series,
    errors: [
      'not_found',
      'invalid_request',
      'forbidden',
      'series_conflict',
      'invalid_transition',
      'not_bookable',
      'stale',
      'precondition_required',
    ],
  },
});
