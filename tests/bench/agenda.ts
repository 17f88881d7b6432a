import type { Request } from 'autocannon';
import { answerTo } from '../support/agenda.ts';
import type { OtherAgendaReport } from './easy-appointments.ts';
import type { Product, SignedIn } from './product.ts';
import { measureAll, type Results, type Round } from './scenarios.ts';

/** What was measured of an agenda. */
export interface AgendaReport {
  readonly professionals: number;
  readonly appointments: number;
  readonly results: Results;
  /** Forty bookings at once of one time: right after the start, and again when everything has been used. */
  readonly races: readonly { readonly name: string; readonly milliseconds: number; readonly answers: string }[];
  /** Easy!Appointments, where one was given. */
  readonly beside?: OtherAgendaReport | undefined;
}

/** The measurement that Easy!Appointments is compared by. */
export const weekOfOne = 'free times of one person, a week';

const agendaReader = 'agenda@exemplo.test';

interface AgendaSize {
  readonly professionals: number;
  readonly appointments: number;
}

/** Appointments of half an hour, ten a day with gaps between them, as many days back as ahead. */
const fill = ({ professionals, appointments }: AgendaSize): string => `
  with c as (select clinic_id as id from professionals limit 1), type as (
    insert into visit_types (clinic_id, key, name, minutes) select id, 'consulta', 'Consulta', 30 from c
  ), reader as (
    insert into professionals (clinic_id, email, first_name, role) select id, '${agendaReader}', 'Agenda', 'administrator' from c
  ), people as (
    insert into professionals (clinic_id, email, first_name, role)
    select id, 'p' || n || '@exemplo.test', 'Pessoa', 'professional' from c, generate_series(1, ${String(professionals)}) as n
    returning clinic_id, id
  ), clients_made as (
    insert into clients (clinic_id, professional_id, first_name, last_name)
    select clinic_id, id, 'Cliente', n::text from people, generate_series(1, 40) as n
    returning clinic_id, id, professional_id, last_name
  ), days as (
    select n, ${String(Math.ceil(appointments / professionals / 10))} as count
    from generate_series(0, ${String(Math.ceil(appointments / professionals / 10) - 1)}) as n
  )
  insert into appointments (clinic_id, professional_id, client_id, visit_type, start_at, end_at, local_start, time_zone)
  select m.clinic_id, m.professional_id, m.id, 'consulta', t.start_at at time zone 'America/Sao_Paulo',
    t.start_at at time zone 'America/Sao_Paulo' + interval '30 minutes', t.start_at, 'America/Sao_Paulo'
  from clients_made m cross join days d cross join lateral (
    select current_date + d.n - d.count / 2 + time '08:00' + (m.last_name::int % 10) * interval '1 hour' as start_at
  ) as t
  where m.last_name::int <= 10`;

/** Fills the agenda of the product's clinic and measures it. */
export async function measureAgenda(
  product: Product,
  size: AgendaSize,
  round: Omit<Round, 'person'>,
): Promise<AgendaReport> {
  await product.query(fill(size));
  await product.query('vacuum analyze');
  const person = await product.signIn(agendaReader);
  const clients = await product.query<{ id: string; professional_id: string }>(
    `select id, professional_id from clients where first_name = 'Cliente' order by last_name::int, professional_id`,
  );
  const races = [await race('right after the start', person, clients, 0)];
  const people = [...new Set(clients.map((client) => client.professional_id))];
  const tomorrow = dayAhead(1);
  const twenty = people
    .slice(0, 20)
    .map((id) => `&professionalId=${id}`)
    .join('');
  const reads = {
    [`free times of ${String(people.length)} people, a week`]: [
      get(`/availability?from=${tomorrow}&to=${dayAhead(7)}&durationMinutes=30`),
    ],
    [weekOfOne]: [
      get(`/availability?from=${tomorrow}&to=${dayAhead(7)}&durationMinutes=30&professionalId=${people[0]}`),
    ],
    'day of one person': people.map((id) => get(`/appointments?from=${tomorrow}&to=${tomorrow}&professionalId=${id}`)),
    'day of 20 people': [get(`/appointments?from=${tomorrow}&to=${tomorrow}&limit=200${twenty}`)],
  };
  const signedIn = { ...round, person };
  const together = await measureAll(signedIn, { ...reads, booking: [bookRequest(clients, people.length)] });
  const alone = Object.entries(reads).map(([name, requests]) => [`${name}, asked alone`, requests] as const);
  const results = { ...together, ...(await measureAll(signedIn, Object.fromEntries(alone), { connections: 1 })) };
  races.push(await race('later', person, clients, 1));
  return { professionals: people.length, appointments: size.appointments, results, races };
}

const get = (path: string): Request => ({ method: 'GET', path: `/api/v1${path}` });

const dayAhead = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

interface Client {
  readonly id: string;
  readonly professional_id: string;
}

let booked = 0;

/** Each books another time, years ahead: all people in turn, then the next quarter of an hour. */
const bookRequest = (clients: readonly Client[], professionals: number): Request => ({
  method: 'POST',
  path: '/api/v1/appointments',
  headers: { 'content-type': 'application/json' },
  setupRequest: (request) => {
    const client = clients[booked % clients.length];
    const minutes = Math.floor(booked / professionals) * 15;
    booked += 1;
    const body = {
      clientId: client?.id,
      professionalId: client?.professional_id,
      visitType: 'consulta',
      startAt: new Date(Date.UTC(2040, 0, 1) + minutes * 60_000).toISOString(),
      durationMinutes: 15,
    };
    return { ...request, body: JSON.stringify(body) };
  },
});

/** Forty clients of one person want one time at once. */
async function race(name: string, { api }: SignedIn, clients: readonly Client[], hour: number) {
  const [first] = clients;
  const professionalId = first?.professional_id ?? '';
  const rivals = clients.filter((client) => client.professional_id === professionalId).slice(0, 40);
  const startAt = new Date(Date.UTC(2039, 0, 3, 12 + hour)).toISOString();
  const begun = performance.now();
  const answers = await Promise.all(
    rivals.map(({ id }) =>
      answerTo(api('POST /appointments', { body: { clientId: id, professionalId, visitType: 'consulta', startAt } })),
    ),
  );
  const milliseconds = performance.now() - begun;
  const counts = Map.groupBy(answers, (answer) => answer);
  return {
    name,
    milliseconds,
    answers: [...counts].map(([answer, all]) => `${String(all.length)} × ${answer}`).join(', '),
  };
}
