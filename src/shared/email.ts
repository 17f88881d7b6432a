import { z } from 'zod';
import { plainSpelling } from './plain-spelling.ts';

/** An e-mail address, at most 254 characters; spaces around it and invisible characters are taken out. */
export const email = z.string().overwrite(plainSpelling).max(254).check(z.email('invalid_email'));
