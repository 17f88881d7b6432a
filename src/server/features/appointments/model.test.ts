import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agenda, answerTo, monday, openAgenda, registerClient } from '../../../../tests/support/agenda.ts';
import { execute } from '../../../../tests/support/database.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { createApiClient } from '../../../shared/api-client.ts';
import type { Series, SeriesInput, SeriesPatch } from '../../../shared/contracts/agenda/series.ts';

const kinds = [
  ...(['create', 'create', 'create', 'create', 'move', 'move', 'resize', 'assign'] as const),
  ...(['cancel', 'back', 'back', 'remove', 'shift', 'shift', 'series', 'series'] as const),
  ...(['one', 'following', 'all', 'absence', 'presence'] as const),
];
type Kind = (typeof kinds)[number];

/** A random thing that somebody does to an agenda. `which` chooses among the appointments made so far. */
interface Command {
  readonly kind: Kind;
  readonly which: number;
  readonly professional: number;
  readonly client: number;
  readonly room: number;
  /** Quarters of an hour since 8:00. */
  readonly quarter: number;
  readonly minutes: number;
  readonly squeezed: boolean;
}

const command: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom(...kinds),
  which: fc.nat(1000),
  professional: fc.nat(1),
  client: fc.nat(5),
  room: fc.nat(3),
  quarter: fc.nat(40),
  minutes: fc.constantFrom(15, 30, 45, 60, 90),
  squeezed: fc.nat(9).map((luck) => luck === 0),
});

const workers = 8;
const commandsPerWorker = 20;
/** MODEL_COMMANDS=10000 for a long run. */
const runs = Math.ceil(Number(process.env['MODEL_COMMANDS'] ?? 320) / (workers * commandsPerWorker));

/** What the commands have made so far, for later ones to choose among. */
interface Made {
  readonly appointments: string[];
  readonly series: { readonly id: string; readonly appointmentIds: readonly string[] }[];
  readonly absences: string[];
}

const choose = <T>(list: readonly T[], which: number): T | undefined => list[which % Math.max(1, list.length)];

