import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { toLocalTime } from '../../../shared/zoned-time.ts';
import { loadConfig } from '../../config.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import { enqueue } from '../../jobs/queue.ts';
import { startSmtpSink, type SmtpSink } from '../../mail/testing/smtp-sink.ts';
import { type RunningServer, startServer } from '../../server.ts';
import { moveAppointments, systemAuthor } from '../appointments/api.ts';
import { formatMoment } from './messages.ts';
import { reminderJob } from './reminder-job.ts';
import { skipDueReminders } from './reminder-queries.ts';
import { queueDueReminders } from './reminders.ts';
import { createReminderClinic, type ReminderClinic, untilJobsAreDone } from './testing/reminder-clinic.ts';

let sink: SmtpSink;
let server: TestServer;
let second: RunningServer;
let clinic: ReminderClinic;

beforeAll(async () => {
  sink = await startSmtpSink();
  const env = {
    // One key, as servers of one database have: either signs the link that the other opens.
    SECRET_KEY: randomBytes(32).toString('base64url'),
    EMAIL_HOST: '127.0.0.1',
    EMAIL_PORT: String(sink.port),
    DEFAULT_FROM_EMAIL: 'Acolhe <ola@smtp.example>',
    PUBLIC_URL: 'https://clinica.example',
  };
  server = await startTestServer(env);
  const config = loadConfig({ ...env, DATABASE_URL: server.database.url, PORT: '0', HOST: '127.0.0.1' });
  second = await startServer(config, pino({ level: 'silent' }), { migrate: false, demo: false });
  clinic = await createReminderClinic(server, [60]);
});
afterAll(async () => {
  await second.stop();
  await server.stop();
  await sink.close();
});

/** As both servers do every few seconds, and at the same time. */
async function queueAndSend(): Promise<void> {
  await Promise.all([server.db, second.db, server.db, second.db].map(queueDueReminders));
  await untilJobsAreDone(server);
}

const mailsTo = (email: string) => sink.received.filter(({ recipients }) => recipients.includes(email));

const change = (id: string, statement: ReturnType<typeof sql>) =>
  server.db.system((tx) => tx.run(sql`update appointments set ${statement} where id = ${id}`));

const moveBy = (id: string, interval: string) =>
  change(
    id,
    sql`start_at = start_at + ${interval}::interval, end_at = end_at + ${interval}::interval,
      local_start = local_start + ${interval}::interval`,
  );

