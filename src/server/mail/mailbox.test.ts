import { expect, it } from 'vitest';
import { createMailer } from './mailer.ts';

const log = { info: () => undefined, warn: () => undefined };
const message = { to: 'ana@exemplo.acolhe', text: 'Olá', html: '<p>Olá</p>', headers: {} };

it('keeps the latest fifty mails, newest first', async () => {
  const mailer = createMailer({ transport: 'mailbox', from: 'Acolhe <no-reply@localhost>' }, { log });
  await mailer.verify();
  for (let number = 1; number <= 52; number += 1) await mailer.send({ ...message, subject: String(number) });
  const kept = mailer.mailbox?.list() ?? [];
  expect(kept).toHaveLength(50);
  expect(kept[0]).toMatchObject({ id: 52, subject: '52', from: 'Acolhe <no-reply@localhost>', to: message.to });
  expect(kept.at(-1)?.id).toBe(3);
  mailer.close();
});
