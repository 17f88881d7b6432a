import { z } from 'zod';
import { plainSpelling } from './plain-spelling.ts';
import { states } from './states.ts';

export const state = z.preprocess(
  (value: (typeof states)[number]) => (typeof value === 'string' ? plainSpelling(value) : value),
  z.enum(states, 'invalid_state'),
);

/** Takes a CEP as people write it (`01310-100`, `01.310-100`, `01310100`) and gives 8 digits. */
export const postalCode = z
  .string()
  .overwrite(plainSpelling)
  .max(20)
  .regex(/^\d{2}\.?\d{3}[- ]?\d{3}$/, 'invalid_postal_code')
  .transform((value) => value.replace(/\D/g, ''));