describe('an agenda that many write at once, on two servers', () => {
  let server: TestServer;
  let second: TestServer;
  let agenda: Agenda;
  let clients: string[];
  let rooms: (string | null)[];

  beforeAll(async () => {
    const env = { SECRET_KEY: 'a key that both servers have, of some length' };
    server = await startTestServer(env);
    agenda = await openAgenda(server);
    // After the codes of signing in have arrived: each server has a mailbox of its own.
    second = await startTestServer({ ...env, DATABASE_URL: server.database.url });
    const { ana } = agenda;
    clients = await Promise.all(Array.from({ length: 6 }, () => registerClient(ana, ana.professionalId)));
    rooms = [
      ...(await Promise.all(
        ['A', 'B'].map(async (name) => (await ana.api('POST /rooms', { body: { name } })).body.id),
      )),
      null,
      null,
    ];
  });
  afterAll(async () => {
    await second.stop();
    await server.stop();
  });

  const start = ({ quarter }: Command): string =>
    new Date(Date.parse(`${monday}T11:00:00Z`) + quarter * 900_000).toISOString();

  /** Does what a command says. @returns the answer */
  function run(by: SignedIn['api'], made: Made, each: Command): Promise<string> {
    const professionalId = [agenda.ana, agenda.bruno][each.professional]?.professionalId ?? '';
    const place = { clientId: clients[each.client] ?? '', professionalId, roomId: rooms[each.room] ?? null };
    const params = { id: choose(made.appointments, each.which) ?? '' };
    const overlap = each.squeezed ? { overlap: { reason: 'encaixe' } } : {};
    const headers = { 'if-match': '*' };
    const create = async () => {
      const times = { startAt: start(each), durationMinutes: each.minutes, allowClientOverlap: each.client > 2 };
      const answer = await by('POST /appointments', { body: { ...place, ...times, ...overlap } });
      made.appointments.push(answer.body.id);
      return answer;
    };
    const patch = (body: object) => by('PATCH /appointments/{id}', { params, headers, body: { ...body, ...overlap } });
    const turn = (to: 'canceled' | 'scheduled') =>
      by('POST /appointments/{id}/transitions', { params, body: { to, ...overlap } });
    const shift = () =>
      by('POST /appointments/shift', { body: { professionalId, from: start(each), minutes: each.minutes - 40 } });
    const requests: Readonly<Record<Kind, () => Promise<{ readonly status: number }>>> = {
      ...{ create, shift },
      move: () => patch({ startAt: start(each) }),
      resize: () => patch({ durationMinutes: each.minutes }),
      assign: () => patch({ professionalId, roomId: place.roomId }),
      cancel: () => turn('canceled'),
      back: () => turn('scheduled'),
      remove: () => by('DELETE /appointments/{id}', { params, headers }),
      series: () => bookSeries(by, made, { ...place, visitType: 'consulta', durationMinutes: each.minutes }, each),
      one: () => changeSeries(by, made, each, 'one'),
      following: () => changeSeries(by, made, each, 'following'),
      all: () => changeSeries(by, made, each, 'all'),
      absence: () => leave(by, made, professionalId, each),
      presence: () => by('DELETE /time-off/{id}', { params: { id: made.absences.pop() ?? professionalId } }),
    };
    const needsOne = ['move', 'resize', 'assign', 'cancel', 'back', 'remove'].includes(each.kind);
    return answerTo((needsOne && params.id === '' ? create : requests[each.kind])());
  }

  /** By the wall clock of São Paulo. */
  const localStart = (each: Command): string =>
    new Date(Date.parse(start(each)) - 3 * 3_600_000).toISOString().slice(0, 16);

  async function bookSeries(
    by: SignedIn['api'],
    made: Made,
    place: Omit<SeriesInput, 'localStart' | 'rule'>,
    each: Command,
  ) {
    const rule = { every: 1, unit: 'week' as const, count: 2 + (each.which % 3) };
    const answer = await by('POST /series', { body: { ...place, localStart: localStart(each), rule } });
    note(made, answer.body as Series);
    return answer;
  }

  async function changeSeries(by: SignedIn['api'], made: Made, each: Command, scope: SeriesPatch['scope']) {
    const series = choose(made.series, each.which);
    const appointmentId = choose(series?.appointmentIds ?? [], each.quarter) ?? agenda.ana.professionalId;
    const wanted = each.squeezed ? { cancel: { reason: 'fim' } } : { localStart: localStart(each) };
    const answer = await by('PATCH /series/{id}', {
      ...{ params: { id: series?.id ?? appointmentId }, headers: { 'if-match': '*' } },
      body: { scope, appointmentId, ...wanted },
    });
    note(made, answer.body);
    return answer;
  }

  function note(made: Made, { id, appointments }: Series): void {
    const appointmentIds = appointments.map((each) => each.id);
    made.series.push({ id, appointmentIds });
    for (const each of appointmentIds) if (!made.appointments.includes(each)) made.appointments.push(each);
  }

  async function leave(by: SignedIn['api'], made: Made, professionalId: string, each: Command) {
    const endAt = new Date(Date.parse(start(each)) + each.minutes * 60_000).toISOString();
    const answer = await by('POST /time-off', { body: { professionalId, startAt: start(each), endAt } });
    made.absences.push(answer.body.id);
    return answer;
  }

  /** Pairs that have the same professional or room at one time, though neither of them was squeezed in. */
  const silentOverlaps = () =>
    execute(
      server.database.url,
      `select a.id, b.id from appointments a join appointments b on a.id < b.id
         and a.start_at < b.end_at and b.start_at < a.end_at
         and (a.professional_id = b.professional_id or a.room_id = b.room_id)
       where a.deleted_at is null and b.deleted_at is null and a.overlap_reason is null and b.overlap_reason is null
         and a.status not in ('canceled', 'noShow') and b.status not in ('canceled', 'noShow')`,
    );

  /** Appointments whose versions have gaps, or do not add up to what the appointment is. */
  const brokenHistories = () =>
    execute(
      server.database.url,
      `with last as (
         select distinct on (v.appointment_id, c ->> 'field') v.appointment_id, c ->> 'field' as field, c -> 'to' as value
         from appointment_versions v, jsonb_array_elements(v.changes) as c
         order by v.appointment_id, c ->> 'field', v.version desc
       ), replayed as (
         select appointment_id, jsonb_object_agg(field, value) as r from last group by appointment_id
       )
       select a.id from appointments a left join replayed on appointment_id = a.id
       where a.version <> (select count(*) from appointment_versions v where v.appointment_id = a.id)
         or a.version <> (select max(version) from appointment_versions v where v.appointment_id = a.id)
         or (r ->> 'startAt')::timestamptz is distinct from a.start_at or (r ->> 'endAt')::timestamptz is distinct from a.end_at
         or (r ->> 'professionalId')::uuid is distinct from a.professional_id or (r ->> 'roomId')::uuid is distinct from a.room_id
         or r ->> 'status' is distinct from a.status or r ->> 'overlap.reason' is distinct from a.overlap_reason
         or (r ->> 'deletedAt' is null) <> (a.deleted_at is null)
         or a.local_start <> a.start_at at time zone a.time_zone`,
    );

  it(
    'has no overlap but encaixes, loses nothing, and tells it all in its history',
    { timeout: runs * 60_000 },
    async () => {
      const apis = Array.from({ length: workers }, (_, worker) => {
        const { accessToken } = [agenda.ana, agenda.carla][worker % 2] ?? agenda.ana;
        const headers = () => ({ authorization: `Bearer ${accessToken}` });
        return createApiClient({ baseUrl: (worker % 4 < 2 ? server : second).address, headers });
      });
      const made: Made = { appointments: [], series: [], absences: [] };
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(command, { minLength: commandsPerWorker, maxLength: commandsPerWorker }), {
            minLength: workers,
            maxLength: workers,
          }),
          async (scripts) => {
            const answers = await Promise.all(
              scripts.map(async (script, worker) => {
                const got: string[] = [];
                for (const each of script) got.push(await run(apis[worker] ?? server.api, made, each));
                return got;
              }),
            );
            expect(new Set(answers.flat().filter((answer) => answer.startsWith('5')))).toEqual(new Set());
            expect(answers.flat().filter((answer) => answer.startsWith('2')).length).toBeGreaterThan(workers);
            expect(await silentOverlaps()).toEqual([]);
            expect(await brokenHistories()).toEqual([]);
            const rows = await execute(server.database.url, 'select id from appointments');
            expect(rows.map(({ id }) => id as string).sort()).toEqual(made.appointments.toSorted());
          },
        ),
        { numRuns: runs, endOnFailure: true },
      );
    },
  );
});