describe('a reminder', () => {
  it('is sent once, by whichever server, in our words', async () => {
    const { id, email } = await clinic.book(59);
    for (let round = 0; round < 3; round += 1) await queueAndSend();
    expect(await clinic.listReminders(id)).toEqual([{ minutes_before: 60, state: 'sent' }]);
    const mails = mailsTo(email);
    expect(mails).toHaveLength(1);
    const [row] = await server.db.system((tx) =>
      tx.run(qb.selectFrom('appointments').select('start_at').where('id', '=', id)),
    );
    const moment = formatMoment(toLocalTime(row?.start_at ?? new Date(), 'America/Sao_Paulo'));
    const mail = mails[0]?.mail;
    expect(mail?.subject).toBe(`Lembrete: seu atendimento em Clínica Exemplo, ${moment}`);
    expect(mail?.from?.text).toBe('"Acolhe" <ola@smtp.example>');
    const text = mail?.text ?? '';
    const link = /https:\/\/clinica\.example\/c\/[\w-]{24}/.exec(text)?.[0] ?? '';
    expect(text.trim().split('\n\n')).toEqual([
      'Olá, Maria.',
      `Lembramos do seu atendimento em Clínica Exemplo: ${moment}.`,
      'Endereço: Rua das Flores, 10, sala 4.',
      'Telefone da clínica: (11) 3333-4444.',
      `Para confirmar, cancelar ou pedir outro horário, abra: ${link}`,
      'Se não quiser mais receber lembretes por e-mail, avise a clínica.',
      'acolhe',
    ]);
    expect(text).not.toContain('Souza');
    const shown = await fetch(
      link.replace('https://clinica.example/c', `${server.address}/api/v1/public/confirmations`),
    );
    expect(await shown.json()).toMatchObject({ firstName: 'Maria', clinicName: 'Clínica Exemplo', mayAnswer: true });
  });

  it('is not sent before its moment, nor for a time that has passed', async () => {
    const early = await clinic.book(61);
    const past = await clinic.book(-1);
    await queueAndSend();
    expect(await clinic.listReminders(early.id)).toEqual([]);
    expect(await clinic.listReminders(past.id)).toEqual([]);
  });

  it('is not sent for an appointment that was booked, moved or taken back after the reminder’s moment', async () => {
    const booked = await clinic.book(59, { appointment: { start_set_at: new Date() } });
    const moved = await clinic.book(300);
    await moveBy(moved.id, '-241 minutes');
    const takenBack = await clinic.book(59, { appointment: { status: 'canceled' } });
    await change(takenBack.id, sql`status = 'scheduled'`);
    await queueAndSend();
    for (const { id } of [booked, moved, takenBack]) expect(await clinic.listReminders(id)).toEqual([]);
  });

  it.each<[string, Parameters<ReminderClinic['book']>[1]]>([
    ['canceled', { appointment: { status: 'canceled' } }],
    ['done', { appointment: { status: 'done' } }],
    ['taken back', { appointment: { deleted_at: new Date() } }],
    ['of an archived client', { client: { archived_at: new Date() } }],
    ['of a client without an e-mail', { client: { email: null } }],
  ])('is not sent for an appointment that is %s', async (_what, values) => {
    const { id, email } = await clinic.book(59, values);
    await queueAndSend();
    expect(mailsTo(email)).toHaveLength(0);
    expect((await clinic.listReminders(id)).filter(({ state }) => state !== 'unsent')).toEqual([]);
  });

  it('asks once more when it is sent: what was canceled, moved or dropped while it waited is left out', async () => {
    const changes: ((id: string) => Promise<unknown>)[] = [
      (id) => change(id, sql`status = 'canceled'`),
      (id) => change(id, sql`deleted_at = now()`),
      (id) => moveBy(id, '2 days'),
      (id) =>
        server.db.system((tx) =>
          tx.run(
            sql`update clients set archived_at = now() where id = (select client_id from appointments where id = ${id})`,
          ),
        ),
    ];
    for (const apply of changes) {
      const { id, email } = await clinic.book(59);
      // Queued by hand, as if it had waited for a mail server that was away.
      const reminder = await server.db.system(async (tx) => {
        const rows = await tx.run<{ startAt: string }>(
          sql<{
            startAt: string;
          }>`insert into appointment_reminders (clinic_id, appointment_id, start_at, minutes_before, state)
            select clinic_id, id, start_at, 60, 'waiting' from appointments where id = ${id}
            returning start_at::text as "startAt"`,
        );
        return { clinicId: clinic.clinicId, appointmentId: id, startAt: rows[0]?.startAt ?? '', minutesBefore: 60 };
      });
      await apply(id);
      await server.db.system((tx) => enqueue(tx, reminderJob, reminder, 'messages 0'));
      await untilJobsAreDone(server);
      expect(mailsTo(email)).toHaveLength(0);
      expect((await clinic.listReminders(id))[0]?.state).toBe('unsent');
    }
  });

  it('is not sent to a client who refused messages or withdrew the consent, and is to one who has agreed again', async () => {
    const { clinicId, professionalId } = clinic;
    const person = { clinic_id: clinicId, created_by: professionalId };
    const text = { ...person, purpose: 'messages', title: 'Mensagens', version: 1, body: 'Autorizo.', asked: true };
    const answer = (clientId: string, decision: string, withdrawn: boolean) =>
      server.db.system(async (tx) => {
        await tx.run(
          qb
            .insertInto('consent_texts')
            .values(text)
            .onConflict((conflict) => conflict.doNothing()),
        );
        const [made] = await tx.run(qb.selectFrom('consent_texts').select('id').where('clinic_id', '=', clinicId));
        const given = { given_by: 'client', means: 'paper', given_on: '2026-01-01' };
        const consent = { clinic_id: clinicId, client_id: clientId, text_id: made?.id ?? '', decision, ...given };
        const [row] = await tx.run(
          qb
            .insertInto('consents')
            .values({ ...consent, recorded_by: professionalId })
            .returning('id'),
        );
        if (!withdrawn) return;
        const withdrawal = { clinic_id: clinicId, consent_id: row?.id ?? '', asked_by: 'client', means: 'verbal' };
        await tx.run(
          qb
            .insertInto('consent_withdrawals')
            .values({ ...withdrawal, withdrawn_on: '2026-01-02', recorded_by: professionalId }),
        );
      });
    const [refused, withdrawn, again, never] = await Promise.all(
      [59, 59, 59, 59].map((minutes) => clinic.book(minutes)),
    );
    if (refused === undefined || withdrawn === undefined || again === undefined || never === undefined)
      throw new Error();
    await answer(refused.clientId, 'refused', false);
    await answer(withdrawn.clientId, 'given', true);
    await answer(again.clientId, 'given', true);
    await answer(again.clientId, 'given', false);
    await queueAndSend();
    const counts = [refused, withdrawn, again, never].map(({ email }) => mailsTo(email).length);
    expect(counts).toEqual([0, 0, 1, 1]);
  });

  it('is sent for the new time of an appointment that moves, and not again when it moves back', async () => {
    const { id, email } = await clinic.book(59);
    await queueAndSend();
    await moveBy(id, '3 days');
    await queueAndSend();
    await moveBy(id, '-3 days');
    // Whatever the clock said in between.
    await change(id, sql`start_set_at = now() - interval '1 day'`);
    await queueAndSend();
    expect(mailsTo(email)).toHaveLength(1);
    // By the trigger, for the new time the moment is judged anew.
    await moveBy(id, '1 minute');
    await server.db.system((tx) =>
      tx.run(sql`update appointments set start_set_at = now() - interval '1 day' where id = ${id}`),
    );
    await queueAndSend();
    expect(mailsTo(email)).toHaveLength(2);
  });

  it('goes to the client who has the appointment by now, also after another one had it', async () => {
    const [first, second] = [await clinic.book(59), await clinic.book(3 * 24 * 60)];
    await queueAndSend();
    expect([first, second].map(({ email }) => mailsTo(email).length)).toEqual([1, 0]);
    const author = systemAuthor(clinic.clinicId, 'test');
    await server.db.system((tx) =>
      moveAppointments(tx, author, [{ id: first.id, clientId: second.clientId }], 'update'),
    );
    expect(await clinic.listReminders(first.id)).toEqual([]);
    await queueAndSend();
    expect([first, second].map(({ email }) => mailsTo(email).length)).toEqual([1, 1]);
    const links = [first, second].map(({ email }) => /\/c\/[\w-]{24}/.exec(mailsTo(email)[0]?.mail.text ?? '')?.[0]);
    expect(new Set(links).size).toBe(2);
  });

  it('is only the closest of several that are due at once, and none comes after a closer one', async () => {
    const often = await createReminderClinic(server, [30, 60, 120]);
    const { id, email } = await often.book(29);
    await queueAndSend();
    expect(await often.listReminders(id)).toEqual([
      { minutes_before: 120, state: 'unsent' },
      { minutes_before: 60, state: 'unsent' },
      { minutes_before: 30, state: 'sent' },
    ]);
    expect(mailsTo(email)).toHaveLength(1);
  });

  it('comes late after the server was away, but not by more than twelve hours', async () => {
    const weekly = await createReminderClinic(server, [7 * 24 * 60]);
    const late = await weekly.book(7 * 24 * 60 - 11 * 60, { appointment: { start_set_at: new Date('2020-01-01') } });
    const lost = await weekly.book(7 * 24 * 60 - 13 * 60, { appointment: { start_set_at: new Date('2020-01-01') } });
    await queueAndSend();
    expect(mailsTo(late.email)).toHaveLength(1);
    expect(await weekly.listReminders(lost.id)).toEqual([]);
  });

  it('does not go out at once to everybody when the clinic chooses a new time', async () => {
    const other = await createReminderClinic(server, [60]);
    const { id } = await other.book(30);
    await server.db.system((tx) =>
      tx.run(qb.updateTable('clinics').set({ updated_at: new Date() }).where('id', '=', other.clinicId)),
    );
    await queueAndSend();
    expect(await other.listReminders(id)).toEqual([]);
  });

  it('is not sent again by a process that takes over from one that died while sending', async () => {
    const { id, email } = await clinic.book(59);
    await queueAndSend();
    const [row] = await server.db.system((tx) =>
      tx.run<{ startAt: string }>(
        sql<{ startAt: string }>`update appointment_reminders set state = 'sending' where appointment_id = ${id}
          returning start_at::text as "startAt"`,
      ),
    );
    const reminder = { clinicId: clinic.clinicId, appointmentId: id, startAt: row?.startAt ?? '', minutesBefore: 60 };
    await server.db.system((tx) => enqueue(tx, reminderJob, reminder, 'messages 0'));
    await untilJobsAreDone(server);
    expect(mailsTo(email)).toHaveLength(1);
    expect(await clinic.listReminders(id)).toEqual([{ minutes_before: 60, state: 'sending' }]);
  });

  it('is not sent after an archive was restored, which cannot know what was sent since', async () => {
    const { id, email } = await clinic.book(59);
    const later = await clinic.book(62);
    await server.db.system(skipDueReminders);
    await queueAndSend();
    expect(mailsTo(email)).toHaveLength(0);
    expect(await clinic.listReminders(id)).toEqual([{ minutes_before: 60, state: 'unknown' }]);
    expect(await clinic.listReminders(later.id)).toEqual([]);
  });
});
