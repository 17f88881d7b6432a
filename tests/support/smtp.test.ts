import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MailServer, startMailServer } from './smtp.ts';

let server: MailServer;

beforeAll(async () => {
  server = await startMailServer();
});

afterAll(() => server.close());

it('hands out the mail that is waited for, and not one that came before', async () => {
  const transport = createTransport({ host: '127.0.0.1', port: server.port });
  const send = (to: string, subject: string) =>
    transport.sendMail({ from: 'a@exemplo.acolhe', to, subject, text: 'Olá' });
  await send('ana@exemplo.acolhe', 'primeira');
  expect((await server.waitForMail('Ana@Exemplo.acolhe')).mail.subject).toBe('primeira');

  const after = server.mails.length;
  const second = server.waitForMail('ana@exemplo.acolhe', { after });
  await send('bruno@exemplo.acolhe', 'de outra pessoa');
  await send('ana@exemplo.acolhe', 'segunda, com ção');
  expect((await second).mail).toMatchObject({ subject: 'segunda, com ção', text: 'Olá\n' });
});
