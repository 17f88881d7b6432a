import { z } from 'zod';
import { plainSpelling } from './plain-spelling.ts';

/** An e-mail address, without what nobody sees around or within it. */
export const email = z.string().overwrite(plainSpelling).max(254).check(z.email('invalid_email'));
