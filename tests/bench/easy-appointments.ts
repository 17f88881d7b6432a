import { z } from 'zod';
import { type Answers, summarize } from './load.ts';

/** An Easy!Appointments that runs beside us; docs/performance.md says how one is built. */
export interface OtherAgenda {
  readonly address: string;
  /** `name:password` of an administrator. */
  readonly login: string;
}

/** What became of forty bookings of one time. */
export interface OtherRace {
  /** How many were told that the time is theirs: one, if nobody is to come in vain. */
  readonly booked: number;
  readonly milliseconds: number;
}

export interface OtherAgendaReport {
  readonly weeks: Answers;
  readonly race: OtherRace;
}

const named = z.array(z.object({ id: z.number() }));
const slots = z.array(z.string());

async function ask<T>({ address, login }: OtherAgenda, path: string, schema: z.ZodType<T>): Promise<T> {
  const authorization = `Basic ${Buffer.from(login).toString('base64')}`;
  const response = await fetch(`${address}/index.php/api/v1/${path}`, { headers: { authorization } });
  if (!response.ok) throw new Error(`Easy!Appointments answered ${String(response.status)} to ${path}`);
  return schema.parse(await response.json());
}

/** Its first professional and service, whoever they are. */
async function findOffer(agenda: OtherAgenda) {
  const [[provider], [service]] = await Promise.all([ask(agenda, 'providers', named), ask(agenda, 'services', named)]);
  if (provider === undefined || service === undefined) throw new Error('Easy!Appointments has nothing to book');
  return { provider: provider.id, service: service.id };
}

const dayAfter = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Asks it as its own pages and its API do: https://easyappointments.org/documentation/rest-api */
export const measureOtherAgenda = async (agenda: OtherAgenda, seconds: number): Promise<OtherAgendaReport> => ({
  weeks: await measureWeeks(agenda, seconds),
  race: await race(agenda),
});

/** The free times of one professional in a week, which it gives by the day: sixteen ask at once, each for week after week. */
async function measureWeeks(agenda: OtherAgenda, seconds: number): Promise<Answers> {
  const { provider, service } = await findOffer(agenda);
  const times: number[] = [];
  const begun = performance.now();
  const askOn = async (): Promise<void> => {
    while (performance.now() - begun < seconds * 1000) {
      const start = performance.now();
      for (let day = 1; day <= 7; day += 1)
        await ask(agenda, `availabilities?providerId=${provider}&serviceId=${service}&date=${dayAfter(day)}`, slots);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: 16 }, askOn));
  return { ...summarize(times, (performance.now() - begun) / 1000), failed: 0 };
}

/** Forty people book the same free time at once, on its public page: its API takes any time, whoever has it. */
async function race(agenda: OtherAgenda): Promise<OtherRace> {
  const { provider, service } = await findOffer(agenda);
  const { date, time } = await findFreeTime(agenda, provider, service);
  const start = `${date} ${time}:00`;
  const statuses: number[] = [];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: 40 }, async (_, person) => {
      statuses.push(await book(agenda, { provider, service, start, person }));
    }),
  );
  const milliseconds = performance.now() - begun;
  return { booked: statuses.filter((status) => status === 200).length, milliseconds };
}

async function findFreeTime(agenda: OtherAgenda, provider: number, service: number) {
  for (let day = 1; day <= 60; day += 1) {
    const date = dayAfter(day);
    const path = `availabilities?providerId=${provider}&serviceId=${service}&date=${date}`;
    const [time] = await ask(agenda, path, slots);
    if (time !== undefined) return { date, time };
  }
  throw new Error('Easy!Appointments has no free time');
}

interface Booking {
  readonly provider: number;
  readonly service: number;
  readonly start: string;
  readonly person: number;
}

/** Books as the public page does. @returns the status of the answer */
async function book({ address }: OtherAgenda, { provider, service, start, person }: Booking): Promise<number> {
  const end = new Date(Date.parse(`${start.replace(' ', 'T')}Z`) + 30 * 60_000).toISOString().slice(0, 19);
  const fields = {
    'appointment][start_datetime': start,
    'appointment][end_datetime': end.replace('T', ' '),
    'appointment][id_users_provider': String(provider),
    'appointment][id_services': String(service),
    'appointment][is_unavailability': '0',
    'customer][first_name': 'Maria',
    'customer][last_name': 'Souza',
    'customer][email': `maria${String(person)}@example.org`,
    'customer][phone_number': '11999990000',
    'customer][timezone': 'UTC',
    'customer][language': 'english',
    manage_mode: 'false',
  };
  const body = new URLSearchParams(Object.entries(fields).map(([name, value]) => [`post_data[${name}]`, value]));
  const mark = 'bench';
  const response = await fetch(`${address}/index.php/booking/register`, {
    method: 'POST',
    body,
    headers: { cookie: `csrf_cookie=${mark}`, 'x-csrf': mark },
  });
  await response.arrayBuffer();
  return response.status;
}
