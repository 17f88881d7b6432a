import { backup } from './variables/backup.ts';
import { database } from './variables/database.ts';
import { general } from './variables/general.ts';
import { mail } from './variables/mail.ts';
import { observability } from './variables/observability.ts';
import { signIn } from './variables/sign-in.ts';
import { web } from './variables/web.ts';

/** Every variable the server reads, in the order the reference lists them. */
export const variables = { ...general, ...web, ...database, ...mail, ...signIn, ...observability, ...backup };

export type VariableName = keyof typeof variables;
