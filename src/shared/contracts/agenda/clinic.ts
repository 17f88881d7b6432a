import { z } from 'zod';
import { state } from '../../address.ts';
import { isAreaCode } from '../../area-code.ts';
import { findOptionalHoliday, optionalHolidayNames } from '../../optional-holidays.ts';
import { phone } from '../../phone.ts';
import { name, singleLineText } from '../../text.ts';
import { defineRoutes, uuid } from '../route.ts';

const reminder = z.strictObject({
  minutesBefore: z.number().int().min(15).max(40_320).describe('up to four weeks'),
  channel: z.literal('email'),
});

/** Takes the name of an optional holiday in any case, with or without accents, and gives it as it is known. */
const optionalHoliday = singleLineText(100).transform((value, context) => {
  const known = findOptionalHoliday(value);
  if (known !== undefined) return known;
  context.issues.push({ code: 'custom', message: 'unknown_holiday', input: value });
  return z.NEVER;
});

const settingsShape = {
  name: name(200),
  timeZone: z.enum(Intl.supportedValuesOf('timeZone') as [string, ...string[]]).describe('IANA name'),
  city: singleLineText(100).nullable(),
  state: state.nullable(),
  phone: phone.nullable(),
  address: singleLineText(200).nullable().describe('street and number, as messages show it'),
  areaCode: z
    .string()
    .refine(isAreaCode, { error: 'invalid_area_code' })
    .nullable()
    .describe('two digits, for phones of clients that are written without one'),
  defaultProfessionalId: uuid
    .nullable()
    .describe('whom people without clients of their own are proposed for a new one; ignored once that person has left'),
  slotMinutes: z.number().int().min(5).max(120).multipleOf(5).describe('the grid on which starts are offered'),
  optionalHolidays: z
    .array(optionalHoliday)
    .max(50)
    .transform((names) => optionalHolidayNames.filter((known) => names.includes(known)))
    .describe('names of optional holidays on which the clinic is closed'),
  reminders: z.array(reminder).max(5),
  dataRequestDays: z
    .number()
    .int()
    .min(1)
    .max(60)
    .describe('days to answer what somebody asks about their data (LGPD art. 19)'),
  keepsClinical: z
    .enum(['law', 'forever'])
    .describe('clinical records: 20 years from the last entry (Lei 13.787/2018 art. 6), or for good'),
  moneyYears: z.number().int().min(5).max(30).describe('years that agreements about money are kept'),
  overlap: z.enum(['allow', 'forbid']).describe('whether a busy time may be booked with a reason (encaixe)'),
  professionalsSee: z
    .enum(['own', 'all'])
    .describe('whether professionals see and treat their own clients, or all of the clinic'),
};

export const clinic = z.object({
  id: uuid,
  ...settingsShape,
  timeZone: z.string(),
  state: z.string().nullable(),
  phone: z.string().nullable(),
  areaCode: z.string().nullable(),
  optionalHolidays: z.array(z.string()).describe('names of optional holidays on which the clinic is closed'),
});
export const clinicPatch = z.strictObject(settingsShape).partial();
export type Clinic = z.output<typeof clinic>;
export type ClinicPatch = z.output<typeof clinicPatch>;

const tag = 'clinic';

export const clinicRoutes = defineRoutes({
  'GET /clinic': {
    summary: 'The clinic and its settings',
    tag,
    access: 'session',
    status: 200,
    response: clinic,
    errors: [],
  },
  'PATCH /clinic': {
    summary: "Change the clinic's settings",
    tag,
    access: 'session',
    body: clinicPatch,
    ifMatch: true,
    status: 200,
    response: clinic,
    errors: ['invalid_request', 'forbidden', 'stale', 'precondition_required'],
  },
});
