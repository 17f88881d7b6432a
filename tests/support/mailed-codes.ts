import { randomUUID } from 'node:crypto';
import type { AuthServer } from './auth-server.ts';
import type { RawAnswer } from '../../src/server/features/auth/testing/requests.ts';

interface Attempt {
  readonly deviceId?: string;
  readonly from?: string;
  readonly cookie?: string;
}

/** Signs people in with codes from their mail. */
export interface MailedCodes {
  /** Every code that was mailed. None of them may be in the log. */
  readonly mailed: string[];
  /** Creates a professional whom no other test uses. @returns their address */
  newPerson(): Promise<string>;
  mailCode(email: string, deviceId?: string): Promise<string>;
  enter(email: string, code: string, attempt?: Attempt): Promise<RawAnswer>;
  countLiveSessions(email: string): Promise<number>;
}

export function createMailedCodes({ server, send, listLiveSessions }: AuthServer): MailedCodes {
  const mailed: string[] = [];
  let clinics = 0;
  return {
    mailed,
    newPerson: async () => {
      const domain = `pessoa${++clinics}.test`;
      await server.createClinic(domain);
      return `bruno@${domain}`;
    },
    mailCode: async (email, deviceId) => {
      const code = await server.fetchCode(email, deviceId === undefined ? {} : { deviceId });
      mailed.push(code);
      return code;
    },
    enter: (email, code, { deviceId, from = '198.51.100.1', cookie } = {}) =>
      send('POST', '/api/v1/auth/sessions', {
        headers: { 'x-forwarded-for': from, ...(cookie === undefined ? {} : { cookie }) },
        body: { email, code, device: { id: deviceId ?? randomUUID() }, transport: 'bearer' },
      }),
    countLiveSessions: async (email) => (await listLiveSessions(email)).length,
  };
}
