import { z } from 'zod';
import { plainSpelling } from './plain-spelling.ts';

/** A plain date `YYYY-MM-DD` that exists, from 1850 to today in UTC. Brazil is behind UTC, so no local date is refused. */
export const birthDate = z
  .string()
  .overwrite(plainSpelling)
  .check(z.iso.date({ error: 'invalid_date', abort: true }))
  .superRefine((value, context) => {
    if (value < '1850-01-01') context.addIssue({ code: 'custom', message: 'invalid_date' });
    if (value > new Date().toISOString().slice(0, 10)) context.addIssue({ code: 'custom', message: 'date_in_future' });
  });
