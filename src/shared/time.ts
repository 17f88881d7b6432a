import { z } from 'zod';
import { plainSpelling } from './plain-spelling.ts';

/** A plain date `YYYY-MM-DD` that exists, from 1850 on and not after today in UTC, which Brazil never runs ahead of. */
export const birthDate = z
  .string()
  .overwrite(plainSpelling)
  .check(z.iso.date({ error: 'invalid_date', abort: true }))
  .superRefine((value, context) => {
    if (value < '1850-01-01') context.addIssue({ code: 'custom', message: 'invalid_date' });
    if (value > new Date().toISOString().slice(0, 10)) context.addIssue({ code: 'custom', message: 'date_in_future' });
  });

/** Whole years lived on `today`, both plain dates `YYYY-MM-DD`. */
export function ageOn(dateOfBirth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return today.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}
